import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Finding } from './finding.ts'

const execute = promisify(execFile)

/** None of the codes by which it says that it failed. */
const FOUND = 42

type Leak = { RuleID: string; Description: string; File: string; StartLine: number; Commit: string }

export async function hasGitleaks(): Promise<boolean> {
  return execute('gitleaks', ['version']).then(
    () => true,
    () => false,
  )
}

/** What was ever committed, and what is in the files now. Throws when it did not look. */
export async function gitleaks(repository: string, files: string, work: string): Promise<Finding[]> {
  const history = await scan('git', repository, join(work, 'history.json'))
  const present = await scan('dir', files, join(work, 'present.json'))
  return leakFindings([...history, ...present.map((leak) => ({ ...leak, File: leak.File.replace(`${files}/`, '') }))])
}

async function scan(how: 'git' | 'dir', path: string, report: string): Promise<Leak[]> {
  const output = ['--report-format', 'json', '--report-path', report]
  // What is accepted is in one file, and not in comments.
  const flags = ['--no-banner', '--redact', '--ignore-gitleaks-allow', '--exit-code', String(FOUND), ...output]
  await execute('gitleaks', [how, ...flags, path]).catch(
    (error: { code?: unknown; stderr?: string; message: string }) => {
      if (error.code !== FOUND)
        throw new Error((error.stderr || error.message).trim().split('\n').at(-1), { cause: error })
    },
  )
  return JSON.parse(readFileSync(report, 'utf8'))
}

/** Without the secret, which the report has too where it is not redacted. */
function leakFindings(leaks: Leak[]): Finding[] {
  const findings = leaks.map(
    ({ RuleID, Description, File, StartLine, Commit }): Finding => ({
      kind: 'secret',
      id: RuleID,
      severity: 'CRITICAL',
      target: 'repository',
      where: `${File}:${StartLine}`,
      what: Commit ? `${Description} Committed in ${Commit.slice(0, 7)}.` : Description,
      fix: 'replace it: taken out it is still in the history',
    }),
  )
  return [...new Map(findings.map((finding) => [`${finding.id} ${finding.where}`, finding])).values()]
}
