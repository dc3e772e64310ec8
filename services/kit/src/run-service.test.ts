import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { Agent, request } from 'node:http'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const program = fileURLToPath(new URL('../../../tests/unit/drain-service.ts', import.meta.url))

function start(env: Record<string, string>): ChildProcess {
  return spawn(process.execPath, [program], { env, stdio: ['ignore', 'pipe', 'pipe'] })
}

/** Reads the service's log until a line with `message`. */
async function logged(service: ChildProcess, message: string): Promise<Record<string, unknown>> {
  for await (const text of createInterface({ input: service.stdout as NodeJS.ReadableStream })) {
    const line = JSON.parse(text)
    if (line.msg === message) return line
  }
  throw new Error(`the service ended without logging ${message}`)
}

async function get(
  port: unknown,
  path: string,
  agent: Agent,
): Promise<{ body: string; connection: string | undefined }> {
  const [answer] = await once(request({ host: '127.0.0.1', port: Number(port), path, agent }).end(), 'response')
  let body = ''
  for await (const chunk of answer) body += chunk
  return { body, connection: answer.headers.connection }
}

test.each(['SIGTERM', 'SIGINT'] as const)(
  '%s lets the request in flight finish, ends idle connections and exits 0',
  async (signal) => {
    const service = start({ PORT: '0' })
    const { port } = await logged(service, 'listening')
    const agent = new Agent({ keepAlive: true })
    expect((await get(port, '/health', agent)).body).toBe('{"status":"healthy"}') // leaves an idle connection behind

    const inFlight = get(port, '/slow', new Agent({ keepAlive: true }))
    await new Promise((resolve) => setTimeout(resolve, 100))
    const exit = once(service, 'exit')
    const started = performance.now()
    service.kill(signal)
    expect((await inFlight).body).toBe('whole')
    expect(await exit).toEqual([0, null])
    expect(performance.now() - started).toBeLessThan(2_000)
    await expect(get(port, '/health', agent)).rejects.toThrow('ECONNREFUSED')
  },
)

test('a wrong configuration ends the start with exit code 1 and a report, not a stack trace', async () => {
  const service = start({ PORT: 'http' })
  let report = ''
  service.stderr?.on('data', (chunk) => {
    report += chunk
  })
  expect(await once(service, 'exit')).toEqual([1, null])
  expect(report).toBe(
    'drain-service cannot start, 1 problem in its configuration:\n  PORT       must be a number, got "http"\n',
  )
})
