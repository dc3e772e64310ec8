import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { createHttpServer } from '@secure-ecommerce/kit/http-server'
import type { Express } from 'express'

/** Serves an app as production does, on a free port; `await using` closes it. */
export async function listen(app: Express) {
  const server = createHttpServer(app).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    server,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async [Symbol.asyncDispose]() {
      server.close()
      server.closeAllConnections()
      await once(server, 'close')
    },
  }
}
