import { readFile, writeFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { requireTestStack } from '../../stack.ts'
import { findings } from '../findings.ts'
import { survey } from '../survey.ts'

/** Whether frames between neighbours also pass the rules for routed packets: a setting of the host that others change too. */
const setting = '/proc/sys/net/bridge/bridge-nf-call-iptables'
const before = await readFile(setting, 'utf8').catch(() => null)

beforeAll(requireTestStack)
afterAll(async () => {
  if (before !== null) await writeFile(setting, before)
})

describe.runIf(before !== null && process.getuid?.() === 0)('bridge-nf-call-iptables', () => {
  test.each(['0', '1'])('the matrix holds with %s', async (value) => {
    await writeFile(setting, value)
    const report = await survey()
    expect(report.facts['bridge-nf-call-iptables']).toBe(value)
    expect(findings(report)).toEqual([])
  })
})
