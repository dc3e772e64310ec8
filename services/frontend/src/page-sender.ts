import type { Request, Response } from 'express'
import { countItems, readBasket } from './basket-cookie.ts'
import type { Build } from './build.ts'
import type { View } from './view.ts'

export type SendPage = (req: Request, res: Response, view: View, status?: number) => void

/** Answers with a page. Every page shows the basket's count, so none may be stored where another customer could get it. */
export function pageSender({ render, assets }: Pick<Build, 'render' | 'assets'>): SendPage {
  return function sendPage(req, res, view, status = 200) {
    const basketCount = countItems(readBasket(req.headers.cookie))
    const query = view.page === 'catalogue' ? view.query : {}
    const category = view.page === 'product' ? (view.product.category ?? undefined) : query.category
    const html = Buffer.from(render(view, { assets, header: { basketCount, search: query.q, category } }))
    res.writeHead(status, {
      'content-type': 'text/html; charset=utf-8',
      'content-length': html.length,
      'cache-control': 'no-store',
    })
    res.end(html)
  }
}
