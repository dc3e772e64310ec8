// Looks for vulnerabilities, secrets, weak settings and licences that are not free, and writes down what is in each image.
// Usage: scripts/security-check.sh [image…]        without an image: all of the stack, the repository and what runs
// Writes reports/security.json, .sarif and .html, and reports/sbom/*.cdx.json (CycloneDX). What is accepted is in security/accepted.json.
// Exits 1 for what is HIGH or CRITICAL and can be repaired, any secret, any failed control and any acceptance that has expired; else 2
// when something could not be looked at.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { judge, readAcceptances } from './security-check/accepted.ts'
import { forPeople } from './security-check/for-people.ts'
import { htmlOf } from './security-check/html.ts'
import { look } from './security-check/look.ts'
import { resultOf } from './security-check/result.ts'
import { sarifOf } from './security-check/sarif.ts'
import { Failure, runScript } from './stack/failure.ts'
import { setting } from './stack/settings.ts'

await runScript(async () => {
  const images = process.argv.slice(2)
  const option = images.find((image) => image.startsWith('-'))
  if (option) throw new Failure(`expected images but found ${option}`, 'scripts/security-check.sh [image…]')
  const acceptances = readAcceptances(setting('SECURITY_ACCEPTED', 'security/accepted.json'))
  const reports = setting('REPORTS_DIR', 'reports')
  mkdirSync(reports, { recursive: true })
  const work = mkdtempSync(join(tmpdir(), 'security-check-'))
  try {
    const looked = await look(images, {
      root: process.cwd(),
      work,
      reports,
      say: (line) => console.error(`── ${line}`),
    })
    // What was not looked at by choice is not gone.
    const judged = judge(looked.findings, acceptances, new Date().toISOString().slice(0, 10))
    const result = resultOf(looked, images.length > 0 ? { ...judged, unused: [] } : judged)
    const write = (suffix: string, text: string) => writeFileSync(join(reports, `security.${suffix}`), text)
    write('json', `${JSON.stringify(result, null, 2)}\n`)
    write('sarif', `${JSON.stringify(sarifOf(result), null, 2)}\n`)
    write('html', htmlOf(result))
    console.log(forPeople(result))
    console.log(`All of it: ${reports}/security.html`)
    process.exitCode = result.verdict
  } finally {
    rmSync(work, { recursive: true })
  }
})
