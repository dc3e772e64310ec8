import type { IncomingMessage } from 'node:http'
import { isIP } from 'node:net'

/**
 * The address that a request entered the shop from. nginx sets X-Forwarded-For anew on everything that it lets in, the storefront
 * and the gateway pass it on, and nobody else reaches the services. What is no single address is none of nginx's, and not believed.
 *
 * The shop is published on IPv4 alone. Of IPv6, where one customer has 2^64 addresses, the gateway's limits count networks.
 */
export function clientAddress({ headers, socket }: IncomingMessage): string {
  const given = headers['x-forwarded-for']
  return typeof given === 'string' && isIP(given) > 0 ? given : (socket.remoteAddress ?? 'unknown')
}
