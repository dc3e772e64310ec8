import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { commandsOf } from '../commands.ts'
import { perl, runIn } from '../isolation/run-in.ts'
import { sample } from '../sabotage/model/seeded-sample.ts'
import { eventually } from '../stack.ts'
import { firing, labelValues, query, targets } from './ask.ts'
import { folder, PREFIX, prometheus, removeStack, run, settings, startStack } from './stack.ts'
import { makeTraffic } from './traffic.ts'

const { env } = process

type Target = { expr: string; legendFormat: string }
type Panel = { type: string; title: string; targets?: Target[] }
type Variable = { name: string; type: string; query: { query: string } }
const dashboard: {
  panels: Panel[]
  templating: { list: Variable[] }
  annotations: { list: { name: string; expr: string }[] }
} = JSON.parse(readFileSync('monitoring/dashboard.json', 'utf8'))

/** As Grafana fills them in where all services are chosen. */
const filledIn = (text: string) => text.replaceAll('$service', '.+').replaceAll('$__rate_interval', '1m')

const panelQueries = dashboard.panels.flatMap(({ title, targets: asked = [] }) =>
  asked.map(({ legendFormat, expr }) => ({ title, legendFormat, expr: filledIn(expr) })),
)

let drift: ChildProcess

type AlertCase = {
  alert: string
  labels: Record<string, string>
  cause: () => unknown
  end: () => unknown
}

const docker = (...args: string[]) => run('docker', args)
const inContainer = (name: string, script: string) =>
  docker('exec', '--detach', `${PREFIX}-${name}`, 'bash', '-c', script)

const cases: AlertCase[] = [
  {
    alert: 'ServiceDown',
    labels: { service: 'frontend' },
    cause: () => docker('stop', `${PREFIX}-frontend`),
    end: () => docker('start', `${PREFIX}-frontend`),
  },
  {
    alert: 'PolicyDrops',
    labels: { class: 'cell', from: 'product-api', to: 'order-api' },
    cause: () => inContainer('product-api', 'timeout 2 bash -c "</dev/tcp/order-api/8002"'),
    end: () => undefined,
  },
  {
    alert: 'Drift',
    labels: { kind: 'process' },
    cause: () => inContainer('nginx', 'echo $$ >/tmp/planted; exec -a miner sleep 300'),
    end: () => docker('exec', `${PREFIX}-nginx`, 'bash', '-c', 'kill $(cat /tmp/planted); rm /tmp/planted'),
  },
]

const seed = Number(env.MONITORING_SEED ?? Date.now() % 100_000)
const chosen = sample(cases, Number(env.MONITORING_ALERTS ?? cases.length), seed)
console.log(
  `${chosen.length} of ${cases.length} alerts (npm run test:monitoring -- --alerts ${chosen.length} --seed ${seed})`,
)

/** What connections from a container come to, in the words of programs/probe.pl. */
async function outcomes(container: string, jobs: string[]): Promise<(string | undefined)[]> {
  const printed = await runIn(`${PREFIX}-${container}`, perl('probe', 'nonce', ...jobs))
  const found = new Map(printed.split('\n').map((line) => line.split('\t') as [string, string]))
  return jobs.map((job) => found.get(job))
}

/** That none of these containers comes through, on any of these ways. */
async function kept(containers: string[], jobs: string[]): Promise<void> {
  const found = await Promise.all(
    containers.map(async (container) => (await outcomes(container, jobs)).map((outcome) => ({ container, outcome }))),
  )
  expect(found.flat()).toHaveLength(containers.length * jobs.length)
  expect(found.flat().filter(({ outcome }) => !['dropped', 'no-route'].includes(`${outcome}`))).toEqual([])
}

