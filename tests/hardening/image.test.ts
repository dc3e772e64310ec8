import { readFileSync } from 'node:fs'
import type { Readable } from 'node:stream'
import { expect, test } from 'vitest'
import { readTar } from '../../scripts/security-check/tar.ts'
import { docker, eventually } from '../stack.ts'
import { containers, declared, output } from './shop.ts'

const running = await containers()
const images = [...new Map(running.map((container) => [container.info.Image, container])).values()]

test.each(images)(
  'no file in the image of $service raises rights: setuid, setgid or capabilities',
  async ({ info }) => {
    const stream = (await docker.getContainer(info.Id).export()) as Readable
    let files = 0
    const raising: string[] = []
    for await (const { path, mode, type, capabilities } of readTar(stream)) {
      if (type === '0') files += 1
      if (type === '0' && ((mode & 0o6000) !== 0 || capabilities)) raising.push(path)
    }
    expect(raising).toEqual([])
    expect(files).toBeGreaterThan(500)
  },
)

test.each(running)('$service has no package manager and no compiler', async ({ name }) => {
  const tools = 'apt apt-get apt-cache dpkg dpkg-deb aptitude npm npx corepack yarn pnpm pip pip3 gcc cc make git'
  const found = await output(name, 'sh', '-c', `for tool in ${tools}; do command -v $tool; done; command -v sh; true`)
  expect(found).toMatch(/^\/(usr\/)?bin\/sh$/)
})

test.each(running)('$service runs a pinned image', ({ info }) => {
  expect(info.Config.Image).toMatch(/^secure-ecommerce\/[a-z-]+:(?!latest$)[\w.-]+$/)
})

test('every image is built on a pinned base', () => {
  const files = [
    'services/Dockerfile',
    'nginx/Dockerfile',
    'database/Dockerfile',
    'stripe-egress/Dockerfile',
    'redis/Dockerfile',
    'monitoring/Dockerfile',
  ]
  for (const file of files) {
    const text = readFileSync(file, 'utf8')
    const stages = [...text.matchAll(/^FROM \S+ AS (\S+)$/gm)].map(([, stage]) => stage)
    const bases = [...text.matchAll(/^FROM (\S+)/gm)].map(([, base]) => base).filter((base) => !stages.includes(base))
    for (const base of bases) expect(base).toMatch(/^\$\{(NODE|DEBIAN)_IMAGE\}$/)
    expect(text).toMatch(/^ARG (NODE_IMAGE=node:\d+\.\d+\.\d+-trixie-slim|DEBIAN_IMAGE=debian:\d+\.\d+-slim)$/m)
  }
  expect(JSON.stringify(declared)).not.toContain(':latest')
})

test.each(images)('signals reach the process of $service through its init', async ({ info }) => {
  const { Entrypoint } = await docker
    .getImage(info.Image)
    .inspect()
    .then(({ Config }) => Config)
  const init = [Entrypoint ?? []].flat()
  expect(init[0]).toBe('tini')
  const probe = await docker.createContainer({
    Image: info.Image,
    Entrypoint: [...init.slice(0, init.indexOf('--') + 1)],
    Cmd: ['sh', '-c', 'trap "exit 42" TERM INT; echo ready; while :; do sleep 0.1; done'],
    StopSignal: 'SIGTERM',
    HostConfig: { NetworkMode: 'none', CapDrop: ['ALL'], ReadonlyRootfs: true, Memory: 64 * 1024 * 1024 },
  })
  try {
    await probe.start()
    await eventually(15, async () => (await probe.logs({ stdout: true })).toString().includes('ready'))
    await probe.stop({ t: 10 })
    expect((await probe.inspect()).State.ExitCode).toBe(42)
  } finally {
    await probe.remove({ force: true })
  }
})
