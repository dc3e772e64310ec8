import { defineContract } from '@secure-ecommerce/kit/contract'
import {
  amount,
  byId,
  id,
  line,
  maxItems,
  maxQuantity,
  nextCursor,
  type PageQuery,
  pageQuery,
  paragraph,
  timestamp,
} from '@secure-ecommerce/kit/schema'
import Joi from 'joi'
import { linkKeyPattern } from './order-links.ts'
import { type OrderStatus, orderStatuses } from './order-status.ts'

export type WantedItem = { product_id: number; quantity: number }

/** What a customer asks for, in the one form that the rest of the service knows. */
export type NewOrder = { items: WantedItem[]; email: string | null; address: string | null; payment_token: string }

type OrderRequest = Partial<WantedItem> & Omit<NewOrder, 'items'> & { items?: WantedItem[] }

type PlacedOrder = Order & { follow?: string }

export type OrderItem = WantedItem & { name: string | null; price: number | null }

/** A state that an order entered. */
export type OrderEvent = { status: OrderStatus; reason: string | null; at: string }

export type Order = {
  id: number
  status: OrderStatus
  reason: string | null
  items: OrderItem[]
  total: number | null
  email: string | null
  address: string | null
  created_at: string
  updated_at: string
}

const quantity = Joi.number().integer().min(1).max(maxQuantity)
const email = Joi.string().email({ tlds: false }).max(254).allow(null)
const address = paragraph(1_000).allow(null)

const wantedItem = { product_id: id.required(), quantity: quantity.required() }

const orderRequest = Joi.object<OrderRequest>({
  product_id: id.description('A single product, short for one item'),
  quantity,
  items: Joi.array().items(Joi.object<WantedItem>(wantedItem)).unique('product_id').min(1).max(maxItems),
  email: email.default(null),
  address: address.default(null),
  payment_token: Joi.string()
    .pattern(/^tok_[A-Za-z0-9_]{1,64}$/, 'a payment token')
    .default('tok_visa')
    .description('Stands for a card that the payment provider knows; card numbers are never sent here'),
})
  .xor('items', 'product_id')
  .and('product_id', 'quantity')

const status = Joi.string()
  .valid(...orderStatuses)
  .required()

const order = Joi.object<Order>({
  id: id.required(),
  status,
  reason: Joi.string().required().allow(null).description('Why the order was rejected, cancelled or refunded'),
  items: Joi.array()
    .items(
      Joi.object<OrderItem>({
        ...wantedItem,
        name: line(200).required().allow(null),
        price: amount.required().allow(null),
      }),
    )
    .required()
    .description('Name and price hold from the moment stock is reserved; null before'),
  // An order may cost more than one price: the items' limits bound it.
  total: Joi.number().min(0.01).precision(2).required().allow(null),
  email: email.required(),
  address: address.required(),
  created_at: timestamp.required(),
  updated_at: timestamp.required(),
})

const orderWithEvents = order.append<Order & { events: OrderEvent[] }>({
  events: Joi.array()
    .items(Joi.object<OrderEvent>({ status, reason: Joi.string().required().allow(null), at: timestamp.required() }))
    .required()
    .description('The states it entered, oldest first'),
})

const placedOrder = order.append<PlacedOrder>({
  follow: Joi.string().description('Only for guests: where the order can be read, by whoever knows this'),
})

/** The schemas that the API's description names. */
export const orderSchemas = { Order: order, OrderRequest: orderRequest }

export const orderContract = defineContract({
  listOrders: {
    method: 'get',
    path: '/',
    summary: 'List orders, newest first, a page at a time: your own, or to staff and admins all',
    access: 'signed-in',
    query: Joi.object<PageQuery>(pageQuery),
    success: {
      status: 200,
      description: 'A page of orders by descending id',
      body: Joi.object<{ orders: Order[]; next_cursor: string | null }>({
        orders: Joi.array().items(order).required(),
        next_cursor: nextCursor,
      }),
    },
  },
  placeOrder: {
    method: 'post',
    path: '/',
    summary: 'Place an order for one product or for items: reserves its stock and charges it',
    access: 'anyone',
    headers: Joi.object<{ 'idempotency-key'?: string }>({
      'idempotency-key': Joi.string()
        .max(255)
        .pattern(/^[\x21-\x7e]+$/, 'printable ASCII')
        .description(
          'Makes a repeated request one order: for 24 hours each is answered as the first was. Guests share their keys, so take a random one',
        ),
    }),
    body: orderRequest,
    success: { status: 201, description: 'The order, paid', body: placedOrder },
    accepted: { description: 'The order, not paid yet: something it needs does not answer, and it will be completed' },
    errors: ['payment_declined', 'conflict', 'unprocessable'],
  },
  readOrder: {
    method: 'get',
    path: '/:id',
    summary: 'Read one order and what happened to it: your own, to staff and admins any, with its key any',
    access: 'anyone',
    params: byId,
    query: Joi.object<{ key?: string }>({
      key: Joi.string().pattern(linkKeyPattern, 'a key').description('From the link that a guest was given'),
    }),
    success: { status: 200, description: 'The order', body: orderWithEvents },
    errors: ['not_found'],
  },
  refundOrder: {
    method: 'post',
    path: '/:id/refund',
    summary:
      'Refund a paid or fulfilled order as a whole, once: asked again it says the same. Its goods are not put back in stock',
    access: ['staff', 'admin'],
    params: byId,
    success: { status: 200, description: 'The order, refunded', body: orderWithEvents },
    accepted: {
      description: 'The order, not refunded yet: it will be, once its goods are confirmed and the provider answers',
    },
    errors: ['not_found', 'conflict'],
  },
})

export function toNewOrder({ product_id, quantity, items, ...rest }: OrderRequest): NewOrder {
  const single = { product_id, quantity } as WantedItem // the schema wants both where there are no items
  return { ...rest, items: items ?? [single] }
}
