import type { Client } from '@secure-ecommerce/kit/client'
import { crashPoint } from '@secure-ecommerce/kit/crash-point'
import type { Logger } from '@secure-ecommerce/kit/log'
import type { Secret } from '@secure-ecommerce/kit/secret'
import { sign, signatureHeader } from '@secure-ecommerce/kit/signature'
import type { Delivery, DeliveryStore } from './delivery-store.ts'

type Dependencies = { log: Logger; deliveries: DeliveryStore; orders: Client; webhookKey: Secret }

/**
 * Sends order-api the events that are due, each until it is acknowledged: at least once, so the receiver goes by the id.
 *
 * @returns how to claim them, and one attempt at each
 */
export function deliverWebhooks({ log, deliveries, orders, webhookKey }: Dependencies) {
  async function handle({ id, body }: Delivery): Promise<void> {
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

  return { claim: deliveries.takeDue, handle }
}
