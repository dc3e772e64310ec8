import type { ReactElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { tellStatus } from '../order-status.ts'
import type { Render, View } from '../view.ts'
import { AccountPage } from './account.tsx'
import { BasketPage } from './basket.tsx'
import { Catalogue, catalogueTitle } from './catalogue.tsx'
import { Checkout } from './checkout.tsx'
import { Document } from './document.tsx'
import { Message } from './message.tsx'
import { OrderPage } from './order.tsx'
import { Orders } from './orders.tsx'
import { FormToken } from './post-form.tsx'
import { ProductDetail } from './product.tsx'
import { Register } from './register.tsx'
import { SignIn } from './sign-in.tsx'
import { StaffOrder } from './staff-order.tsx'
import { StaffOrders } from './staff-orders.tsx'
import { StaffProduct } from './staff-product.tsx'
import { StaffProducts } from './staff-products.tsx'
import { StaleForm } from './stale-form.tsx'

/** Nothing is hydrated in the browser, so the markup carries no traces of React. */
export const render: Render = (view, { assets, header, formToken }) => {
  const { title, body, refreshAfter } = compose(view)
  const page = (
    <FormToken value={formToken}>
      <Document title={title} assets={assets} header={header} refreshAfter={refreshAfter}>
        {body}
      </Document>
    </FormToken>
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
        title: isWrong(view) ? 'Checkout: not sent yet' : 'Checkout',
        body: <Checkout {...view} />,
      }
    case 'order':
      return {
        title: `Order ${view.order.id}`,
        body: <OrderPage {...view} />,
        refreshAfter: tellStatus(view.order).final ? undefined : 5,
      }
    case 'orders':
      return { title: 'Your orders', body: <Orders {...view} /> }
    case 'sign-in':
      return { title: isWrong(view) ? 'Sign in: not yet' : 'Sign in', body: <SignIn {...view} /> }
    case 'register':
      return { title: isWrong(view) ? 'Make an account: not yet' : 'Make an account', body: <Register {...view} /> }
    case 'account':
      return { title: 'Your account', body: <AccountPage {...view} /> }
    case 'staff-orders':
      return { title: 'All orders', body: <StaffOrders {...view} /> }
    case 'staff-order':
      return {
        title: `Order ${view.order.id}`,
        body: <StaffOrder {...view} />,
        refreshAfter: view.refunding ? 5 : undefined,
      }
    case 'staff-products':
      return { title: 'Products', body: <StaffProducts {...view} /> }
    case 'staff-product':
      return { title: isWrong(view) ? 'Product: not saved yet' : 'Product', body: <StaffProduct {...view} /> }
    case 'stale-form':
      return { title: 'Please send that once more', body: <StaleForm {...view} /> }
    case 'message':
      return { title: view.heading, body: <Message {...view} /> }
  }
}

/** Titles are read out first: the page of a form that was not taken begins with that. */
function isWrong({ errors, problem }: { errors: object | null; problem: string | null }): boolean {
  return errors !== null || problem !== null
}
