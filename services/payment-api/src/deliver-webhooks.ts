import type { Client } from '@secure-ecommerce/kit/client'
import { crashPoint } from '@secure-ecommerce/kit/crash-point'
import type { Logger } from '@secure-ecommerce/kit/log'
import type { Secret } from '@secure-ecommerce/kit/secret'
import { sign, signatureHeader } from '@secure-ecommerce/kit/signature'
import type { Delivery, DeliveryStore } from './delivery-store.ts'

const batch = 20

type Dependencies = { log: Logger; deliveries: DeliveryStore; orders: Client; webhookKey: Secret }

/**
 * Sends order-api the events that are due, each until it is acknowledged: at least once, so the receiver goes by the id.
 *
 * @returns a function that makes one attempt at what is due, and tells whether there may be more
 */
export function deliverWebhooks({ log, deliveries, orders, webhookKey }: Dependencies): () => Promise<boolean> {
  async function deliver({ id, body }: Delivery): Promise<void> {
    try {
      // Signed anew each time: a signature is good for minutes, an event until it is acknowledged.
      const headers = { [signatureHeader]: sign(webhookKey, body) }
      await orders.request({ method: 'POST', path: '/internal/payment-events', headers, body })
    } catch (error) {
      log.warn({ err: error, event: id }, 'an event is not acknowledged')
      return deliveries.postpone(id)
    }
    await crashPoint('after-webhook-before-acknowledged')
    await deliveries.acknowledged(id)
  }

  return async function deliverDue() {
    const taken = await deliveries.takeDue(batch)
    await Promise.all(taken.map(deliver))
    return taken.length === batch
  }
}
