import type { ContainerInspectInfo } from 'dockerode'
import { expect, test } from 'vitest'
import { controls, imageControls } from './controls.ts'

/** What Docker says of a container that fails nothing. */
const sound = {
  Config: { User: '1001:1001', Image: 'shop/api:1.0.0', Healthcheck: { Test: ['CMD', 'true'] } },
  HostConfig: {
    CapDrop: ['ALL'],
    SecurityOpt: ['no-new-privileges:true'],
    NetworkMode: 'shop_frontend',
    Memory: 1,
    NanoCpus: 1,
    PidsLimit: 64,
    ReadonlyRootfs: true,
    RestartPolicy: { Name: 'on-failure', MaximumRetryCount: 5 },
    PidMode: '',
    IpcMode: 'private',
    UTSMode: '',
    UsernsMode: '',
    PortBindings: { '80/tcp': [{ HostIp: '127.0.0.1', HostPort: '8080' }] },
  },
  Mounts: [{ Type: 'bind', Source: '/srv/secret', Destination: '/run/secret', Propagation: 'rprivate' }],
  NetworkSettings: { Networks: { shop_frontend: {} } },
}

function failed({ Config = {}, HostConfig = {}, ...rest }: Partial<Record<keyof typeof sound, object>>): string[] {
  const container = {
    ...sound,
    ...rest,
    Config: { ...sound.Config, ...Config },
    HostConfig: { ...sound.HostConfig, ...HostConfig },
  } as unknown as ContainerInspectInfo
  return controls.flatMap(({ id, problems }) => problems(container).map((problem) => `${id}: ${problem}`))
}

test('a sound container fails nothing', () => {
  expect(failed({})).toEqual([])
})

const bind = (Source: string, Propagation = 'rprivate') => ({
  Mounts: [{ Type: 'bind', Source, Destination: '/mnt', Propagation }],
})
const port = (HostIp: string, HostPort: string) => ({
  HostConfig: { PortBindings: { '80/tcp': [{ HostIp, HostPort }] } },
})

const bad: [string, Parameters<typeof failed>[0]][] = [
  ['CIS 4.1: user root', { Config: { User: '' } }],
  ['CIS 4.1: user 0:1001', { Config: { User: '0:1001' } }],
  ['CIS 5.2: apparmor=unconfined', { HostConfig: { SecurityOpt: ['no-new-privileges', 'apparmor=unconfined'] } }],
  ['CIS 5.3: label=disable', { HostConfig: { SecurityOpt: ['no-new-privileges', 'label=disable'] } }],
  ['CIS 5.4: Docker’s own set', { HostConfig: { CapDrop: null } }],
  ['CIS 5.4: NET_RAW', { HostConfig: { CapAdd: ['NET_RAW'] } }],
  ['CIS 5.5: privileged', { HostConfig: { Privileged: true } }],
  ['CIS 5.6: /etc/ssl', bind('/etc/ssl')],
  ['CIS 5.6: /', bind('/')],
  ['CIS 5.8: port 443', port('127.0.0.1', '443')],
  ['CIS 5.10: network of the host', { HostConfig: { NetworkMode: 'host' } }],
  ['CIS 5.11: no limit', { HostConfig: { Memory: 0 } }],
  ['CIS 5.12: no limit', { HostConfig: { NanoCpus: 0 } }],
  ['CIS 5.13: writable', { HostConfig: { ReadonlyRootfs: false } }],
  ['CIS 5.14: 0.0.0.0', port('0.0.0.0', '8080')],
  ['CIS 5.14: any', port('', '8080')],
  ['CIS 5.15: always', { HostConfig: { RestartPolicy: { Name: 'always', MaximumRetryCount: 0 } } }],
  ['CIS 5.15: on-failure', { HostConfig: { RestartPolicy: { Name: 'on-failure', MaximumRetryCount: 0 } } }],
  ['CIS 5.16: host', { HostConfig: { PidMode: 'host' } }],
  ['CIS 5.17: shareable', { HostConfig: { IpcMode: 'shareable' } }],
  ['CIS 5.18: /dev/sda', { HostConfig: { Devices: [{ PathOnHost: '/dev/sda' }] } }],
  ['CIS 5.20: /mnt', bind('/srv', 'rshared')],
  ['CIS 5.21: host', { HostConfig: { UTSMode: 'host' } }],
  ['CIS 5.22: seccomp=unconfined', { HostConfig: { SecurityOpt: ['no-new-privileges', 'seccomp=unconfined'] } }],
  ['CIS 5.25: /other', { HostConfig: { CgroupParent: '/other' } }],
  ['CIS 5.26: allowed', { HostConfig: { SecurityOpt: [] } }],
  ['CIS 5.27: none', { Config: { Healthcheck: { Test: ['NONE'] } } }],
  ['CIS 5.29: no limit', { HostConfig: { PidsLimit: -1 } }],
  ['CIS 5.30: docker0', { NetworkSettings: { Networks: { bridge: {} } } }],
  ['CIS 5.31: users of the host', { HostConfig: { UsernsMode: 'host' } }],
  ['CIS 5.32: /var/run/docker.sock', bind('/var/run/docker.sock')],
  ['pinned image: shop/api:latest', { Config: { Image: 'shop/api:latest' } }],
]

test.each(bad)('%s', (problem, settings) => {
  expect(failed(settings)).toEqual([problem])
})

test('every control is among them', () => {
  expect([...new Set(bad.map(([problem]) => problem.split(': ')[0]))]).toEqual(controls.map(({ id }) => id))
})

test.each([
  { image: 'shop', latest: true },
  { image: 'registry:5000/shop', latest: true },
  { image: 'registry:5000/shop:latest', latest: true },
  { image: 'shop:1.0.0', latest: false },
  { image: 'registry:5000/shop:1', latest: false },
  { image: 'shop@sha256:0123', latest: false },
])('the image $image is the latest: $latest', ({ image, latest }) => {
  const pinned = imageControls.find(({ id }) => id === 'pinned image')
  expect(pinned?.problems(image, { User: '' })).toEqual(latest ? [image] : [])
})
