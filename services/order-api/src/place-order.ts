import { createHash, randomUUID } from 'node:crypto'
import { acting } from '@secure-ecommerce/kit/acting'
import type { Caller } from '@secure-ecommerce/kit/caller'
import { Answer } from '@secure-ecommerce/kit/contract'
import { crashPoint } from '@secure-ecommerce/kit/crash-point'
import { currentContext, newRequestId } from '@secure-ecommerce/kit/request-context'
import { ServiceError } from '@secure-ecommerce/kit/service-error'
import { advanceOrder, type Checkout } from './advance-order.ts'
import { answerTo, soldOutAnswer, withLink } from './answer.ts'
import type { Claim, KeyStore } from './key-store.ts'
import type { NewOrder } from './order-contract.ts'
import type { OrderLinks } from './order-links.ts'
import type { StoredOrder } from './order-store.ts'

type Ordering = Checkout & { keys: KeyStore; links: OrderLinks }

/** What somebody asks for, and the key that makes asking again one order. */
type Wish = { caller: Caller; customer: string; key: string | undefined; wanted: NewOrder }

/** An answer, and the order that it is about, if there is one. */
type Answered = { answer: Answer; reference: string | null }

/**
 * Places an order. Once it is stored it is brought to an end, by this request or, should that not live to do it, by recovery.
 *
 * @returns 201 or a refusal where its end is known, 202 where it is not; for a key that was used, what was answered first
 */
export async function placeOrder(
  ordering: Ordering,
  caller: Caller,
  key: string | undefined,
  wanted: NewOrder,
): Promise<Answer> {
  const { answer, reference } = await answerWish(ordering, { caller, customer: caller.id, key, wanted })
  return caller.role === 'guest' && reference !== null ? withLink(answer, reference, ordering.links) : answer
}

async function answerWish(ordering: Ordering, wish: Wish): Promise<Answered> {
  const { caller, customer, key, wanted } = wish
  if (ordering.soldOut.isShort(wanted.items)) return replayOrRefuse(ordering, wish)

  const order = newOrder(wish)
  const id = await ordering.changes.create({
    ...{ reference: order.reference, customer, key: key ?? null, request_hash: requestHash(wanted).toString('hex') },
    ...{ request_id: order.requestId, email: order.email, address: order.address },
    ...{ payment_token: wanted.payment_token, created_at: order.created_at, items: wanted.items },
    acted: acting(caller),
  })
  if (id === undefined) return replay(ordering, wish)
  await crashPoint('after-create-before-reserve')
  return complete(ordering, { ...order, id }, key)
}

async function complete(checkout: Checkout, order: StoredOrder, key: string | undefined): Promise<Answered> {
  const { reference } = order
  const answer = answerTo(await advanceAsFarAsCan(checkout, order))
  if (answer.status !== 202 || key === undefined) return { answer, reference }
  const first = (await checkout.changes.keepAnswer(reference, answer)) ?? answer
  return { answer: new Answer(first.status, first.body), reference }
}

/** A neighbour that does not answer is no reason to refuse an order that will be completed. */
async function advanceAsFarAsCan(checkout: Checkout, order: StoredOrder): Promise<StoredOrder> {
  try {
    return await advanceOrder(checkout, order)
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error
    return (await checkout.orders.findByReference(order.reference)) ?? order
  }
}

/** Refuses at once what is sold out, without claiming the key: nothing was begun, and the same request may succeed later. */
async function replayOrRefuse(ordering: Ordering, wish: Wish): Promise<Answered> {
  const claim = await findClaim(ordering, wish)
  return claim ? repeat(ordering, claim, wish) : { answer: soldOutAnswer(), reference: null }
}

async function replay(ordering: Ordering, wish: Wish): Promise<Answered> {
  const claim = await findClaim(ordering, wish)
  if (claim) return repeat(ordering, claim, wish)
  // Its time was over between the two looks.
  throw stillUnderWay()
}

async function findClaim({ keys }: Ordering, { customer, key }: Wish): Promise<Claim | undefined> {
  return key === undefined ? undefined : keys.find({ customer, key })
}

async function repeat(checkout: Checkout, claim: Claim, { wanted }: Wish): Promise<Answered> {
  const { requestHash: first, answer, reference, status } = claim
  if (!first.equals(requestHash(wanted))) {
    throw new ServiceError('unprocessable', 'This Idempotency-Key was used for another order')
  }
  if (answer) return { answer: new Answer(answer.status, answer.body), reference }
  if (status === 'pending' || status === 'reserved') throw stillUnderWay()
  // An order from before answers were kept.
  const order = await checkout.orders.findByReference(reference)
  if (!order) throw new Error(`order ${reference} is gone`)
  return { answer: answerTo(order), reference }
}

function stillUnderWay(): ServiceError {
  return new ServiceError('conflict', 'This order is still being placed', { headers: { 'retry-after': '1' } })
}

function newOrder({ customer, wanted: { items, email, address, payment_token } }: Wish): StoredOrder {
  const now = new Date().toISOString()
  return {
    id: 0, // until it is stored
    reference: randomUUID(),
    customer,
    requestId: currentContext()?.requestId ?? newRequestId(),
    paymentToken: payment_token,
    status: 'pending',
    reason: null,
    items: items.map((item) => ({ ...item, name: null, price: null })).sort((a, b) => a.product_id - b.product_id),
    total: null,
    email,
    address,
    created_at: now,
    updated_at: now,
  }
}

/** SHA-256 of what was asked for, the same for the same request however its JSON was written. */
function requestHash({ items, email, address, payment_token }: NewOrder): Buffer {
  const sorted = items.map(({ product_id, quantity }) => [product_id, quantity] as const).sort(([a], [b]) => a - b)
  return createHash('sha256')
    .update(JSON.stringify([sorted, email, address, payment_token]))
    .digest()
}
