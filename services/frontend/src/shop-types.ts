import type { Category } from './category.ts'

/** A product as the API answers it. Prices are decimal euros. */
export type Product = {
  id: number
  name: string
  description: string
  category: Category | null
  price: number
  stock: number
  picture: string | null
}

export type ProductPage = { products: Product[]; next_cursor: string | null }

export type Order = {
  id: number
  /** Later stages of the shop may add statuses, so unknown ones are shown as they are. */
  status: string
  reason: string | null
  /** Names and prices hold from the moment stock is reserved; before, they are null. */
  items: { product_id: number; quantity: number; name: string | null; price: number | null }[]
  total: number | null
  created_at: string
}
