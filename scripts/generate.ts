// Writes every file that is derived from another one. Usage: npm run generate [-- --check]
// With --check it writes nothing and exits 1 when a file is stale.
import { readFileSync, writeFileSync } from 'node:fs'
import { dashboard } from './monitoring/dashboard.ts'
import { openApiDocument } from './openapi/document.ts'
import { readCommunication } from './policy/communication.ts'
import { ruleSet } from './policy/rule-set.ts'

const compose = readFileSync(new URL('../docker-compose.yml', import.meta.url), 'utf8')

/** Every choice among them, in their order: COMPOSE_PROFILES is a part of the name of a file of rules. */
function choices([first, ...rest]: string[]): string[][] {
  if (first === undefined) return [[]]
  const without = choices(rest)
  return [...without, ...without.map((each) => [first, ...each])]
}

const ruleSets = choices(['stripe', 'limits', 'monitoring']).map((profiles) => [
  `network-policy/policy${profiles.length > 0 ? `-${profiles.join()}` : ''}.nft`,
  () => ruleSet(readCommunication(compose, profiles)),
])

const generated: Record<string, () => string> = {
  ...Object.fromEntries(ruleSets),
  'monitoring/dashboard.json': () => `${JSON.stringify(dashboard(), null, 2)}\n`,
  'services/api-gateway/src/openapi.json': () => `${JSON.stringify(openApiDocument(), null, 2)}\n`,
}

const check = process.argv.includes('--check')
const stale: string[] = []

for (const [file, content] of Object.entries(generated)) {
  const path = new URL(`../${file}`, import.meta.url)
  const wanted = content()
  if (read(path) === wanted) continue
  stale.push(file)
  if (!check) writeFileSync(path, wanted)
}

if (check && stale.length > 0) {
  console.error(
    `FAIL: expected generated files to be current, but found stale: ${stale.join(', ')}\nRun: npm run generate`,
  )
  process.exitCode = 1
} else {
  console.log(stale.length === 0 ? 'generated files are current' : `written: ${stale.join(', ')}`)
}

function read(path: URL): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
}
