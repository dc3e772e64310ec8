import { expect, test } from 'vitest'
import { stack } from '../stack.ts'
import { query, send } from './request.ts'
import { isTurnedAway } from './send-all.ts'
import { wafLines } from './waf-log.ts'
import { useWafMode } from './waf-mode.ts'

useWafMode('DetectionOnly')

test('an attack is passed on, and told', async () => {
  const since = Date.now()
  const answer = await send(stack.url, query("1' OR '1'='1"))
  expect(isTurnedAway(answer)).toBe(false)
  const line = (await wafLines(since, [answer.requestId])).get(answer.requestId)
  expect(line).toMatchObject({ waf: 'would be blocked', score: 5 })
})
