import { expect, test } from 'vitest'
import { containers, declared, failedControls, isDatabase, isPolicy, output, type Running } from './shop.ts'

const running = await containers()

test('every declared service has one container, and nothing else runs', () => {
  expect(running.map(({ service }) => service).sort()).toEqual(Object.keys(declared.services).sort())
})

test.each(running)('$service is healthy by a check of its own', ({ info }) => {
  expect(info.State.Health?.Status).toBe('healthy')
  expect(info.Config.Healthcheck?.Test?.[0]).toBe('CMD')
})

function userOf(container: Running): { uid: string; user: string } {
  if (isPolicy(container)) return { uid: '0', user: 'root' }
  return isDatabase(container) ? { uid: '999', user: 'postgres' } : { uid: '1001', user: 'appuser' }
}

test.each(running)('$service runs as its user, without undeclared capabilities, under seccomp', async (container) => {
  const { name } = container
  const { uid, user } = userOf(container)
  expect(await output(name, 'whoami')).toBe(user)

  const status = await output(name, 'cat', '/proc/1/status')
  const field = (key: string) => new RegExp(`^${key}:\\s*(.*)$`, 'm').exec(status)?.[1]
  expect(field('Uid')).toBe([uid, uid, uid, uid].join('\t'))
  expect(field('Gid')).toBe([uid, uid, uid, uid].join('\t'))
  const held = isPolicy(container) ? 1n << 12n : 0n
  for (const set of ['CapPrm', 'CapEff', 'CapBnd']) expect(BigInt(`0x${field(set)}`)).toBe(held)
  for (const set of ['CapInh', 'CapAmb']) expect(field(set)).toMatch(/^0+$/)
  expect(field('NoNewPrivs')).toBe('1')
  expect(field('Seccomp')).toBe('2')
})

test.each(running)('$service has no way to more rights', (container) => {
  expect(failedControls(container)).toEqual([])
})

test.each(running)('$service has an init that adopts and reaps orphans', async ({ name }) => {
  expect(await output(name, 'cat', '/proc/1/comm')).toBe('tini')
  // The inner shell ends at once and leaves its child behind; a child that nobody reaps keeps its entry in /proc.
  const script = `
    trap '' HUP
    orphan=$(sh -c 'sleep 0.5 >/dev/null 2>&1 & echo $!')
    sed -n 's/^PPid:[^0-9]*/parent /p' /proc/$orphan/status
    sleep 1.5
    [ -e /proc/$orphan ] && echo unreaped || echo reaped`
  expect((await output(name, 'sh', '-c', script)).split('\n')).toEqual(['parent 1', 'reaped'])
})
