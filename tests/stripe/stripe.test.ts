import { execFileSync } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { networkInterfaces } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type BeyondHost, openBeyondHost } from '../isolation/beyond-host.ts'
import { perl, runIn } from '../isolation/run-in.ts'
import { compose, folder, PREFIX, RESOLVER, removeStack, run, startStack } from './stack.ts'

// The outside is a network namespace: whatever the rules let out, it does not leave this machine.

/** Private and reserved addresses, one of each kind that a host has neighbours in. None is used by anybody here. */
const neighbours = ['10.255.254.253', '100.127.254.253', '172.31.254.253', '192.168.254.253', '169.254.169.254']
const certificate = join(folder, 'certificate.pem')
const port = randomInt(20_000, 30_000)
let outside: BeyondHost

async function openOutside(): Promise<BeyondHost> {
  const places = [
    ...neighbours.map((address) => ({ address, port: 443 })),
    { address: '169.254.169.254', port: 80 },
    { address: RESOLVER, port: 54 },
  ]
  const opened = await openBeyondHost(port, [], places)
  if (opened === null) throw new Error('expected to be root, for a network namespace')
  const key = join(folder, 'key.pem')
  const options = '-x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=api.stripe.com'
  const names = ['-addext', 'subjectAltName=DNS:api.stripe.com', '-keyout', key, '-out', certificate]
  execFileSync('openssl', ['req', ...options.split(' '), ...names], { stdio: 'pipe' })
  const program = fileURLToPath(new URL('fake-stripe.ts', import.meta.url))
  await opened.start([process.execPath, program, opened.address, RESOLVER, certificate, key])
  return opened
}

/** What connections from a container come to, in the words of programs/probe.pl. */
async function outcomes(container: string, jobs: string[]): Promise<Record<string, string>> {
  const printed = await runIn(`${PREFIX}-${container}`, perl('probe', 'nonce', ...jobs))
  if (!printed.includes(`end\tnonce\t${jobs.length}\n`)) throw new Error(`the probe did not run to its end: ${printed}`)
  const lines = printed.split('\n').map((line) => line.split('\t'))
  return Object.fromEntries(lines.filter(([job]) => job && jobs.includes(job)).map(([job, outcome]) => [job, outcome]))
}

const every = (jobs: string[], outcome: string) => Object.fromEntries(jobs.map((job) => [job, outcome]))

/** A request of the stripe package in payment-api's container, in TLS for this name. */
async function callStripe(name: string): Promise<unknown> {
  const program = readFileSync(new URL('call-stripe.js', import.meta.url), 'utf8')
  const ca = readFileSync(certificate, 'utf8')
  const command = ['node', '--input-type=module', '--eval', program, '--', name, ca]
  return JSON.parse(await runIn(`${PREFIX}-payment-api`, command))
}

const logged = () => compose('logs', '--no-log-prefix', 'stripe-egress')

