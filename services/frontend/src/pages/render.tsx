import type { ReactElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { tellStatus } from '../order-status.ts'
import type { Render, View } from '../view.ts'
import { BasketPage } from './basket.tsx'
import { Catalogue, catalogueTitle } from './catalogue.tsx'
import { Checkout } from './checkout.tsx'
import { Document } from './document.tsx'
import { Message } from './message.tsx'
import { OrderPage } from './order.tsx'
import { ProductDetail } from './product.tsx'

/** Nothing is hydrated in the browser, so the markup carries no traces of React. */
export const render: Render = (view, { assets, header }) => {
  const { title, body, refreshAfter } = compose(view)
  const page = (
    <Document title={title} assets={assets} header={header} refreshAfter={refreshAfter}>
      {body}
    </Document>
  )
  return `<!doctype html>${renderToStaticMarkup(page)}`
}

function compose(view: View): { title: string; body: ReactElement; refreshAfter?: number | undefined } {
  switch (view.page) {
    case 'catalogue':
      return { title: catalogueTitle(view.query), body: <Catalogue {...view} /> }
    case 'product':
      return { title: view.product.name, body: <ProductDetail {...view} /> }
    case 'basket':
      return { title: 'Basket', body: <BasketPage {...view} /> }
    case 'checkout':
      return {
        title: view.errors || view.problem ? 'Checkout: not sent yet' : 'Checkout',
        body: <Checkout {...view} />,
      }
    case 'order':
      return {
        title: `Order ${view.order.id}`,
        body: <OrderPage {...view} />,
        refreshAfter: tellStatus(view.order).final ? undefined : 5,
      }
    case 'message':
      return { title: view.heading, body: <Message {...view} /> }
  }
}
