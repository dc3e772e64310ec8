/**
 * What a browser never sends. In each, ID is a product that there is none of, so that whoever passes it on is answered 404, and SMUGGLED
 * another, which must not be asked for by anybody.
 */
export type RawRequest = {
  why: string
  bytes: string
  /** Of the answers on this connection, in their order. */
  statuses: number[]
  /** What the gateway or the storefront may see, method and path. */
  reaches?: string[]
}

const lines = (...all: string[]) => `${all.join('\r\n')}\r\n\r\n`
const host = 'Host: localhost'
const close = 'Connection: close'
const json = 'Content-Type: application/json'
const smuggled = lines('GET /api/products/SMUGGLED HTTP/1.1', host)

/** A POST whose body somebody could take to end elsewhere: behind it stands a request of its own. */
const post = (...framing: string[]) =>
  `${lines('POST /api/products/ID HTTP/1.1', host, json, ...framing)}0\r\n\r\n${smuggled}`
const get = (...headers: string[]) => lines('GET /api/products/ID HTTP/1.1', ...headers, close)
const path = (address: string, method = 'GET') => lines(`${method} ${address} HTTP/1.1`, host, close)

const seen = ['GET /api/products/ID']

const framing: RawRequest[] = [
  {
    why: 'Content-Length and Transfer-Encoding',
    bytes: post('Content-Length: 5', 'Transfer-Encoding: chunked'),
    statuses: [400],
  },
  {
    why: 'Transfer-Encoding and Content-Length',
    bytes: post('Transfer-Encoding: chunked', 'Content-Length: 5'),
    statuses: [400],
  },
  { why: 'two lengths that differ', bytes: post('Content-Length: 5', 'Content-Length: 60'), statuses: [400] },
  { why: 'two lengths that are the same', bytes: post('Content-Length: 5', 'Content-Length: 5'), statuses: [400] },
  { why: 'a list of lengths', bytes: post('Content-Length: 5, 5'), statuses: [400] },
  { why: 'a length with a sign', bytes: post('Content-Length: +5'), statuses: [400] },
  { why: 'a length below 0', bytes: post('Content-Length: -1'), statuses: [400] },
  { why: 'a length in hexadecimal', bytes: post('Content-Length: 0x5'), statuses: [400] },
  { why: 'a length beyond 64 bits', bytes: post('Content-Length: 18446744073709551621'), statuses: [400] },
  { why: 'chunked twice', bytes: post('Transfer-Encoding: chunked', 'Transfer-Encoding: chunked'), statuses: [400] },
  { why: 'chunked twice in a list', bytes: post('Transfer-Encoding: chunked, chunked'), statuses: [501] },
  { why: 'chunked and identity', bytes: post('Transfer-Encoding: chunked, identity'), statuses: [501] },
  { why: 'identity', bytes: post('Transfer-Encoding: identity', 'Content-Length: 5'), statuses: [501] },
  {
    why: 'an encoding that only looks like chunked',
    bytes: post('Transfer-Encoding: xchunked', 'Content-Length: 5'),
    statuses: [501],
  },
  {
    why: 'chunked behind a vertical tab',
    bytes: post('Transfer-Encoding: \x0bchunked', 'Content-Length: 5'),
    statuses: [501],
  },
  { why: 'a blank before the colon', bytes: post('Transfer-Encoding : chunked', 'Content-Length: 5'), statuses: [400] },
  { why: 'a length with a blank before its colon', bytes: post('Content-Length : 5'), statuses: [400] },
  {
    why: 'a header in two lines (obs-fold)',
    bytes: post('Content-Length: 5', 'X-Long: a', ' Transfer-Encoding: chunked'),
    statuses: [400],
  },
  {
    why: 'a first header that is indented',
    bytes: lines('GET /api/products/ID HTTP/1.1', ' Transfer-Encoding: chunked', host),
    statuses: [400],
  },
  { why: 'chunked in HTTP/1.0', bytes: post('Transfer-Encoding: chunked').replace('1.1', '1.0'), statuses: [400] },
  {
    why: 'a chunk without a size',
    bytes: `${lines('POST /api/products/ID HTTP/1.1', host, json, 'Transfer-Encoding: chunked')}x\r\n${smuggled}`,
    statuses: [400],
  },
  {
    why: 'a chunk of more than 64 bits',
    bytes: `${lines('POST /api/products/ID HTTP/1.1', host, json, 'Transfer-Encoding: chunked')}10000000000000000\r\n${smuggled}`,
    statuses: [400],
  },
]

