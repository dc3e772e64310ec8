import { beforeAll, expect, test } from 'vitest'
import { attacks } from './attacks.ts'
import type { Answer } from './request.ts'
import { isTurnedAway, sendAll } from './send-all.ts'
import { type WafLine, wafLines } from './waf-log.ts'
import { useWafMode } from './waf-mode.ts'

useWafMode('On')

let answers: Answer[]
let lines: Map<string, WafLine>

beforeAll(async () => {
  const since = Date.now()
  answers = await sendAll(attacks)
  lines = await wafLines(
    since,
    answers.filter(isTurnedAway).map(({ requestId }) => requestId),
  )
})

test.each(attacks.map((attack, n) => ({ ...attack, n })))('$kind is stopped: $what', ({ rule, n }) => {
  const answer = answers[n] as Answer
  const line = lines.get(answer.requestId)
  expect(line?.rules.map(({ id }) => id)).toContain(rule)
  expect(line?.waf).toBe('blocked')
  expect(isTurnedAway(answer), `${answer.status} ${answer.body}`).toBe(true)
})
