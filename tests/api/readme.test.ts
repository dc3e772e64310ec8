import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { commandsOf, onThisStack } from '../commands.ts'
import { stack } from '../stack.ts'
import { removeAccount } from './remove-account.ts'

const root = new URL('../../', import.meta.url)
const readme = readFileSync(new URL('README.md', root), 'utf8')

const commands = commandsOf(readme)

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
