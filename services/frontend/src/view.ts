import type { BasketProps } from './pages/basket.tsx'
import type { CatalogueProps } from './pages/catalogue.tsx'
import type { CheckoutProps } from './pages/checkout.tsx'
import type { Assets } from './pages/document.tsx'
import type { HeaderProps } from './pages/header.tsx'
import type { MessageProps } from './pages/message.tsx'
import type { OrderProps } from './pages/order.tsx'
import type { ProductProps } from './pages/product.tsx'

/** Every page of the shop with what it shows. */
export type View =
  | ({ page: 'catalogue' } & CatalogueProps)
  | ({ page: 'product' } & ProductProps)
  | ({ page: 'basket' } & BasketProps)
  | ({ page: 'checkout' } & CheckoutProps)
  | ({ page: 'order' } & OrderProps)
  | ({ page: 'message' } & MessageProps)

/** Turns a page into a whole HTML document. Built by Vite for the running service, loaded from source by the tests. */
export type Render = (view: View, around: { assets: Assets; header: HeaderProps }) => string