describe.skipIf(process.getuid?.() !== 0)('the way to Stripe', () => {
  beforeAll(async () => {
    startStack()
    outside = await openOutside()
  })

  afterAll(() => {
    outside?.remove()
    removeStack()
  })

  test('payment-api speaks TLS with Stripe through stripe-egress, which is not noticed at either end', async () => {
    expect(await callStripe('api.stripe.com')).toMatchObject({
      path: '/v1/balance',
      host: 'api.stripe.com',
      servername: 'api.stripe.com',
    })
    expect(logged()).toMatch(
      new RegExp(`"server":"${outside.address}:443","status":200,.*"connection to api.stripe.com"`),
    )
  })

  test.each(['example.org', 'stripe.com', 'api.stripe.com.example.org', 'xapi.stripe.com'])(
    'TLS for %s is refused, and the log says for whom it was',
    async (name) => {
      expect(await callStripe(name)).toMatchObject({ type: 'StripeConnectionError' })
      expect(logged()).toContain(`"name":"${name}","msg":"connection refused`)
    },
  )

  test.each(['http', 'tls'])('%s without a name is refused', async (conversation) => {
    const refusals = () => logged().match(/"name":"","msg":"connection refused/g)?.length ?? 0
    const before = refusals()
    const job = `tcp/10.195.3.16/8443/${conversation}`
    expect(await runIn(`${PREFIX}-payment-api`, perl('probe', 'nonce', job))).not.toMatch(/\tnonce$/m)
    expect(refusals()).toBe(before + 1)
  })

  test('payment-api has no other way out', async () => {
    const direct = [`tcp/${outside.address}/443`, `tcp/${RESOLVER}/53`, `udp/${RESOLVER}/53`, 'tcp/169.254.169.254/80']
    expect(await outcomes('payment-api', direct)).toEqual(every(direct, 'no-route'))
    const undeclared = ['tcp/10.195.3.16/443', 'udp/10.195.3.16/8443']
    expect(await outcomes('payment-api', undeclared)).toEqual(every(undeclared, 'dropped'))
  })

  test('nobody but payment-api reaches stripe-egress', async () => {
    expect(await outcomes('payment-db', ['tcp/10.195.3.16/8443', 'tcp/10.195.0.16/8443'])).toEqual({
      'tcp/10.195.3.16/8443': 'dropped',
      'tcp/10.195.0.16/8443': 'no-route',
    })
    const direct = await outside.run('nonce', 'tcp/10.195.0.16/8443\ntcp/10.195.3.16/8443\n')
    expect(direct.match(/\tdropped\t/g)).toHaveLength(2)
  })

  test('stripe-egress reaches port 443 of the Internet and port 53 of its resolver', async () => {
    const open = [`tcp/${outside.address}/443`]
    expect(await outcomes('stripe-egress', open)).toEqual(every(open, 'open'))
    const closed = [
      `tcp/${outside.address}/${port}`,
      `udp/${outside.address}/${port}`,
      `udp/${outside.address}/443`,
      `icmp/${outside.address}`,
      `tcp/${RESOLVER}/54`,
      `udp/${RESOLVER}/54`,
      ...neighbours.map((address) => `tcp/${address}/443`),
      'tcp/169.254.169.254/80',
    ]
    expect(await outcomes('stripe-egress', closed)).toEqual(every(closed, 'dropped'))
  })

  test('stripe-egress reaches no container and no address of the host', async () => {
    const own = Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? [])
    const host = own.filter(({ family, internal }) => family === 'IPv4' && !internal).map(({ address }) => address)
    const closed = [...host, '10.195.3.15', '10.195.3.25'].flatMap((address) => [
      `tcp/${address}/443`,
      `tcp/${address}/53`,
    ])
    expect(await outcomes('stripe-egress', closed)).toEqual(every(closed, 'dropped'))
  })

  test('in no container is a name of the outside resolved', async () => {
    for (const container of ['stripe-egress', 'payment-api', 'payment-db']) {
      expect(await outcomes(container, ['name/api.stripe.com'])).toEqual({ 'name/api.stripe.com': 'no-name' })
    }
  })

  test('with the profile off the rules know nothing of it, and who still runs is cut off', async () => {
    const explain = (to: string, profile: string) =>
      run(process.execPath, ['scripts/policy.ts', 'explain', to === 'internet' ? 'stripe-egress' : 'payment-api', to], {
        profile,
      })
    expect(explain('stripe-egress', 'stripe')).toContain('payment-api → stripe-egress: allowed on 8443')
    expect(explain('internet', 'stripe')).toContain('TCP 443 of any public address passes')

    run('docker', ['compose', '--progress', 'quiet', 'up', '--detach', '--no-build', '--wait', 'network-policy'], {
      profile: '',
    })
    const table = (family: string) =>
      compose('exec', '-T', 'network-policy', 'nft', 'list', 'table', family, `${PREFIX}_policy`)
    const rules = table('bridge') + table('inet')
    expect(rules).toContain(`"accept_payment-api__payment-db"`)
    expect(rules).not.toContain('stripe-egress')
    expect(await outcomes('payment-api', ['tcp/10.195.3.16/8443'])).toEqual({ 'tcp/10.195.3.16/8443': 'dropped' })
    const jobs = [`tcp/${outside.address}/443`, `udp/${RESOLVER}/53`]
    expect(await outcomes('stripe-egress', jobs)).toEqual(every(jobs, 'dropped'))
    for (const to of ['stripe-egress', 'internet']) {
      expect(explain(to, '')).toContain(
        'denied: stripe-egress is not part of the stack without COMPOSE_PROFILES=stripe',
      )
    }
  })
})
