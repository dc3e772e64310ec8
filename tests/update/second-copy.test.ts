import type { ContainerInspectInfo } from 'dockerode'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { illness } from '../../scripts/update/health.ts'
import { forgetCopies, knowCopy } from '../../scripts/update/policy.ts'
import { copyName, removeCopy, startCopy } from '../../scripts/update/second-copy.ts'
import { readShop, serviceOf } from '../../scripts/update/shop.ts'
import { failedControls } from '../hardening/shop.ts'
import { startIntruder } from '../isolation/intruder.ts'
import { counters } from '../isolation/policy-service.ts'
import { container, exec, requireTestStack } from '../stack.ts'
import { leftBehind, rules } from './operate.ts'

const shop = readShop()
const copy = 'order-api-next'
const at = (network: string) =>
  shop.communication.services.find(({ name }) => name === 'order-api')?.next.find((each) => each.network === network)
    ?.address ?? ''
let before = ''

beforeAll(async () => {
  requireTestStack()
  before = await rules()
  await knowCopy('order-api')
  await startCopy(shop, 'order-api', serviceOf(shop, 'order-api').image)
  expect(await illness(copyName(shop, 'order-api'), 30)).toBeUndefined()
})
afterAll(async () => {
  await removeCopy(shop, 'order-api')
  await forgetCopies()
  expect(await rules()).toBe(before)
  expect(await leftBehind()).toEqual([])
})

/** What becomes of a connection: "timeout" is the packet filter's answer. */
async function connect(from: string, to: string, port: number): Promise<string> {
  const program = `const s=require('net').connect(${port},'${to}');const say=(t)=>{console.log(t);process.exit()};s.on('connect',()=>say('open')).on('error',(e)=>say(e.code)).setTimeout(1500,()=>say('timeout'))`
  return (await exec(from, ['node', '-e', program])).output.trim()
}

test('before it serves, it meets whom the service meets, and nobody meets it', async () => {
  expect(await connect(copy, 'order-db', 5432)).toBe('open')
  expect(await connect(copy, 'api-gateway', 8443)).toBe('open')
  expect(await connect(copy, 'payment-api', 8443)).toBe('open')
  const early = (await counters()).get('class_not_serving') ?? Number.NaN
  expect(await connect('gateway', at('backend'), 8443)).toBe('timeout')
  expect((await counters()).get('class_not_serving')).toBeGreaterThan(early)
  expect(await connect('payment-api', at('payment'), 8443)).toBe('timeout')
})

test('once it serves, the matrix holds for it as source and as target, and each drop is counted for its pair', async () => {
  await knowCopy('order-api', true)
  expect(await connect('gateway', at('backend'), 8443)).toBe('open')
  expect(await connect('payment-api', at('payment'), 8443)).toBe('open')

  const denied: [from: string, to: string, address: string, port: number, cell: string][] = [
    ['product-api', copy, at('backend'), 8443, 'drop_product-api__order-api__backend'],
    ['product-api', copy, at('database'), 8002, 'drop_product-api__order-api__database'],
    ['gateway', copy, at('backend'), 9999, 'drop_api-gateway__order-api__backend'],
    [copy, 'product-api', 'product-api', 8443, 'drop_order-api__product-api__backend'],
    [copy, 'product-db', 'product-db', 5432, 'drop_order-api__product-db__database'],
    [copy, 'payment-db', 'payment-db', 5432, 'drop_order-api__payment-db__payment'],
  ]
  for (const [from, to, address, port, cell] of denied) {
    const earlier = (await counters()).get(cell) ?? Number.NaN
    expect([from, to, port, await connect(from, address, port)]).toEqual([from, to, port, 'timeout'])
    expect((await counters()).get(cell)).toBeGreaterThan(earlier)
  }
})

test('it gives up what the service gives up', async () => {
  const [first, second] = await Promise.all(['order-api', copy].map((name) => container(name).inspect()))
  if (!first || !second) throw new Error('expected two containers')
  expect(failedControls({ service: copy, name: copy, info: second })).toEqual([])
  expect(settings(second)).toEqual(settings(first))
})

/** All that it is given and denied, but for where it is. */
function settings({ Config, HostConfig, Mounts }: ContainerInspectInfo) {
  const { NetworkMode: _, Mounts: _inAnyOrder, Binds, CpuShares, ...host } = HostConfig
  const mounts = Mounts.map(({ Source, Destination, RW }) => `${Source} ${Destination} ${RW}`).sort()
  return {
    host,
    // What was replaced before has Docker's own share by number.
    share: CpuShares || 1024,
    mounts,
    user: Config.User,
    environment: Config.Env.toSorted(),
    check: Config.Healthcheck,
    binds: Binds,
  }
}

test('nobody else can have its address: Docker refuses while it is there, and the packet filter always', async () => {
  const image = serviceOf(shop, 'order-api').image
  await expect(startIntruder(image, 'database', { address: at('database') })).rejects.toThrow(/in use/)

  // That of another service's second copy is nobody's now.
  const free = at('database').replace(/\d+$/, '113')
  const dropped = async () => (await counters()).get('class_spoofed_arp') ?? Number.NaN
  const earlier = await dropped()
  const intruder = await startIntruder(image, 'database', { address: free })
  try {
    const productDb =
      shop.communication.services.find(({ name }) => name === 'product-db')?.interfaces[0]?.address ?? ''
    expect(await connect('intruder', productDb, 5432)).not.toBe('open')
    expect(await dropped()).toBeGreaterThan(earlier)
  } finally {
    await intruder.remove()
  }
})
