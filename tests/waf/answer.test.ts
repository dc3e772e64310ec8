import { execFileSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { stack } from '../stack.ts'
import { form, json, query, send } from './request.ts'
import { wafLines } from './waf-log.ts'
import { useWafMode } from './waf-mode.ts'

useWafMode('On')

const internals = /nginx|modsecurity|crs|942\d|paranoia|score|10\.\d+\.\d+\.\d+/i

test.each([
  { what: 'the catalogue', attack: json({ name: "' OR 1=1--" }) },
  { what: 'what else there is', attack: query("' OR 1=1--", '/api/orders') },
])('under /api a request is turned away in the form of every error: $what', async ({ attack }) => {
  const answer = await send(stack.url, attack)
  expect(answer).toMatchObject({ status: 403, type: 'application/json' })
  expect(JSON.parse(answer.body)).toEqual({
    error: 'The request looks like an attack and was not passed on',
    requestId: answer.requestId,
  })
})

test('elsewhere with a page that names the request and nothing else', async () => {
  const answer = await send(stack.url, query('<script>alert(1)</script>', '/'))
  expect(answer).toMatchObject({ status: 403, type: 'text/html; charset=utf-8' })
  expect(answer.body).toContain(answer.requestId)
  expect(answer.body).not.toMatch(internals)
  expect(answer.body).not.toContain('alert(1)')
})

test('a body that cannot be read is the sender’s fault, and said so', async () => {
  const answer = await send(stack.url, json('{"name":'))
  expect(answer).toMatchObject({ status: 400, type: 'application/json' })
  expect(JSON.parse(answer.body)).toEqual({ error: 'The body cannot be read', requestId: answer.requestId })
})

test('a body over the limit is refused by nginx as ever, and one below it is read to its end', async () => {
  expect((await send(stack.url, json({ description: 'x'.repeat(70_000) }))).status).toBe(413)
  const end = await send(stack.url, json({ description: `${'x '.repeat(30_000)}<script>alert(1)</script>` }))
  expect(end.status).toBe(403)
})

test('no log line holds a password, a cookie, a number of a card or the query', async () => {
  const since = Date.now()
  const secret = 'Zebra-Quartz'
  const answers = [
    await send(stack.url, form('/sign-in', { password: `${secret}' OR 1=1--` })),
    await send(stack.url, { path: '/basket', headers: { cookie: `basket=${secret}' OR '1'='1` } }),
    await send(stack.url, { path: `/?q=${secret}&x=${encodeURIComponent('<script>4111111111111111</script>')}` }),
  ]
  expect(answers.map(({ status }) => status)).toEqual([403, 403, 403])
  const lines = await wafLines(
    since,
    answers.map(({ requestId }) => requestId),
  )
  expect(JSON.stringify([...lines.values()])).not.toMatch(/Zebra-Quartz|4111111/)
})

test('npm run waf -- explain says which rules found what, and what came of it', async () => {
  const since = Date.now()
  const { requestId } = await send(stack.url, json({ name: '<script>alert(1)</script>' }))
  await wafLines(since, [requestId])
  const told = execFileSync('npm', ['run', '--silent', 'waf', '--', 'explain', requestId], { encoding: 'utf8' })
  expect(told).toContain('PATCH /api/products/999999999999')
  expect(told).toMatch(/^blocked: score \d+ of rules that block/m)
  expect(told).toMatch(/941110 {2}.*\n +in ARGS:json\.name: <script>/)
})
