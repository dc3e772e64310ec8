import { execFileSync } from 'node:child_process'
import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import { setting } from '../../scripts/stack/settings.ts'
import { type AlertCase, alertCases } from './model/alert-cases.ts'

const image = `secure-ecommerce/monitoring:${setting('IMAGE_TAG', '1.0.0')}`

/** Runs a program of the image on the rules of the working tree, with something on its standard input. */
function inImage(command: string, input = ''): string {
  const apart = ['--network', 'none', '--read-only', '--tmpfs', '/tmp', '--cap-drop', 'ALL', '--interactive']
  const rules = ['--volume', `${resolve('monitoring')}:/etc/prometheus:ro`]
  const args = ['run', '--rm', ...apart, ...rules, '--entrypoint', 'bash', image, '-c', `${command} 2>&1`]
  return execFileSync('docker', args, { encoding: 'utf8', input, stdio: ['pipe', 'pipe', 'pipe'] })
}

type Expectation = { alert: string; at: string; series: Record<string, string>; firing: 0 | 1 }

const metricsOf = ({ series }: Expectation) => Object.keys(series).map((name) => name.replace(/\{.*/, ''))

/** Those that have no metric in common are tried together: for each group promtool starts from nothing. What wants metrics absent is alone. */
function groupsOf(expectations: Expectation[]): Expectation[][] {
  const groups: Expectation[][] = []
  for (const each of expectations) {
    const metrics = metricsOf(each)
    const fits = (group: Expectation[]) =>
      metrics.length > 0 &&
      group.every((other) => {
        const taken = metricsOf(other)
        return taken.length > 0 && other.alert !== each.alert && !metrics.some((metric) => taken.includes(metric))
      })
    const group = groups.find(fits)
    if (group) group.push(each)
    else groups.push([each])
  }
  return groups
}

/** A file for promtool, with how many alerts are to fire in each case. */
function fileOf(cases: AlertCase[], every: string): string {
  const expectations = cases.flatMap(({ alert, at, fires, quiet }): Expectation[] => [
    ...(fires ? [{ alert, at, series: fires, firing: 1 as const }] : []),
    ...(quiet ? [{ alert, at, series: quiet, firing: 0 as const }] : []),
  ])
  const tests = groupsOf(expectations).map((group) => ({
    interval: every,
    input_series: group.flatMap(({ series }) =>
      Object.entries(series).map(([name, values]) => ({ series: name, values })),
    ),
    promql_expr_test: group.map(({ alert, at, firing }) => ({
      expr: `count(ALERTS{alertname="${alert}", alertstate="firing"}) or vector(0)`,
      eval_time: at,
      exp_samples: [{ labels: '{}', value: firing }],
    })),
  }))
  return JSON.stringify({ rule_files: ['/etc/prometheus/alerts.yml'], evaluation_interval: every, tests })
}

test('Prometheus takes its configuration and the rules', () => {
  const config = 'sed s/@INTERVAL@/15s/ /etc/prometheus/prometheus.yml >/tmp/prometheus.yml'
  expect(inImage(`${config} && promtool check config /tmp/prometheus.yml`)).toMatch(/SUCCESS: \d+ rules found/)
})

test.each(['nobody', 'webhook'])('Alertmanager takes its configuration with the receiver %s', (receiver) => {
  const config = `sed s/@RECEIVER@/${receiver}/ /etc/prometheus/alertmanager.yml >/tmp/alertmanager.yml`
  expect(inImage(`${config} && amtool check-config /tmp/alertmanager.yml`)).toContain('SUCCESS')
})

test.each(['15s', '10m'])('every alert fires when it should, and only then, looked at every %s', (every) => {
  const cases = alertCases.filter((each) => (each.every ?? '15s') === every)
  expect(inImage('cat >/tmp/cases.json && promtool test rules /tmp/cases.json', fileOf(cases, every))).toContain(
    'SUCCESS',
  )
})

test('a case that is wrong would be told', () => {
  const wrong = fileOf([{ alert: 'ServiceDown', at: '4m', fires: {} }], '15s')
  expect(() => inImage('cat >/tmp/cases.json && promtool test rules /tmp/cases.json', wrong)).toThrow()
})
