import { execFileSync } from 'node:child_process'
import { afterEach, beforeAll, describe, expect, test } from 'vitest'
import { docker, requireTestStack, stack } from '../../stack.ts'
import { findings } from '../findings.ts'
import { inspectStack } from '../inspect-stack.ts'
import { startIntruder } from '../intruder.ts'
import type { Service, Topology } from '../model/topology.ts'
import { perl, runIn } from '../run-in.ts'
import { survey } from '../survey.ts'
import { compose } from './compose.ts'
import { whole } from './whole.ts'

let topology: Topology

beforeAll(async () => {
  requireTestStack()
  topology = await inspectStack()
})
afterEach(whole)

function serviceOf(name: string): Service {
  const found = topology.services.find((service) => service.name === name)
  if (found === undefined) throw new Error(`expected a service ${name}, but found none`)
  return found
}

const networkOf = (name: string) => docker.getNetwork(`${stack.project}_${name}`)

async function rejoin(name: string, network: string): Promise<void> {
  const { container } = serviceOf(name)
  await networkOf(network).disconnect({ Container: container, Force: true })
  await networkOf(network).connect({ Container: container, EndpointConfig: { Aliases: [name] } })
}

const up = ['up', '--detach', '--no-build', '--wait', '--wait-timeout', '120']

test.each([
  { after: 'a restart of a target', act: () => docker.getContainer(serviceOf('order-db').container).restart() },
  {
    after: 'a restart of a source on three networks',
    act: () => docker.getContainer(serviceOf('order-api').container).restart(),
  },
  { after: 'a new container of a service', act: () => compose(...up, '--no-deps', '--force-recreate', 'product-api') },
  {
    after: 'a restart of the policy service',
    act: () => docker.getContainer(serviceOf('network-policy').container).restart(),
  },
  {
    after: 'a new container of the policy service',
    act: () => compose(...up, '--no-deps', '--force-recreate', 'network-policy'),
  },
  {
    after: 'its end, with the rules left alone',
    act: () =>
      docker
        .getContainer(serviceOf('network-policy').container)
        .kill()
        .then(() => compose(...up, 'network-policy')),
  },
  { after: 'a stop and a start of the whole stack', act: () => compose('stop').then(() => compose(...up)) },
])('the matrix holds after $after', async ({ act }) => {
  await act()
  await whole()
  expect(findings(await survey())).toEqual([])
})

/** Whether anything of these is reached from a container. Each is known to listen. */
async function reached(from: string, targets: string[]): Promise<string[]> {
  const printed = await runIn(from, perl('probe', 'nonce', ...targets))
  expect(printed).toContain(`end\tnonce\t${targets.length}\n`)
  return printed.split('\n').filter((line) => /\topen\t/.test(line))
}

test('who leaves a network and joins it again, with another identity, reaches nobody there until it is made again', async () => {
  const [payment] = serviceOf('payment-db').addresses
  await rejoin('payment-api', 'payment')
  try {
    const order = serviceOf('order-api').addresses.find(({ network }) => network === 'payment')
    expect(
      await reached(serviceOf('payment-api').container, [
        `tcp/${payment?.address}/5432`,
        `tcp/${order?.address}/8002`,
        `icmp/${payment?.address}`,
      ]),
    ).toEqual([])
  } finally {
    await compose(...up, '--no-deps', '--force-recreate', 'payment-api')
  }
  await whole()
  expect(findings(await survey())).toEqual([])
})

test('who takes the address of a container that is down is neither reached nor reaches anybody', async () => {
  const [own] = serviceOf('payment-db').addresses
  const [friend] = serviceOf('payment-api').addresses
  await docker.getContainer(serviceOf('payment-db').container).stop()
  const squatter = await startIntruder(serviceOf('payment-db').image, 'payment', own && { address: own.address })
  try {
    const listening = runIn(squatter.name, [
      'perl',
      '-e',
      'alarm 15; use Socket; socket S, AF_INET, SOCK_STREAM, 0; bind S, sockaddr_in(5432, INADDR_ANY); listen S, 9; <STDIN>; accept C, S while 1',
    ])
    expect(
      await reached(serviceOf('payment-api').container, [`tcp/${own?.address}/5432`, `icmp/${own?.address}`]),
    ).toEqual([])
    expect(await reached(squatter.name, [`tcp/${friend?.address}/8003`, `icmp/${friend?.address}`])).toEqual([])
    void listening
  } finally {
    await squatter.remove()
    await docker.getContainer(serviceOf('payment-db').container).start()
  }
})

/** How this machine restarts Docker, such as `systemctl restart docker`. It stops every other container too, so nobody does it unasked. */
const restartDocker = process.env.ISOLATION_RESTART_DOCKER ?? ''

describe.runIf(restartDocker !== '')('Docker itself', () => {
  test('the matrix holds after a restart of Docker', async () => {
    execFileSync('bash', ['-c', restartDocker])
    await compose(...up)
    await whole()
    expect(findings(await survey())).toEqual([])
  })
})
