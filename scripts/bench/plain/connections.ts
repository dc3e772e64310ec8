// Stands in for services/kit/src/connections.ts: the same connections to the same services, in plain HTTP.
import { type Connections, openConnections as open } from '@secure-ecommerce/kit/connections'

export function openConnections(baseUrl: string, options: Parameters<typeof open>[1]): Connections {
  return open(baseUrl.replace(/^https:/, 'http:'), options)
}
