import { expect, test } from 'vitest'
import { containers, output } from './shop.ts'

const running = await containers()

/** The first of the files that is there: control groups version 2, then version 1. */
function firstOf(name: string, ...files: string[]): Promise<string> {
  return output(
    name,
    'sh',
    '-c',
    `for file in ${files.join(' ')}; do [ ! -f $file ] || { cat $file; exit; }; done; exit 1`,
  )
}

test.each(running)('$service is held to its memory, without swap', async ({ name, info }) => {
  const { Memory = 0, MemorySwap } = info.HostConfig
  expect(Memory).toBeLessThanOrEqual(256 * 1024 * 1024)
  expect(MemorySwap).toBe(Memory)
  const limit = await firstOf(name, '/sys/fs/cgroup/memory.max', '/sys/fs/cgroup/memory/memory.limit_in_bytes')
  expect(Number(limit)).toBe(Memory)
})

test.each(running)('$service is held to its share of the processors', async ({ name, info }) => {
  const { NanoCpus = 0 } = info.HostConfig
  expect(NanoCpus).toBeGreaterThan(0)
  const quota = await firstOf(name, '/sys/fs/cgroup/cpu.max', '/sys/fs/cgroup/cpu/cpu.cfs_quota_us')
  const [used = '', period = '100000'] = quota.split(' ')
  expect(Number(used) / Number(period)).toBe(NanoCpus / 1e9)
})

test.each(running)('$service is held to its number of processes', async ({ name, info }) => {
  const { PidsLimit } = info.HostConfig
  expect(PidsLimit).toBeGreaterThan(0)
  expect(PidsLimit).toBeLessThanOrEqual(128)
  expect(Number(await firstOf(name, '/sys/fs/cgroup/pids.max', '/sys/fs/cgroup/pids/pids.max'))).toBe(PidsLimit)
})

test.each(running)('$service has bounded logs and is not restarted for ever', ({ info }) => {
  const { LogConfig, RestartPolicy } = info.HostConfig
  expect(LogConfig).toEqual({ Type: 'json-file', Config: { 'max-size': '10m', 'max-file': '3' } })
  expect(RestartPolicy).toEqual({ Name: 'on-failure', MaximumRetryCount: 5 })
})
