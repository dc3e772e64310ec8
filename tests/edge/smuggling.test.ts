import { randomInt } from 'node:crypto'
import { expect, test } from 'vitest'
import { stack } from '../stack.ts'
import { loggedUntil } from './inside.ts'
import { sendRaw } from './raw.ts'
import { rawRequests } from './raw-requests.ts'

/** Of a product that there is none of. */
const newId = () => String(randomInt(10 ** 13, 10 ** 14))

/** Names, addresses and versions of what is behind the port. */
const inside =
  /nginx\/|express|node\.js|debian|openssl|(product|order|payment)-(api|db)|api-gateway|ecom-|:\d{4}\b|\b(10|172|192)\.\d+\.\d+\.\d+/i

test.each(rawRequests)('$why is answered $statuses, and nobody inside sees what they should not', async (request) => {
  const { bytes, statuses, reaches = [] } = request
  const since = Date.now() - 1_000
  const [id, smuggled, last] = [newId(), newId(), newId()]
  const fill = (text: string) => text.replaceAll('ID', id).replaceAll('SMUGGLED', smuggled)

  const { text, answers } = await sendRaw(fill(bytes))
  expect(answers.map(({ status }) => status)).toEqual(statuses)
  expect(text).not.toMatch(inside)

  // Who comes next is not answered with what somebody left behind.
  const good = await fetch(`${stack.url}/api/products/${last}`)
  expect(await good.json()).toMatchObject({ error: `No product ${last}`, requestId: good.headers.get('x-request-id') })

  const lines = await loggedUntil(`/api/products/${last}`, since)
  const ids = new Set(answers.map(({ headers }) => new Map(headers).get('x-request-id')))
  const others = lines.filter(
    ({ requestId, path = '' }) => ids.has(requestId) || path.includes(id) || path.includes(smuggled),
  )
  const services = others.filter(({ msg }) => msg === 'request')
  expect(others).toEqual(services)
  expect([...new Set(services.map(({ method, path }) => `${method} ${path}`))]).toEqual([...new Set(reaches.map(fill))])
  expect(new Set(services.map(({ requestId }) => requestId)).size).toBe(reaches.length)
})
