import { randomBytes } from 'node:crypto'
import { type Cell, triesOf } from './model/cell.ts'
import { type Attempt, readAttempts } from './model/outcome.ts'
import { judge, type Verdict } from './model/verdict.ts'
import { perl, runIn } from './run-in.ts'

/** Seconds between the tries of a denied cell. */
const PAUSE = 0.4

/** Runs programs/probe.pl somewhere with these jobs on its standard input. */
export type RunProbe = (nonce: string, jobs: string) => Promise<string>

export const inContainer =
  (container: string): RunProbe =>
  (nonce, jobs) =>
    runIn(container, perl('probe', nonce), jobs)

async function attempt(run: RunProbe, cells: Cell[]): Promise<Map<Cell, Attempt[]>> {
  const nonce = randomBytes(16).toString('hex')
  const jobs = cells.flatMap((cell, index) =>
    Array.from({ length: triesOf(cell) }, (_, n) => ({
      cell,
      id: `${index}.${n}`,
      job: `${index}.${n}=${n * PAUSE}@${cell.probe}`,
    })),
  )
  const printed = await run(nonce, jobs.map(({ job }) => `${job}\n`).join('')).catch((error: Error) => error.message)
  const attempts = readAttempts(
    printed,
    nonce,
    jobs.map(({ id }) => id),
  )
  const found = new Map<Cell, Attempt[]>(cells.map((cell) => [cell, []]))
  for (const { cell, id } of jobs) {
    const one = attempts.get(id)
    if (one !== undefined) found.get(cell)?.push(one)
  }
  return found
}

/**
 * Tries all cells of one source at once. A cell that should be open and is not is tried once more, which is counted; a denied
 * cell never, since one success is one too many.
 */
export async function probe(run: RunProbe, cells: Cell[]): Promise<Verdict[]> {
  const first = await attempt(run, cells)
  const closed = cells.filter(
    (cell) => cell.expected === 'open' && judge(cell, first.get(cell) ?? []).problems.length > 0,
  )
  const second: Map<Cell, Attempt[]> = closed.length > 0 ? await attempt(run, closed) : new Map()
  return cells.map((cell) => {
    const retry = second.get(cell)
    return retry === undefined ? judge(cell, first.get(cell) ?? []) : judge(cell, retry, 1)
  })
}