describe.skipIf(process.getuid?.() !== 0)('a shop that is watched', () => {
  beforeAll(async () => {
    startStack()
    drift = spawn('node', ['scripts/drift.ts', '--watch', '2'], { env: settings(), stdio: 'ignore' })
    const backups = { ...settings(), BACKUP_DIR: join(folder, 'backups') }
    const backup = spawn('bash', ['scripts/backup.sh'], { env: backups, stdio: ['ignore', 'ignore', 'inherit'] })
    await Promise.all([makeTraffic(), once(backup, 'close')])
    expect(backup.exitCode).toBe(0)
  })

  afterAll(async () => {
    if (drift?.kill()) await once(drift, 'close')
    removeStack()
  })

  test('everybody tells Prometheus', async () => {
    const found = await eventually(30, async () => {
      const found = await targets()
      return found.every(({ health }) => health !== 'unknown') ? found : undefined
    })
    expect(found.filter(({ health }) => health !== 'up')).toEqual([])
    expect(found.map(({ labels }) => `${labels.job} ${labels.service}`).sort()).toEqual([
      'alertmanager alertmanager',
      'nginx nginx',
      'postgres order-db',
      'postgres payment-db',
      'postgres product-db',
      'prometheus prometheus',
      ...['api-gateway', 'frontend', 'order-api', 'payment-api', 'product-api'].map((name) => `services ${name}`),
      'textfiles textfile-exporter',
    ])
  })

  test.each(panelQueries)('the dashboard has data: $title, $legendFormat', async ({ expr }) => {
    const found = await eventually(20, async () => {
      const samples = await query(expr)
      return samples.length > 0 ? samples : undefined
    })
    for (const { value } of found) expect(value[1]).not.toBe('')
  })

  test.each(dashboard.templating.list.filter(({ type }) => type === 'query'))(
    'the dashboard’s variable $name has values',
    async ({ query: { query: text } }) => {
      const [, metric = '', label = ''] = /^label_values\((.+), (\w+)\)$/.exec(text) ?? []
      expect(await labelValues(label, metric)).toContain('order-api')
    },
  )

  test.each(dashboard.annotations.list)('the dashboard’s annotation $name can be asked for', async ({ expr }) => {
    expect(await query(expr)).toBeInstanceOf(Array)
  })

  test('of the shop, untouched, nothing fires but that somebody watches', async () => {
    // Had Alertmanager not been there yet, Prometheus says it again after a minute.
    await eventually(90, async () => (await firing()).some(({ alertname }) => alertname === 'Watchdog'))
    expect(await firing()).toEqual([expect.objectContaining({ alertname: 'Watchdog' })])
  })

  test.each(chosen)('$alert comes to Alertmanager', async ({ alert, labels, cause, end }) => {
    const isIt = (found: Record<string, string>) =>
      found.alertname === alert && Object.entries(labels).every(([label, value]) => found[label] === value)
    expect((await firing()).filter(isIt)).toEqual([])
    cause()
    try {
      await eventually(90, async () => (await firing()).some(isIt))
    } finally {
      end()
    }
  })

  test('no service reaches Prometheus, or what Prometheus asks', async () => {
    const watching = [
      ...['10.195.8.18', '10.195.9.18', '10.195.11.18'].map((address) => `tcp/${address}/9090`),
      ...['10.195.8.20/9113', '10.195.9.21/9100', '10.195.10.22/9187', '10.195.11.22/9188'].map((at) => `tcp/${at}`),
    ]
    const services = ['frontend', 'gateway', 'product-api', 'order-api', 'payment-api', 'nginx', 'order-db']
    await kept(services, [...watching, 'tcp/10.195.9.19/9093'])
    await kept(['alertmanager'], watching)
  })

  test('who watches reaches what it watches, and nothing else', async () => {
    const open = ['tcp/10.195.9.14/8002', 'tcp/10.195.11.15/8003', 'tcp/10.195.8.20/9113', 'tcp/10.195.9.19/9093']
    expect(await outcomes('prometheus', open)).toEqual(open.map(() => 'open'))
    const closed = ['tcp/10.195.9.14/8443', 'tcp/10.195.11.15/8443', 'tcp/10.195.11.25/5432', 'tcp/10.195.8.10/443']
    expect(await outcomes('prometheus', closed)).toEqual(closed.map(() => 'dropped'))
    const databases = ['tcp/10.195.10.23/5432', 'tcp/10.195.10.24/5432', 'tcp/10.195.11.25/5432']
    expect(await outcomes('postgres-exporter', databases)).toEqual(databases.map(() => 'open'))
    expect(await outcomes('postgres-exporter', ['tcp/10.195.10.14/8002', 'tcp/10.195.11.18/9090'])).toEqual([
      'dropped',
      'dropped',
    ])
    expect(await outcomes('nginx-exporter', ['tcp/10.195.8.10/8082', 'tcp/10.195.8.10/80'])).toEqual([
      'open',
      'dropped',
    ])
  })

  test('nobody of the monitoring reaches the Internet or this machine', async () => {
    const monitoring = ['prometheus', 'alertmanager', 'nginx-exporter', 'textfile-exporter', 'postgres-exporter']
    await kept(monitoring, ['tcp/198.51.100.1/443', 'tcp/10.195.8.1/80'])
  })

  test.each(['product-db', 'order-db', 'payment-db'])(
    '%s is asked under TLS 1.3, by a certificate for that',
    (name) => {
      const sessions =
        "SELECT DISTINCT version, client_dn FROM pg_stat_activity JOIN pg_stat_ssl USING (pid) WHERE usename = 'monitor'"
      const said = docker('exec', `${PREFIX}-${name}`, 'psql', '-qAtX', '-U', 'postgres', '-c', sessions)
      expect(said.trim()).toBe('TLSv1.3|/CN=monitor')
    },
  )

  test('nginx tells its status to the exporter alone, and on no published port', async () => {
    const status = (url: string) => fetch(url, { redirect: 'manual' }).then(({ status: code }) => code)
    // This machine reaches the port, for it owns the bridge; nginx knows that it is another.
    expect(await status('http://10.195.8.10:8082/status')).toBe(403)
    expect(await status('http://localhost:8491/status')).toBe(404)
  })

  test('an operator is answered by Prometheus, and can neither delete nor end anything there', async () => {
    const post = (path: string) => fetch(`${prometheus}${path}`, { method: 'POST' }).then(({ status }) => status)
    expect(await post('/-/quit')).toBe(403)
    expect(await post('/-/reload')).toBe(403)
    expect((await fetch(`${prometheus}/api/v1/admin/tsdb/snapshot`, { method: 'POST' })).ok).toBe(false)
  })

  test.each(
    commandsOf(readFileSync('docs/alerts.md', 'utf8'), ' not-run').filter((line) => line.startsWith('docker exec')),
  )('%s', (command) => {
    run('bash', ['-c', command.replaceAll('ecom-', `${PREFIX}-`)])
  })

  test('every line that they log is JSON, with whose it is', () => {
    const names = ['prometheus', 'alertmanager', 'nginx-exporter', 'textfile-exporter', 'postgres-exporter']
    for (const name of names) {
      const lines = docker('logs', `${PREFIX}-${name}`).trim().split('\n')
      expect(lines.length, name).toBeGreaterThan(0)
      for (const line of lines) expect(JSON.parse(line)).toMatchObject({ service: name, level: expect.any(String) })
    }
  })

  // All is replaced then, which takes its time: not where only a sample was asked for.
  test.runIf(chosen.length === cases.length)(
    'a certificate that was replaced is used from the next connection on',
    () => {
      expect(run('bash', ['scripts/rotate-secrets.sh', 'certs'])).toContain('the ones before are refused')
    },
  )
})
