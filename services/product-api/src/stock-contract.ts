import { defineContract } from '@secure-ecommerce/kit/contract'
import { id, maxItems, maxQuantity } from '@secure-ecommerce/kit/schema'
import Joi from 'joi'

export type WantedItem = { product_id: number; quantity: number }

/** Name and price are what holds for the order, whatever happens to the product afterwards. */
export type ReservedItem = WantedItem & { name: string; price_cents: number }

/** An order, named by its reference. */
export type Wanted = { reference: string; items: WantedItem[] }

/**
 * What was decided about an order's stock. Decided once: whoever asks again, however late, hears the same.
 *
 * `released` is an order that was released before, or whose reservation expired; nothing is taken for it any more.
 */
export type Decision =
  | { outcome: 'reserved'; items: ReservedItem[] }
  | { outcome: 'refused'; reason: 'out_of_stock' | 'no_such_product' | 'released'; shortages: Shortage[] }

/** Only where the reason is `out_of_stock`: each product that did not suffice, and how many there were. */
export type Shortage = { product_id: number; left: number }

/** `lapsed`: expired, released, refused or never reserved. The units are gone, and the payment has to be given back. */
export type Confirmation = { confirmed: string[]; lapsed: string[] }

const quantity = Joi.number().integer().min(1).max(maxQuantity)

/** In the one form that PostgreSQL answers with. */
const reference = Joi.string().uuid({ separator: '-' }).lowercase().length(36)

const byReferences = Joi.object<{ references: string[] }>({
  references: Joi.array().items(reference).unique().min(1).max(100).required(),
})

const wanted = Joi.object<Wanted>({
  reference: reference.required(),
  items: Joi.array()
    .items(Joi.object({ product_id: id.required(), quantity: quantity.required() }))
    .unique('product_id')
    .min(1)
    .max(maxItems)
    .required(),
})

/** What order-api asks of stock, through the gateway. Not part of the public API. Each may be asked again at any time. */
export const stockContract = defineContract({
  reserve: {
    method: 'post',
    path: '/reservations',
    summary: 'Hold all items of an order for a while, or none; for each of many orders',
    access: 'services',
    body: Joi.object<{ orders: Wanted[] }>({
      orders: Joi.array().items(wanted).unique('reference').min(1).max(100).required(),
    }),
    success: {
      status: 200,
      description: 'What was decided, in the order asked',
      body: Joi.object<{ decisions: Decision[] }>(),
    },
  },
  confirm: {
    method: 'post',
    path: '/confirmations',
    summary: 'Sell what orders hold',
    access: 'services',
    body: byReferences,
    success: { status: 200, description: 'Which are sold', body: Joi.object<Confirmation>() },
  },
  release: {
    method: 'post',
    path: '/releases',
    summary: 'Give back what orders hold, and refuse what they ask for later; what is sold stays sold',
    access: 'services',
    body: byReferences,
    success: { status: 204, description: 'None of them holds anything' },
  },
})
