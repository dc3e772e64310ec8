import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { stack } from '../stack.ts'
import { removeAccount } from './remove-account.ts'

const root = new URL('../../', import.meta.url)
const readme = readFileSync(new URL('README.md', root), 'utf8')

/** The commands of every `sh` block that is not marked `not-run`. */
const commands = [...readme.matchAll(/^```sh\n(.*?)^```$/gms)].flatMap(([, block]) =>
  (block as string).trim().split('\n'),
)

/** As a reader types it, but for the stack that is tested. */
function onThisStack(command: string): string {
  return command
    .replaceAll('http://localhost', stack.url)
    .replaceAll('ecom-', `${stack.prefix}-`)
    .replaceAll('secure-ecommerce_', `${stack.project}_`)
    .replace(/^curl /, 'curl --silent --show-error --fail-with-body ')
}

test('there are commands to run', () => {
  expect(commands.length).toBeGreaterThan(10)
})

/** On the shop itself only what reads is run. */
const isShop = stack.project === 'secure-ecommerce'
const runnable = commands.filter((command) => !isShop || !/^(curl -X|npm run account)/.test(command))

/** The account that the page registers. */
const forgetAda = async () => isShop || removeAccount('ada@example.com')
beforeAll(forgetAda)
afterAll(forgetAda)

test.each(runnable)('%s', async (command) => {
  const { stdout } = await promisify(execFile)('bash', ['-o', 'pipefail', '-c', onThisStack(command)], { cwd: root })
  expect(stdout).not.toBe('')
})

test('docker exec … whoami prints appuser', async () => {
  const { stdout } = await promisify(execFile)('docker', ['exec', `${stack.prefix}-product-api`, 'whoami'])
  expect(stdout).toBe('appuser\n')
})