const headers: RawRequest[] = [
  { why: 'no host in HTTP/1.1', bytes: get(), statuses: [400] },
  { why: 'an empty host', bytes: get('Host:'), statuses: [400] },
  { why: 'two hosts', bytes: get(host, 'Host: other.example'), statuses: [400] },
  { why: 'a host with a path', bytes: get('Host: localhost/x'), statuses: [400] },
  { why: 'a NUL in a header', bytes: get(host, 'X-Thing: a\0b'), statuses: [400] },
  { why: 'a NUL in the name of a header', bytes: get(host, 'X-Th\0ing: ab'), statuses: [400] },
  { why: 'a carriage return in a header', bytes: get(host, 'X-Thing: a\rTransfer-Encoding: chunked'), statuses: [400] },
  { why: 'a header of 20 kB', bytes: get(host, `X-Thing: ${'x'.repeat(20_000)}`), statuses: [431] },
  {
    why: '40 kB of headers',
    bytes: get(host, ...Array.from({ length: 10 }, (_, n) => `X-${n}: ${'x'.repeat(4_000)}`)),
    statuses: [431],
  },
  {
    why: 'an upgrade to HTTP/2 in plain text',
    bytes: get(host, 'Connection: Upgrade, HTTP2-Settings', 'Upgrade: h2c', 'HTTP2-Settings: AAMAAABkAAQCAAAAAAIAAAAA'),
    statuses: [404],
    reaches: seen,
  },
  {
    why: 'a line that ends without a carriage return',
    bytes: get(host).replaceAll('\r\n', '\n'),
    statuses: [404],
    reaches: seen,
  },
  {
    why: 'two requests in one write, which is allowed',
    bytes: lines('GET /api/products/ID HTTP/1.1', host) + get(host),
    statuses: [404, 404],
    reaches: [...seen, ...seen],
  },
]

const requestLines: RawRequest[] = [
  {
    why: 'an absolute address',
    bytes: lines('GET http://localhost/api/products/ID HTTP/1.1', host, close),
    statuses: [404],
    reaches: seen,
  },
  {
    why: 'an absolute address of another host',
    bytes: lines('GET http://other.example/api/products/ID HTTP/1.1', host, close),
    statuses: [421],
  },
  {
    why: 'an absolute address, and another Host',
    bytes: lines('GET http://localhost/api/products/ID HTTP/1.1', 'Host: other.example', close),
    statuses: [404],
    reaches: seen,
  },
  {
    why: 'an absolute address with a user',
    bytes: lines('GET http://localhost@other.example/api/products/ID HTTP/1.1', host, close),
    statuses: [400],
  },
  {
    why: 'a service of the inside as an absolute address',
    bytes: lines('GET http://product-api:8001/health HTTP/1.1', host, close),
    statuses: [421],
  },
  { why: 'TRACE', bytes: path('/api/products/ID', 'TRACE'), statuses: [405] },
  { why: 'TRACE for a page', bytes: path('/products/ID', 'TRACE'), statuses: [405] },
  { why: 'CONNECT', bytes: path('product-api:8001', 'CONNECT'), statuses: [400] },
  { why: 'CONNECT to a path', bytes: path('/api/products/ID', 'CONNECT'), statuses: [405] },
  { why: 'a method that there is not', bytes: path('/api/products/ID', 'BREW'), statuses: [405] },
  { why: 'a method of WebDAV', bytes: path('/api/products/ID', 'PROPFIND'), statuses: [405] },
  { why: 'OPTIONS', bytes: path('/api/products/ID', 'OPTIONS'), statuses: [405] },
  { why: 'PUT', bytes: path('/api/products/ID', 'PUT'), statuses: [405] },
  { why: 'a method in small letters', bytes: path('/api/products/ID', 'get'), statuses: [400] },
  { why: 'DELETE of a page', bytes: path('/products/ID', 'DELETE'), statuses: [405] },
  { why: 'POST to a file', bytes: path('/assets/ID.js', 'POST'), statuses: [405] },
  { why: 'POST to a health check', bytes: path('/api/orders/health', 'POST'), statuses: [405] },
  { why: 'OPTIONS *', bytes: path('*', 'OPTIONS'), statuses: [400] },
  { why: 'no version', bytes: 'GET /api/products/ID\r\n\r\n', statuses: [] },
  { why: 'a version to come', bytes: path('/api/products/ID').replace('HTTP/1.1', 'HTTP/3.0'), statuses: [505] },
  { why: 'a blank in the address', bytes: path('/api/products/ID /x'), statuses: [400] },
  { why: 'nothing that is HTTP', bytes: 'SSH-2.0-OpenSSH_10.0\r\n\r\n', statuses: [400] },
  { why: 'a greeting of TLS', bytes: '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n', statuses: [400] },
  { why: 'an address of 10 kB', bytes: path(`/api/products/ID?q=${'x'.repeat(10_000)}`), statuses: [414] },
]

const paths: RawRequest[] = [
  ...['/api/products/ID%2f..', '/api/products%2FID', '/api/orders/..%2Fproducts/ID', '/api/%2e%2e/products/ID'],
  ...['/api/orders/../products/ID', '/api/orders/.%2e/products/ID', '/api/orders/%252e%252e/products/ID'],
  ...['/api//products/ID', '//api/products/ID', '/api/products/%5cID', '/api\\products/ID', '/api/products/ID#x'],
  ...[
    '/%61pi/products/ID',
    '/api/%70roducts/ID',
    '/api/products%25ID',
    '/products//ID',
    '/products/%2e%2e/api/products/ID',
  ],
  ...['/internal/stock/ID', '/api/internal/stock/ID', '/api/products/../../internal/stock/ID'],
].map((address) => ({ why: `the path ${address}`, bytes: path(address), statuses: [404] }))

const noPaths: RawRequest[] = [
  ...['/api/products/ID%00', '/api/products/ID\0', '/../api/products/ID', '/api/%zz/products/ID', 'api/products/ID'],
].map((address) => ({ why: `the path ${JSON.stringify(address)}`, bytes: path(address), statuses: [400] }))

export const rawRequests: RawRequest[] = [...framing, ...headers, ...requestLines, ...paths, ...noPaths]
