import { expect, test } from 'vitest'
import { attempt, containers, declared, isDatabase, isMonitoring, isPolicy, output, type Running } from './shop.ts'

const running = await containers()

type Mount = { target: string; type: string; options: string[] }

async function mounts(name: string): Promise<Mount[]> {
  const table = await output(name, 'cat', '/proc/mounts')
  return table.split('\n').map((line) => {
    const [, target = '', type = '', options = ''] = line.split(' ')
    return { target, type, options: options.split(',') }
  })
}

/** What Docker mounts into every container: the kernel's own file systems, which hold no files of ours. */
const kernel = /^\/(proc|sys|dev)(\/|$)/

/** A folder of the image that the container's user owns, or would have to write to in order to change what runs. */
function ownFolder(container: Running): string {
  if (isDatabase(container)) return '/var/lib'
  if (isPolicy(container)) return '/network-policy'
  if (container.service === 'redis') return '/etc/redis'
  if (isMonitoring(container)) return '/etc/prometheus'
  return ['nginx', 'stripe-egress'].includes(container.service) ? '/etc/nginx' : '/app/.compile-cache'
}

test.each(running)(
  '$service cannot write to its root file system, not even where its user could',
  async (container) => {
    for (const folder of ['', ownFolder(container)]) {
      const { exitCode, output } = await attempt(container.name, `: >${folder}/probe`)
      expect(exitCode).not.toBe(0)
      expect(output).toContain('Read-only file system')
    }
  },
)

test.each(running)('$service can write to its sized tmpfs and its volume, and nowhere else', async (container) => {
  const tmpfs = tmpfsOf(container)
  const all = await mounts(container.name)
  const writable = all.filter(({ target, options }) => !kernel.test(target) && options.includes('rw'))
  const volumes = volumesOf(container).filter(({ RW }) => RW)
  expect(writable.map(({ target }) => target).sort()).toEqual(
    [...tmpfs, ...volumes.map(({ Destination }) => Destination)].sort(),
  )

  for (const target of [...tmpfs, '/dev/shm']) {
    const mount = all.find((candidate) => candidate.target === target)
    expect(mount).toMatchObject({ type: 'tmpfs', options: expect.arrayContaining(['noexec', 'nosuid', 'nodev']) })
    expect(mount?.options.join()).toMatch(/size=\d+k/)
  }
})

function tmpfsOf(container: Running): string[] {
  if (isDatabase(container)) return ['/run/postgresql', '/tmp']
  return container.service === 'nginx' ? ['/tmp', '/var/cache/nginx'] : ['/tmp']
}

test.each(running)('$service runs no program from its tmpfs', async (container) => {
  for (const folder of tmpfsOf(container)) {
    const { exitCode, output } = await attempt(
      container.name,
      `cp /bin/true ${folder}/probe && chmod 700 ${folder}/probe && echo copied; ${folder}/probe; code=$?; rm -f ${folder}/probe; exit $code`,
    )
    expect({ folder, exitCode, output }).toEqual({
      folder,
      exitCode: 126,
      output: expect.stringMatching(/^copied\n.*Permission denied/),
    })
  }
})

test.each(running)('$service has room for its tmpfs within its memory', async (container) => {
  const sizes = (await mounts(container.name)).filter(({ target }) => tmpfsOf(container).includes(target))
  const kilobytes = sizes.map(({ options }) => Number(/size=(\d+)k/.exec(options.join())?.[1]))
  expect(kilobytes.reduce((sum, each) => sum + each, 0) * 1024).toBeLessThanOrEqual(
    (container.info.HostConfig.Memory ?? 0) / 2,
  )
})

test.each(running)('$service mounts its declared secrets and volume, and nothing of the host', (container) => {
  const { info, service } = container
  const { secrets = [], volumes = [] } = declared.services[service] ?? {}
  const found = (type: string) =>
    info.Mounts.filter((mount) => mount.Type === type)
      .map(({ Destination, RW }) => ({ Destination, RW }))
      .sort(byDestination)
  expect(found('bind')).toEqual(
    secrets.map((name) => ({ Destination: `/run/secrets/${name}`, RW: false })).sort(byDestination),
  )
  expect(found('volume')).toEqual(volumesOf(container).sort(byDestination))
  expect(info.Mounts).toHaveLength(secrets.length + volumes.length)
})

/**
 * Its data with their archive, or its part of the audit trail: never both, because who could change the data could change what proves it.
 * The packet filter's loader has what it counted, too.
 */
function volumesOf(container: Running): { Destination: string; RW: boolean }[] {
  const volumes = (declared.services[container.service]?.volumes ?? []).map((volume) => {
    const [, Destination = '', mode] = volume.split(':')
    return { Destination, RW: mode !== 'ro' }
  })
  if (volumes.length > 1 && !isPolicy(container))
    expect(volumes.map(({ Destination }) => Destination).sort()).toEqual(['/var/lib/pgbackrest', '/var/lib/postgresql'])
  return volumes
}

function byDestination(a: { Destination: string }, b: { Destination: string }): number {
  return a.Destination.localeCompare(b.Destination)
}
