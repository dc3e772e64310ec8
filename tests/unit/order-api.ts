import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { signatureHeader, verifySignature } from '@secure-ecommerce/kit/signature'
import { webhookKey } from './payment-service.ts'

/** Stands in for order-api: checks each event's signature and takes it down; `await using` closes it. */
export async function startOrderApi() {
  /** Every delivery, and what it was answered. */
  const deliveries: { answer: number; event: Record<string, unknown> }[] = []
  const state = { answer: 204 }
  const server = createServer(async (req, res) => {
    const body = await text(req)
    verifySignature(webhookKey, body, req.headers[signatureHeader]?.toString())
    deliveries.push({ answer: state.answer, event: { path: req.url, ...JSON.parse(body) } })
    res.writeHead(state.answer).end()
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    deliveries,
    /** What it answers from now on. */
    set answer(status: number) {
      state.answer = status
    },
    async [Symbol.asyncDispose]() {
      server.close()
      server.closeAllConnections()
      await once(server, 'close')
    },
  }
}
