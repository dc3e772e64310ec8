import { expect, test } from 'vitest'
import { stack } from '../stack.ts'
import { form, json, query, type Sent, send } from './request.ts'
import { isTurnedAway } from './send-all.ts'
import { wafLines } from './waf-log.ts'
import { useWafMode } from './waf-mode.ts'

useWafMode('On')

const fields: Record<string, (text: string) => Sent> = {
  q: (text) => query(text),
  name: (text) => form('/register', { name: text }),
  description: (text) => form('/staff/products', { description: text }),
  address: (text) => form('/checkout', { address: text }),
  'json.name': (text) => json({ name: text }),
  'json.description': (text) => json({ description: text }),
}
const all = Object.keys(fields)

/** One entry for each exclusion of nginx/waf/exclusions.conf. */
const exclusions = [
  { rule: 932150, of: all, harmless: 'echo dot', attack: 'echo dot; cat /etc/passwd', other: 932100 },
  {
    ...{ rule: 932105, of: all.filter((field) => field !== 'address'), harmless: 'a pepper grinder; set of 2' },
    ...{ attack: 'a pepper grinder; set of 2 $(id)', other: 932130 },
  },
]
const pairs = exclusions.flatMap(({ of, ...pair }) => of.map((field) => ({ ...pair, field })))

test.each(pairs)('$field may hold "$harmless", which $rule is not asked about', async ({ field, harmless }) => {
  expect(isTurnedAway(await send(stack.url, fields[field]?.(harmless) as Sent))).toBe(false)
})

test.each(pairs)('$field may not hold "$attack", for that is found by $other', async ({ field, attack, other }) => {
  const since = Date.now()
  const answer = await send(stack.url, fields[field]?.(attack) as Sent)
  expect(isTurnedAway(answer)).toBe(true)
  const line = (await wafLines(since, [answer.requestId])).get(answer.requestId)
  expect(line?.rules.map(({ id }) => id)).toContain(other)
})
