import { expect, test } from 'vitest'
import { docker, stack } from '../stack.ts'
import { containers, declared, isPolicy, output } from './shop.ts'

const { env } = process
const running = await containers()
/** The loader of the packet filter is in the host's network; all others are on networks of the stack. */
const networked = running.filter((container) => !isPolicy(container))

const subnets = {
  frontend: env.NET_FRONTEND ?? '172.20.0',
  backend: env.NET_BACKEND ?? '172.21.0',
  database: env.NET_DATABASE ?? '172.22.0',
  payment: env.NET_PAYMENT ?? '172.23.0',
}

test('there are exactly the four networks', async () => {
  const found = await docker.listNetworks({ filters: { label: [`com.docker.compose.project=${stack.project}`] } })
  expect(found.map(({ Name }) => Name).sort()).toEqual(
    Object.keys(subnets)
      .map((name) => `${stack.project}_${name}`)
      .sort(),
  )
})

test.each(Object.entries(subnets))(
  '%s is the declared network, with addresses for strangers apart',
  async (name, net) => {
    expect(await docker.getNetwork(`${stack.project}_${name}`).inspect()).toMatchObject({
      Driver: 'bridge',
      Internal: name !== 'frontend',
      EnableIPv6: false,
      Attachable: false,
      Options: { 'com.docker.network.bridge.name': `${stack.prefix}-${name}` },
      IPAM: { Config: [{ Subnet: `${net}.0/24`, Gateway: `${net}.1`, IPRange: `${net}.128/25` }] },
    })
  },
)

test.each(networked)('$service is on its networks alone, at fixed addresses', ({ service, info }) => {
  const wanted = Object.keys(declared.services[service]?.networks ?? {}).map((name) => `${stack.project}_${name}`)
  expect(Object.keys(info.NetworkSettings.Networks).sort()).toEqual(wanted.sort())
  const hosts = Object.values(info.NetworkSettings.Networks).map(({ IPAddress }) => Number(IPAddress.split('.')[3]))
  expect(new Set(hosts).size).toBe(1)
  expect(hosts[0]).toBeLessThan(128)
})

test.each(networked)('$service passes on no packets and has no IPv6', async ({ name }) => {
  expect(await output(name, 'cat', '/proc/sys/net/ipv4/ip_forward')).toBe('0')
  expect(await output(name, 'cat', '/proc/sys/net/ipv4/conf/all/rp_filter')).toBe('1')
  const addresses = await output(name, 'sh', '-c', '[ ! -f /proc/net/if_inet6 ] || cat /proc/net/if_inet6')
  expect(addresses.split('\n').filter((line) => line !== '' && !line.endsWith(' lo'))).toEqual([])
})

test('nothing is published but the two ports of nginx, on the bind address', () => {
  const published = running.flatMap(({ service, info }) =>
    Object.entries(info.HostConfig.PortBindings ?? {}).flatMap(([port, bindings]) =>
      (bindings as { HostIp: string; HostPort: string }[]).map(({ HostIp, HostPort }) => ({
        service,
        port,
        address: HostIp,
        hostPort: HostPort,
      })),
    ),
  )
  const address = env.BIND_ADDRESS ?? '127.0.0.1'
  expect(published).toEqual([
    { service: 'nginx', port: '443/tcp', address, hostPort: env.HTTPS_PORT ?? '443' },
    { service: 'nginx', port: '80/tcp', address, hostPort: env.HTTP_PORT ?? '80' },
  ])
  for (const { info } of running) expect(info.HostConfig.PublishAllPorts).toBe(false)
  for (const { info } of networked) {
    expect(info.HostConfig.NetworkMode).not.toMatch(/^(host|bridge|default|none|container:.*)$/)
  }
  expect(running.filter(isPolicy).map(({ info }) => info.HostConfig.NetworkMode)).toEqual(['host'])
})
