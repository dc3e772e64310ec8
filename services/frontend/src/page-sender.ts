import type { Request, Response } from 'express'
import { countItems, readBasket } from './basket-cookie.ts'
import type { Build } from './build.ts'
import { formTokenOf } from './form-token.ts'
import type { View } from './view.ts'
import { isSignedIn, isStaff, type Visitor, visitorOf } from './visitor.ts'

export type SendPage = (req: Request, res: Response, view: View, status?: number) => void

/** Answers with a page. Each has its browser's token in its forms, so none may be stored where another could get it. */
export function pageSender({ render, assets }: Pick<Build, 'render' | 'assets'>): SendPage {
  return function sendPage(req, res, view, status = 200) {
    const formToken = formTokenOf(req, res)
    const basketCount = countItems(readBasket(req.headers.cookie))
    const query = view.page === 'catalogue' ? view.query : {}
    const category = view.page === 'product' ? (view.product.category ?? undefined) : query.category
    // Who was refused before anybody looked who it is gets the page that guests get.
    const visitor: Visitor | undefined = visitorOf(res)
    const people = visitor && { signedIn: isSignedIn(visitor), staff: isStaff(visitor) }
    const header = { basketCount, search: query.q, category, ...people }
    const html = Buffer.from(render(view, { assets, header, formToken }))
    res.writeHead(status, {
      'content-type': 'text/html; charset=utf-8',
      'content-length': html.length,
      'cache-control': 'private, no-store',
    })
    res.end(html)
  }
}
