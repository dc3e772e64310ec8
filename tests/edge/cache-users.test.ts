import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { removeAccount } from '../api/remove-account.ts'
import { runScript } from '../scripts/run-script.ts'
import { stack } from '../stack.ts'
import { read } from './catalogue.ts'

const credentials = { email: `${randomUUID()}@example.com`, password: 'correct horse battery' }

async function post(path: string, body: object): Promise<{ access_token: string }> {
  const headers = { 'content-type': 'application/json' }
  const answer = await fetch(stack.url + path, { method: 'POST', headers, body: JSON.stringify(body) })
  expect(answer.ok).toBe(true)
  return (await answer.json()) as { access_token: string }
}

let staff: Record<string, string>
beforeAll(async () => {
  await post('/api/auth/register', { ...credentials, name: 'Ada' })
  expect(runScript(`node scripts/account.ts role ${credentials.email} staff`)).toMatchObject({ status: 0 })
  staff = { authorization: `Bearer ${(await post('/api/auth/login', credentials)).access_token}` }
})
afterAll(() => removeAccount(credentials.email))

const catalogue = ['/api/products', '/api/products/1', '/api/products?category=books']
const cached = /^edge; (hit(; detail=(updating|stale))?|fwd=stale|fwd=uri-miss)$/

/** Everybody asks for the same; what each is told shows who they were taken for. */
const visitors: { who: string; headers: () => Record<string, string>; catalogue: number; cache: RegExp; me: RegExp }[] =
  [
    { who: 'a guest', headers: () => ({}), catalogue: 200, cache: cached, me: /"id":"demo"|Sign in/ },
    { who: 'staff', headers: () => staff, catalogue: 200, cache: /^edge; fwd=bypass$/, me: /"role":"staff"/ },
    {
      who: 'a stranger with a false token',
      headers: () => ({ authorization: `${staff.authorization?.slice(0, -4)}AAAA` }),
      catalogue: 401,
      cache: /^edge; fwd=bypass$/,
      me: /"error"/,
    },
    {
      who: 'a browser with a cookie',
      headers: () => ({ cookie: 'basket=1-2' }),
      catalogue: 200,
      cache: /^edge; fwd=bypass$/,
      me: /"id":"demo"|Sign in/,
    },
    {
      who: 'a browser with a cookie that nginx could take for none',
      headers: () => ({ cookie: '0' }),
      catalogue: 200,
      cache: /^edge; fwd=bypass$/,
      me: /"id":"demo"|Sign in/,
    },
  ]

test('whoever asks at the same time, nobody gets what was meant for another', async () => {
  const rounds = Array.from({ length: 40 }, (_, round) => round)
  const asked = visitors.flatMap((visitor) =>
    rounds.map((round) => ({ visitor, path: catalogue[round % catalogue.length] as string })),
  )
  // Ten at a time, in an order that has everybody beside everybody.
  const queue = asked.toSorted(() => Math.random() - 0.5)
  const wrong: object[] = []
  const seen = new Map<string, Set<string | null>>()
  async function work() {
    for (let next = queue.pop(); next; next = queue.pop()) {
      const { visitor, path } = next
      const [products, me] = await Promise.all([read(path, visitor.headers()), read('/api/auth/me', visitor.headers())])
      // An overloaded shop says so to anybody.
      if ([products, me].some(({ status }) => status === 503)) continue
      const right =
        products.status === visitor.catalogue &&
        visitor.cache.test(products.cache ?? '') &&
        products.headers.get('set-cookie') === null &&
        visitor.me.test(me.body) &&
        me.cache === null
      if (!right) wrong.push({ who: visitor.who, path, status: products.status, cache: products.cache, me: me.body })
      seen.set(visitor.who, (seen.get(visitor.who) ?? new Set()).add(products.cache))
    }
  }
  await Promise.all(Array.from({ length: 10 }, work))
  expect(wrong).toEqual([])
  // Without hits this would have shown nothing.
  expect(seen.get('a guest')).toContain('edge; hit')
})

test('what somebody was told is not what the next gets, in either order', async () => {
  const forged = { authorization: 'Bearer x' }
  for (const order of [
    [forged, {}],
    [{}, forged],
  ] as Record<string, string>[][]) {
    const path = `/api/products?q=${randomUUID().slice(0, 8)}`
    for (const headers of order) {
      expect((await read(path, headers)).status).toBe(headers.authorization ? 401 : 200)
    }
  }
})

test('an answer to staff is not kept: a guest who asks next is the first', async () => {
  const path = `/api/products?q=${randomUUID().slice(0, 8)}`
  expect((await read(path, staff)).cache).toBe('edge; fwd=bypass')
  expect((await read(path)).cache).toBe('edge; fwd=uri-miss')
  expect((await read(path, staff)).cache).toBe('edge; fwd=bypass')
})

test('pages, which have a browser’s own token in their forms, are never kept', async () => {
  const tokens = await Promise.all(
    Array.from({ length: 5 }, async () => {
      const { body, headers, cache } = await read('/products/1')
      expect({ cache, control: headers.get('cache-control') }).toEqual({ cache: null, control: 'private, no-store' })
      return /name="csrf" value="([^"]+)"/.exec(body)?.[1]
    }),
  )
  expect(new Set(tokens).size).toBe(5)
})
