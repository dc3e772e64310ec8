import { expect, test } from 'vitest'
import { attacks } from './attacks.ts'
import { isTurnedAway, sendAll } from './send-all.ts'
import { wafLines } from './waf-log.ts'
import { useWafMode } from './waf-mode.ts'

useWafMode('Off')

test('without the WAF none of the attacks is stopped: what stops them is the WAF', async () => {
  const since = Date.now()
  const stopped = (await sendAll(attacks)).filter(isTurnedAway)
  expect(stopped).toEqual([])
  expect(await wafLines(since)).toEqual(new Map())
})
