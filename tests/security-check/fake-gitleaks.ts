// Stands in for gitleaks: knows the flags that it documents, and answers with recorded leaks where FAKE_LEAKS=yes. It looks at nothing.
import { existsSync, writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'

const [command = '', ...rest] = process.argv.slice(2)
if (command === 'version') {
  console.log('8.30.1')
  process.exit()
}
const text = { type: 'string' } as const
const flag = { type: 'boolean' } as const
const options = {
  'no-banner': flag,
  redact: flag,
  'ignore-gitleaks-allow': flag,
  'exit-code': text,
  'report-format': text,
  'report-path': text,
}
const { values, positionals } = parseArgs({ args: rest, options, allowPositionals: true })
const [path = ''] = positionals

if (process.env.FAKE_LEAKS === 'fails') {
  console.error('10:00AM FTL unable to load gitleaks config')
  process.exit(1)
}
if (!['git', 'dir'].includes(command) || values['report-format'] !== 'json' || !existsSync(path)) process.exit(126)
const leaks =
  process.env.FAKE_LEAKS === 'yes' && command === 'git'
    ? (await import('./recorded/leaks.json', { with: { type: 'json' } })).default
    : []
writeFileSync(values['report-path'] ?? '', JSON.stringify(leaks))
process.exit(leaks.length > 0 ? Number(values['exit-code'] ?? 1) : 0)
