import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { text } from 'node:stream/consumers'
import { runningContainer } from '../stack/docker.ts'
import { Failure } from '../stack/failure.ts'

const source = readFileSync(new URL('bare-service.mjs', import.meta.url), 'utf8')
const port = 8099

/**
 * Starts the bare service in product-api's container: same runtime, packages, limits and way to the database. It reads its standard
 * input and ends with it, so it cannot outlive the bench.
 *
 * @param address product-api's, which is the bare service's too
 */
export async function startYardstick(address: string): Promise<{ url: string; stop: () => Promise<void> }> {
  const container = await runningContainer('product-api')
  const command = ['node', '--input-type=module', '--eval', source]
  const child = spawn('docker', ['exec', '--interactive', '--env', `BENCH_PORT=${port}`, container, ...command], {
    stdio: 'pipe',
  })
  const complaint = text(child.stderr)
  const closed = once(child, 'close')
  const listening = once(createInterface(child.stdout), 'line')

  const first = await Promise.race([listening, closed])
  if (first[0] !== 'listening')
    throw new Failure(`expected the bare service to start but found: ${(await complaint).trim().slice(0, 500)}`)
  return {
    url: `http://${address}:${port}`,
    stop: async () => {
      child.stdin.end()
      await closed
    },
  }
}
