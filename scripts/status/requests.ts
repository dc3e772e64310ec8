import { readLog } from '../logs/read-logs.ts'
import { runningContainer } from '../stack/docker.ts'
import type { Line } from './line.ts'

/** What nginx answered, by its log. */
export async function requestLines(minutes: number): Promise<Line[]> {
  const answers: Answer[] = []
  await readLog(await runningContainer('nginx'), `${minutes}m`, (text) => {
    const answer = answerOf(text)
    if (answer) answers.push(answer)
  })
  return [summary(answers, minutes)]
}

export type Answer = { status: number; ms: number }

/** Lines of its error log have no status. */
export function answerOf(text: string): Answer | undefined {
  try {
    const { status, ms } = JSON.parse(text)
    return typeof status === 'number' && typeof ms === 'number' ? { status, ms } : undefined
  } catch {
    return undefined
  }
}

/** An alarm where more than one answer in a hundred is an error of the shop's own. */
export function summary(answers: Answer[], minutes: number): Line {
  const count = (from: number) => answers.filter(({ status }) => status >= from && status < from + 100).length
  const times = answers.map(({ ms }) => ms).sort((a, b) => a - b)
  const at = (share: number) => times[Math.ceil(times.length * share) - 1]?.toFixed(0) ?? '–'
  const rate = (answers.length / (minutes * 60)).toFixed(1)
  const text = `${answers.length} (${rate}/s), 4xx ${count(400)}, 5xx ${count(500)}, median ${at(0.5)} ms, 99 % within ${at(0.99)} ms`
  return { text, alarm: count(500) * 100 > answers.length }
}
