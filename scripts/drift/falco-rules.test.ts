import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { databaseClients } from './processes.ts'

type Entry = { list?: string; items?: string[]; macro?: string; rule?: string; condition?: string; output?: string }

const read = (file: string) => readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8')
const entries: Entry[] = parse(read('security/falco-rules.yaml'))
const lists = new Map(entries.flatMap(({ list, items }) => (list ? [[list, items ?? []]] : [])))

/** As docker-compose.yml names and addresses it by default. */
const compose = parse(read('docker-compose.yml').replace(/\$\{\w+:-([^}]*)\}/g, '$1'), { merge: true })
const names = (services: string[]) => services.map((service) => compose.services[service].container_name)
const addresses = (service: string) =>
  Object.values(compose.services[service].networks as Record<string, { ipv4_address: string }>).map(
    ({ ipv4_address }) => `"${ipv4_address}"`,
  )

test.each(entries.filter(({ rule }) => rule))('$rule has what a rule of Falco has', (entry) => {
  expect(Object.keys(entry).sort()).toEqual(['condition', 'desc', 'output', 'priority', 'rule', 'tags'])
})

test('the three rules are there', () => {
  expect(entries.flatMap(({ rule }) => rule ?? [])).toEqual([
    'Database client outside a database',
    'Payment processing outside payment-api',
    'Write in a read-only container',
  ])
})

test('every list and macro that a condition names is there, and every one is named', () => {
  const used = entries.flatMap(({ condition = '' }) => condition.match(/\bshop_\w+/g) ?? [])
  expect([...new Set(used)].sort()).toEqual(entries.flatMap(({ list, macro }) => list ?? macro ?? []).sort())
})

test('names and addresses are those of docker-compose.yml', () => {
  expect(lists.get('shop_databases')).toEqual(names(['product-db', 'order-db', 'payment-db']))
  expect(lists.get('shop_payment_clients')).toEqual(names(['order-api', 'payment-api']))
  expect(lists.get('shop_payment_addresses')?.toSorted()).toEqual(
    [...addresses('payment-api'), ...addresses('stripe-egress')].sort(),
  )
})

test('clients of databases are those that drift knows', () => {
  expect(lists.get('shop_database_clients')).toEqual(databaseClients)
})

test('what may be written is what containers have mounted to be written', () => {
  const mounted = Object.values(compose.services as Record<string, { tmpfs?: string[]; volumes?: string[] }>).flatMap(
    ({ tmpfs = [], volumes = [] }) => [
      ...tmpfs.map((each) => each.split(':')[0]),
      ...volumes.map((each) => each.split(':')[1]),
    ],
  )
  const writable = entries.find(({ macro }) => macro === 'shop_writable')?.condition ?? ''
  for (const folder of new Set(mounted)) expect(writable).toContain(`startswith ${folder}/`)
})
