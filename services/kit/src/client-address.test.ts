import type { IncomingMessage } from 'node:http'
import { expect, test } from 'vitest'
import { clientAddress } from './client-address.ts'

const from = (given: string | undefined) =>
  clientAddress({
    headers: { ...(given !== undefined && { 'x-forwarded-for': given }) },
    socket: { remoteAddress: '172.21.0.12' },
  } as unknown as IncomingMessage)

test.each([
  ['what nginx says', '192.0.2.7', '192.0.2.7'],
  ['nothing', undefined, '172.21.0.12'],
  ['a list, which nginx never sends', '10.0.0.1, 192.0.2.7', '172.21.0.12'],
  ['no address', 'localhost', '172.21.0.12'],
])('with %s', (_, given, address) => {
  expect(from(given)).toBe(address)
})
