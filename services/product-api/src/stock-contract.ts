import { defineContract } from '@secure-ecommerce/kit/contract'
import { id, maxItems, maxQuantity } from '@secure-ecommerce/kit/schema'
import Joi from 'joi'

export type ReservedItem = { product_id: number; name: string; price_cents: number; quantity: number }
export type WantedItem = Pick<ReservedItem, 'product_id' | 'quantity'>

const quantity = Joi.number().integer().min(1).max(maxQuantity)
const byReference = Joi.object<{ reference: string }>({ reference: Joi.string().uuid().required() })

/** What order-api asks of stock, through the gateway. Not part of the public API. */
export const stockContract = defineContract({
  reserve: {
    method: 'post',
    path: '/:reference',
    summary: 'Reserve all items of an order, or none',
    params: byReference,
    body: Joi.object<{ items: WantedItem[] }>({
      items: Joi.array()
        .items(Joi.object({ product_id: id.required(), quantity: quantity.required() }))
        .unique('product_id')
        .min(1)
        .max(maxItems)
        .required(),
    }),
    success: {
      status: 201,
      description: 'What is reserved, at the price that holds for the order',
      body: Joi.object<{ items: ReservedItem[] }>(),
    },
    errors: ['conflict', 'unprocessable'],
  },
  release: {
    method: 'delete',
    path: '/:reference',
    summary: 'Give back what an order reserved',
    params: byReference,
    success: { status: 204, description: 'Nothing of the order is reserved any more' },
  },
})
