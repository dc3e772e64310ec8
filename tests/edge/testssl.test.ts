import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'

type Finding = { id: string; severity: string; finding: string }

/** Findings that have a reason, and stay. */
const explained: Record<string, string> = {
  cert_chain_of_trust: 'the shop signs its own certificate until it is given one (TLS_CERT_FILE)',
  cert_revocation: 'nobody but the shop has signed it, so nobody could revoke it',
  HSTS: 'the test stack serves HTTP too, as on a machine of one’s own; https-only.test.ts looks at the other',
  BREACH: 'pages are compressed, but every cookie is SameSite: no other site can ask for one with a secret in it',
  engine_problem: 'about the OpenSSL that asks',
}

/** Everything it can do but simulating clients, which finds nothing, and without asking anybody else: no DNS, no OCSP, no CRL. */
const checks = ['--protocols', '--standard', '--pfs', '--server-preference', '--server-defaults', '--headers']
const weaknesses = ['--vulnerable', '--rc4']
const alone = ['--nodns', 'none', '--ip', '127.0.0.1', '--warnings', 'off', '--quiet', '--color', '0']

async function findings(words: string[]): Promise<Finding[]> {
  const folder = mkdtempSync(join(tmpdir(), 'edge-'))
  const file = join(folder, 'findings.json')
  try {
    const args = [...words, ...alone, '--jsonfile', file, `https://localhost:${process.env.HTTPS_PORT ?? 443}`]
    // Its status counts findings.
    await promisify(execFile)('testssl', args, { maxBuffer: 16 * 2 ** 20 }).catch((error) => {
      if (error.code === 'ENOENT') throw new Error('expected testssl but did not find it: apt-get install testssl.sh')
    })
    return JSON.parse(readFileSync(file, 'utf8'))
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** It says that of a session taken up whose connection ended early too, where no certificate is seen; so it asks once more. */
const didNotLook = ({ finding }: Finding) => finding.includes('connect problem')

async function allFindings(): Promise<Finding[]> {
  const found = await findings([...checks, ...weaknesses])
  if (!found.some(didNotLook)) return found
  const again = await findings(['--server-defaults'])
  return found.map((each) => (didNotLook(each) ? (again.find(({ id }) => id === each.id) ?? each) : each))
}

test('testssl finds nothing in how HTTPS is served but what is explained', { timeout: 400_000 }, async () => {
  const found = await allFindings()
  const severityOf = (id: string) => found.find((finding) => finding.id === id)?.severity
  for (const id of [
    'heartbleed',
    'CCS',
    'ROBOT',
    'POODLE_SSL',
    'SWEET32',
    'LOGJAM',
    'DROWN',
    'LUCKY13',
    'RC4',
    'PFS',
  ]) {
    expect({ id, severity: severityOf(id) }).toEqual({ id, severity: 'OK' })
  }
  expect(severityOf('scanTime')).toBe('INFO')
  const wrong = found.filter(({ id, severity }) => !['OK', 'INFO', 'DEBUG'].includes(severity) && !(id in explained))
  expect(wrong).toEqual([])
})
