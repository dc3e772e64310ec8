// Breaks the test stack, one way at a time, and expects the suites to notice.
// Usage: npm run test:sabotage -- [--sample N] [--seed N] [--only WORDS] [arguments of vitest]
import { spawnSync } from 'node:child_process'

const names: Record<string, string> = {
  '--sample': 'SABOTAGE_SAMPLE',
  '--seed': 'SABOTAGE_SEED',
  '--only': 'SABOTAGE_ONLY',
}

const env = { ...process.env }
const passedOn: string[] = []
const given = process.argv.slice(2)
while (given.length > 0) {
  const [word = '', value] = given
  const variable = names[word]
  if (variable !== undefined) {
    if (value === undefined) throw new Error(`expected a value after ${word}, but found none`)
    env[variable] = value
  } else {
    passedOn.push(word)
  }
  given.splice(0, variable === undefined ? 1 : 2)
}
const { status } = spawnSync('vitest', ['run', '--project', 'sabotage', ...passedOn], { stdio: 'inherit', env })
process.exitCode = status ?? 1
