import { mkdir, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { Edges } from './model/edges.ts'
import { reportPage } from './page/report-page.ts'
import type { Report } from './report.ts'

/** A broken stack's report must not stand where the shop's is. */
const folder = process.env.REPORTS_DIR ?? fileURLToPath(new URL('../../reports', import.meta.url))

/** Writes the evidence of a run for programs and for people, and says where it is. */
export async function writeReport(report: Report): Promise<string> {
  await mkdir(folder, { recursive: true })
  const json = JSON.stringify(report, (_, value) => (value instanceof Edges ? value.list() : value), 2)
  await writeFile(`${folder}/isolation.json`, `${json}\n`)
  await writeFile(`${folder}/isolation.html`, reportPage(report))
  const partial = report.skipped.length === 0 ? '' : `\nPARTIAL, not tried: ${report.skipped.join('; ')}`
  const { verdicts, attacks, seconds } = report
  const attempts = verdicts.reduce((sum, { attempts }) => sum + attempts.length, 0)
  const retries = verdicts.reduce((sum, { retries }) => sum + retries, 0)
  return `${verdicts.length} cells, ${attempts} attempts, ${retries} retries, ${attacks.length} forged frames in ${seconds.toFixed(1)} s. Evidence: reports/isolation.html${partial}`
}
