/**
 * Adds up what the suites report. Usage: node scripts/test/summary.ts SUITE…
 *
 * A suite that wrote no report or ran no test counts as one failure: silence is not success.
 */
import { readFileSync } from 'node:fs'

type Report = {
  numPassedTests: number
  numFailedTests: number
  numPendingTests: number
  success: boolean
  testResults: {
    message: string
    assertionResults: { status: string; fullName: string; failureMessages: string[] }[]
  }[]
}

/** What a reader at the end wants to know of each failure, without the stack. */
function failuresIn({ testResults }: Report): string[] {
  return testResults.flatMap(({ message, assertionResults }) => [
    ...(message ? [message] : []),
    ...assertionResults
      .filter(({ status }) => status === 'failed')
      .map(({ fullName, failureMessages }) => `${fullName}: ${failureMessages.join('\n').split(/\n\s+at /)[0]}`),
  ])
}

function read(suite: string): Report | undefined {
  try {
    return JSON.parse(readFileSync(`reports/test/${suite}.json`, 'utf8'))
  } catch {
    return undefined
  }
}

let passed = 0
let failed = 0
const explained: string[] = []
for (const suite of process.argv.slice(2)) {
  const report = read(suite)
  const ran = report ? report.numPassedTests + report.numFailedTests : 0
  // A file that could not be loaded fails its suite without a failed test.
  const failures = report && ran > 0 && (report.success || report.numFailedTests > 0) ? report.numFailedTests : 1
  const skipped = report?.numPendingTests ? `, ${report.numPendingTests} skipped` : ''
  const remark = ran === 0 ? ' (ran no test)' : ''
  console.log(`${suite.padEnd(10)} ${report?.numPassedTests ?? 0} passed, ${failures} failed${skipped}${remark}`)
  passed += report?.numPassedTests ?? 0
  failed += failures
  if (report) explained.push(...failuresIn(report).map((failure) => `\n${suite} > ${failure}`))
}
for (const failure of explained) console.log(failure)
console.log(`\n${passed} passed, ${failed} failed`)
process.exitCode = failed === 0 && passed > 0 ? 0 : 1
