import { Gauge } from 'prom-client'
import type { Database } from './database.ts'
import type { Logger } from './log.ts'
import { counter, type Metrics } from './metrics.ts'
import { withTimeLimit } from './time-limit.ts'

/** A gauge of what is in the database: one value, or one for each value of a label. */
export type Figure = { name: string; help: string; by?: { label: string; values: readonly string[] } }

/** What the statement answers, a row for each value. What is not among the rows is 0. */
type Row = { figure: string; of: string | null; value: number }

type Options = {
  database: Database
  log: Logger
  figures: Figure[]
  /** The one statement that tells them all. */
  text: string
}

/** Milliseconds for the statement, the wait for a connection included. Whoever asks for metrics wants the others in any case. */
const patience = 500

/** Milliseconds for which its answer is good, also where there was none. */
const goodFor = 5_000

/** While the database does not tell its figures, they are left out: an old value would look like a shop that is well. */
export function tellFigures(metrics: Metrics | undefined, { database, log, figures, text }: Options): void {
  if (!metrics) return
  const failed = counter(metrics, 'metrics_collection_errors_total', 'Times that the database did not tell its figures')
  // With this pg ends the connection, and with it the statement.
  const query = { text, query_timeout: patience }

  const rows = kept(goodFor, async () => {
    try {
      return (await withTimeLimit(patience, () => database.query<Row>(query))).rows
    } catch (error) {
      failed()
      log.warn({ err: error }, 'the database does not tell its figures')
      return undefined
    }
  })

  for (const { name, help, by } of figures) {
    new Gauge({
      ...{ name, help, labelNames: by ? [by.label] : [], registers: [metrics] },
      async collect() {
        const found = await rows()
        this.reset()
        if (!by) this.remove() // a gauge without labels is reset to 0
        if (!found) return
        const valueFor = (of: string | null) => found.find((row) => row.figure === name && row.of === of)?.value ?? 0
        if (by) for (const value of by.values) this.set({ [by.label]: value }, valueFor(value))
        else this.set(valueFor(null))
      },
    })
  }
}

/** One answer for all who ask within so many milliseconds. */
function kept<Answer>(ms: number, ask: () => Promise<Answer>): () => Promise<Answer> {
  let last: { answer: Promise<Answer>; until: number } | undefined
  return () => {
    const now = performance.now()
    if (!last || now >= last.until) last = { answer: ask(), until: now + ms }
    return last.answer
  }
}
