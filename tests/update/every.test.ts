import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { beforeAll, expect, test } from 'vitest'
import { drift, nothing } from '../drift/run.ts'
import { startLoad, tally } from '../faults/load.ts'
import { container, docker, requireTestStack, stack } from '../stack.ts'
import { fullRate, startMixedLoad } from './mixed-load.ts'
import { offer } from './offer.ts'
import { besides, imageOf, leftBehind, update } from './operate.ts'

beforeAll(requireTestStack)

test.each([...Object.entries(besides), ['network-policy', 'network-policy']])(
  '%s is replaced under load, and no request fails',
  async (service, name) => {
    const next = await offer(name)
    const load = await startMixedLoad()
    const { status, text } = await update(service)
    const { failed } = await load.stop()
    expect({ status, failed, text }).toMatchObject({ status: 0, failed: [] })
    expect(await imageOf(name)).toBe(next)
    expect(await leftBehind()).toEqual([])
    expect(await drift()).toEqual(nothing)
  },
)

// Half of it: on two processors, with those who ask on them too, what starts for two minutes leaves too little for all of it now and then.
test('without a name all of them are replaced, one after the other, and no request fails', async () => {
  for (const name of Object.values(besides)) await offer(name)
  await offer('network-policy')
  const load = await startMixedLoad(fullRate / 2)
  const { status, text } = await update('')
  const { failed } = await load.stop()
  expect({ status, failed, text }).toMatchObject({ status: 0, failed: [] })
  const replaced = [...text.matchAll(/^([\w-]+): (?:the new one is healthy in its place|replaced)/gm)].map(
    ([, name]) => name,
  )
  expect(replaced).toEqual(['network-policy', ...Object.keys(besides)])
})

test.each(['order-api', 'nginx'])('while %s is replaced, nothing has drifted', async (service) => {
  await offer(service)
  const looks: ReturnType<typeof drift>[] = []
  const { status } = await update(service, (line) => {
    if (/the new one is healthy beside|the old one is replaced/.test(line)) looks.push(drift())
  })
  expect({ status, looks: await Promise.all(looks) }).toEqual({ status: 0, looks: [nothing, nothing] })
})

test('pages of the version before find their files as long as it is there', async () => {
  const page = await (await fetch(stack.url)).text()
  const [, path = ''] = /href="(\/assets\/[^"]+\.css)"/.exec(page) ?? []
  const whole = 'secure-ecommerce/frontend:whole'
  await docker.getImage(await imageOf('frontend')).tag({ repo: 'secure-ecommerce/frontend', tag: 'whole' })
  await offer('frontend', 'USER root', `RUN rm dist/client${path}*`, 'USER appuser')
  const files = startLoad(path, { perSecond: 10 })
  let replacing = Number.POSITIVE_INFINITY
  const { status } = await update('frontend --patience 20', (line) => {
    if (line.includes('healthy beside')) replacing = Date.now()
  })
  await files.stop()
  // When the line is read, the old one may be ending already.
  const before = files.outcomes.filter(({ at }) => at < replacing - 2_000)
  expect({ status, answers: tally(before) }).toEqual({ status: 0, answers: { 200: before.length } })
  // Then nobody has them: the copy says so, or its successor is not there yet.
  expect(['200,404', '200,404,503']).toContain(Object.keys(tally(files.outcomes)).join())

  await offer('frontend', `FROM ${whole}`)
  expect(await update('frontend')).toMatchObject({ status: 0 })
  await docker.getImage(whole).remove()
})

test('what is current is left alone', async () => {
  const { Config, Image, State } = await container('frontend').inspect()
  await promisify(execFile)('docker', ['tag', Image, `${Config.Image}-next`])
  expect(await update('frontend')).toEqual({ status: 0, text: 'frontend: is current' })
  expect((await container('frontend').inspect()).State.StartedAt).toBe(State.StartedAt)
})

test('databases are replaced in their place, and say for how long they were away', async () => {
  const all = ['order-db', 'payment-db', 'product-db']
  const next = await offer('order-db')
  const load = await startMixedLoad(fullRate / 4)
  const { status, text } = await update('order-db')
  const { failed } = await load.stop()
  const away = [...text.matchAll(/^(\S+): replaced; .*it was away for ([\d.]+) s$/gm)]
  console.log(`${text}\n${failed.length} requests failed`)
  expect({ status, replaced: away.map(([, service]) => service) }).toEqual({ status: 0, replaced: all })
  for (const each of all) expect(await imageOf(each)).toBe(next)
  expect(await drift()).toEqual(nothing)
})
