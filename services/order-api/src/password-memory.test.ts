import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { parse } from 'yaml'

const program = fileURLToPath(new URL('../../../tests/unit/hash-passwords.ts', import.meta.url))
const { environment } = parse(readFileSync('docker-compose.yml', 'utf8'), { merge: true }).services['order-api']

const mebibytes = (env: Record<string, string>) =>
  Number(execFileSync(process.execPath, [program], { env, encoding: 'utf8' }))

test('however many passwords are hashed, it takes the memory of two, as Compose sets the service up', () => {
  expect(mebibytes({ MALLOC_MMAP_THRESHOLD_: String(environment.MALLOC_MMAP_THRESHOLD_) })).toBeLessThan(2 * 19 + 12)
})
