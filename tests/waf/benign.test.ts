import { beforeAll, expect, test } from 'vitest'
import { benign } from './benign.ts'
import type { Answer } from './request.ts'
import { isTurnedAway, sendAll } from './send-all.ts'
import { useWafMode } from './waf-mode.ts'

useWafMode('On')

let answers: Answer[]
beforeAll(async () => {
  answers = await sendAll(benign)
})

test.each(benign.map(({ what }, n) => ({ what, n })))('passes: $what', ({ n }) => {
  const answer = answers[n] as Answer
  expect(isTurnedAway(answer), `request ${answer.requestId}`).toBe(false)
  expect(answer.status).toBeLessThan(500)
})
