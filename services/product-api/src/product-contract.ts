import { defineContract } from '@secure-ecommerce/kit/contract'
import {
  amount,
  byId,
  id,
  line,
  nextCursor,
  type PageQuery,
  pageQuery,
  paragraph,
  timestamp,
} from '@secure-ecommerce/kit/schema'
import Joi from 'joi'

export const categories = ['electronics', 'clothing', 'books', 'home'] as const
export type Category = (typeof categories)[number]

export type ProductFields = {
  name: string
  description: string
  category: Category | null
  price: number
  stock: number
  picture: string | null
}

export type Product = ProductFields & { id: number; created_at: string; updated_at: string }

const fields = {
  name: line(200).description('Shown as written'),
  description: paragraph(5_000),
  category: Joi.string().valid(...categories, null),
  price: amount,
  stock: Joi.number().integer().min(0).max(1_000_000),
  picture: Joi.string()
    .pattern(/^[a-z][a-z-]{0,39}$/, 'a motif')
    .allow(null)
    .description('A motif of the storefront'),
}

const newProduct = Joi.object<ProductFields>({
  name: fields.name.required(),
  description: fields.description.default(''),
  category: fields.category.default(null),
  price: fields.price.required(),
  stock: fields.stock.required(),
  picture: fields.picture.default(null),
})

const product = Joi.object<Product>({
  id: id.required(),
  name: fields.name.required(),
  description: fields.description.required(),
  category: fields.category.required(),
  price: fields.price.required(),
  // What orders give back may lift it above what may be set.
  stock: Joi.number().integer().min(0).required(),
  picture: fields.picture.required(),
  created_at: timestamp.required(),
  updated_at: timestamp.required(),
})

/** The schemas that the API's description names. */
export const productSchemas = { Product: product, NewProduct: newProduct }

export type ListQuery = PageQuery & { category?: Category; q?: string }

const listQuery = Joi.object<ListQuery>({
  ...pageQuery,
  category: Joi.string().valid(...categories),
  q: line(100).description('Words that all occur in name or description, in any of their English forms'),
})

/** Who keeps the catalogue. */
const keepers = ['staff', 'admin'] as const

export const productContract = defineContract({
  listProducts: {
    method: 'get',
    path: '/',
    summary: 'List products, filtered and searched, a page at a time',
    access: 'anyone',
    query: listQuery,
    shared: true,
    success: {
      status: 200,
      description: 'A page of products by ascending id',
      body: Joi.object<{ products: Product[]; next_cursor: string | null }>({
        products: Joi.array().items(product).required(),
        next_cursor: nextCursor,
      }),
    },
  },
  createProduct: {
    method: 'post',
    path: '/',
    summary: 'Add a product',
    access: keepers,
    body: newProduct,
    success: { status: 201, description: 'The product as stored', body: product },
  },
  readProduct: {
    method: 'get',
    path: '/:id',
    summary: 'Read one product',
    access: 'anyone',
    params: byId,
    shared: true,
    success: { status: 200, description: 'The product', body: product },
    errors: ['not_found'],
  },
  changeProduct: {
    method: 'patch',
    path: '/:id',
    summary: 'Change some fields of a product',
    access: keepers,
    params: byId,
    body: Joi.object<Partial<ProductFields>>(fields).min(1),
    success: { status: 200, description: 'The product after the change', body: product },
    errors: ['not_found'],
  },
  deleteProduct: {
    method: 'delete',
    path: '/:id',
    summary: 'Take a product off sale; orders that have it keep their copy',
    access: keepers,
    params: byId,
    success: { status: 204, description: 'Gone' },
    errors: ['not_found'],
  },
})
