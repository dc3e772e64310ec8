import type { Role } from '@secure-ecommerce/kit/caller'
import type { Category } from './category.ts'

/** What the staff can set of a product. */
export type ProductFields = {
  name: string
  description: string
  category: Category | null
  price: number
  stock: number
}

/** A product as the API answers it. Prices are decimal euros. */
export type Product = ProductFields & { id: number; picture: string | null }

export type ProductPage = { products: Product[]; next_cursor: string | null }

export type Order = {
  id: number
  /** Later stages of the shop may add statuses, so unknown ones are shown as they are. */
  status: string
  reason: string | null
  /** Names and prices hold from the moment stock is reserved; before, they are null. */
  items: { product_id: number; quantity: number; name: string | null; price: number | null }[]
  total: number | null
  email: string | null
  address: string | null
  created_at: string
}

export type OrderWithEvents = Order & { events: { status: string; reason: string | null; at: string }[] }

export type OrderPage = { orders: Order[]; next_cursor: string | null }

export type Account = { id: string; email: string; name: string; role: Role }

export type Tokens = { access_token: string; expires_in: number; refresh_token: string }
