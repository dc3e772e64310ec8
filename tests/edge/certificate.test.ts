import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { Agent } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { certificateAuthority } from '../authority.ts'
import { requireTestStack } from '../stack.ts'
import { getByHttps, shownCertificate } from './https.ts'

const folder = mkdtempSync(join(tmpdir(), 'edge-'))
const createSecrets = (settings = {}) =>
  promisify(execFile)('scripts/create-secrets.sh', { env: { ...process.env, ...settings } })

beforeAll(requireTestStack)
afterAll(async () => {
  rmSync(folder, { recursive: true })
  // The stack's own again.
  await createSecrets()
})

type Outcome = { status?: number; subject?: string | undefined; failure?: string }

/** Asks over and over until stopped; an agent that keeps its connection asks on that. */
function startAsking(ca: string[], agent?: Agent) {
  const outcomes: Outcome[] = []
  let stopped = false
  const asking = (async () => {
    while (!stopped) {
      const ask = getByHttps('/api/health', { ca, ...(agent && { agent }) })
      outcomes.push(
        await ask.then(
          ({ status, subject }) => ({ status, subject }),
          (error) => ({ failure: error.message }),
        ),
      )
      await sleep(20)
    }
  })()
  return {
    async stop(): Promise<Outcome[]> {
      stopped = true
      await asking
      return outcomes
    },
  }
}

test('a certificate of your own counts from the next handshake on, and no connection ends for it', async () => {
  const file = join(folder, 'own', 'identity.pem')
  const names = 'DNS:localhost,DNS:shop.example'
  certificateAuthority(folder).issue(join(folder, 'own'), { service: 'own', subject: 'shop.example', names })
  const ca = [shownCertificate(), readFileSync(join(folder, 'ca', 'authority.pem'), 'utf8')]

  const anew = startAsking(ca)
  const kept = startAsking(ca, new Agent({ keepAlive: true, maxSockets: 1 }))
  await sleep(500)
  await createSecrets({ TLS_CERT_FILE: file, TLS_KEY_FILE: file })
  const after = await getByHttps('/api/health', { ca })
  await sleep(500)
  const outcomes = await anew.stop()

  expect(after).toMatchObject({ status: 200, subject: 'CN=shop.example' })
  // nginx reads a certificate and then its key: of whoever shakes hands in the instant between, one may be told to come again.
  const torn = outcomes.filter(({ failure }) => failure?.includes('alert internal error'))
  expect(torn.length).toBeLessThanOrEqual(1)
  const whole = outcomes.filter((outcome) => !torn.includes(outcome))
  expect(new Set(whole.map(({ subject }) => subject))).toEqual(new Set(['CN=localhost', 'CN=shop.example']))
  for (const all of [whole, await kept.stop()]) {
    expect(all.filter(({ status }) => status !== 200)).toEqual([])
    expect(all.length).toBeGreaterThan(20)
  }
})
