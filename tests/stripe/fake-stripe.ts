// Plays api.stripe.com and the name server that knows it; run by stripe.test.ts in a network namespace.
// Usage: node fake-stripe.ts ADDRESS RESOLVER CERTIFICATE KEY
import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:https'
import type { TLSSocket } from 'node:tls'

const [address = '', resolver = '', certificate = '', key = ''] = process.argv.slice(2)

// Answers with what it was asked, so that the test sees that nobody changed it on the way.
const stripe = createServer({ cert: readFileSync(certificate), key: readFileSync(key) }, (request, response) => {
  const { servername } = request.socket as TLSSocket
  response.setHeader('content-type', 'application/json')
  response.end(JSON.stringify({ object: 'balance', path: request.url, host: request.headers.host, servername }))
})

/** An answer of one address for api.stripe.com, and that there is no such name for every other. */
const names = createSocket('udp4', (query, peer) => {
  const question = query.subarray(12, query.indexOf(0, 12) + 5)
  const known = question.subarray(0, -4).equals(Buffer.from('\x03api\x06stripe\x03com\0', 'latin1'))
  const header = Buffer.concat([
    query.subarray(0, 2),
    Buffer.from([0x81, known ? 0x80 : 0x83, 0, 1, 0, known ? 1 : 0, 0, 0, 0, 0]),
  ])
  // The name of the question, type A, class IN, five seconds, four bytes.
  const answer = Buffer.from([0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 5, 0, 4, ...address.split('.').map(Number)])
  names.send(Buffer.concat([header, question, ...(known ? [answer] : [])]), peer.port, peer.address)
})

await Promise.all([once(stripe.listen(443, address), 'listening'), once(names.bind(53, resolver), 'listening')])
console.log('ready')
