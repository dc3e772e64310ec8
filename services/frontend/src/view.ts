import type { AccountProps } from './pages/account.tsx'
import type { BasketProps } from './pages/basket.tsx'
import type { CatalogueProps } from './pages/catalogue.tsx'
import type { CheckoutProps } from './pages/checkout.tsx'
import type { Assets } from './pages/document.tsx'
import type { HeaderProps } from './pages/header.tsx'
import type { MessageProps } from './pages/message.tsx'
import type { OrderProps } from './pages/order.tsx'
import type { OrderListProps } from './pages/order-table.tsx'
import type { ProductProps } from './pages/product.tsx'
import type { RegisterProps } from './pages/register.tsx'
import type { SignInProps } from './pages/sign-in.tsx'
import type { StaffOrderProps } from './pages/staff-order.tsx'
import type { StaffProductProps } from './pages/staff-product.tsx'
import type { StaffProductsProps } from './pages/staff-products.tsx'
import type { StaleFormProps } from './pages/stale-form.tsx'

/** Every page of the shop with what it shows. */
export type View =
  | ({ page: 'catalogue' } & CatalogueProps)
  | ({ page: 'product' } & ProductProps)
  | ({ page: 'basket' } & BasketProps)
  | ({ page: 'checkout' } & CheckoutProps)
  | ({ page: 'order' } & OrderProps)
  | ({ page: 'orders' } & OrderListProps)
  | ({ page: 'sign-in' } & SignInProps)
  | ({ page: 'register' } & RegisterProps)
  | ({ page: 'account' } & AccountProps)
  | ({ page: 'staff-orders' } & OrderListProps)
  | ({ page: 'staff-order' } & StaffOrderProps)
  | ({ page: 'staff-products' } & StaffProductsProps)
  | ({ page: 'staff-product' } & StaffProductProps)
  | ({ page: 'stale-form' } & StaleFormProps)
  | ({ page: 'message' } & MessageProps)

/** Turns a page into a whole HTML document. Built by Vite for the running service, loaded from source by the tests. */
export type Render = (view: View, around: Around) => string

type Around = {
  assets: Assets
  header: HeaderProps
  /** For the page's forms, see form-token.ts. */
  formToken: string
}
