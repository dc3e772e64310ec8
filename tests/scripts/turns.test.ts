import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { runScript } from './run-script.ts'

/** A project that is not there: who is not refused does no harm. */
const env = { COMPOSE_PROJECT_NAME: 'turns-test', ECOM_PREFIX: 'turns' }

const holds = `exec 9>>reports/start.lock; flock 9; echo 'npm start (process 1)' >reports/start.lock; echo held; exec sleep 60`
const holder = spawn('bash', ['-c', `mkdir -p reports; ${holds}`], { stdio: ['ignore', 'pipe', 'inherit'] })

beforeAll(() => once(holder.stdout, 'data'))
afterAll(() => holder.kill())

test.each([
  'npm start',
  'npm stop',
  'npm run destroy -- --yes',
  'scripts/update.sh',
  'scripts/restore.sh --undo --yes',
])('%s is refused while somebody else is at work, and names that', (command) => {
  const { status, text } = runScript(command, { env })
  expect(text).toMatch(/FAIL: another npm start \(process 1\) is at work in .*\n {2}Next: wait until it ends, then /)
  expect(status).toBe(1)
})
