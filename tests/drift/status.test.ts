import { execFile } from 'node:child_process'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { promisify } from 'node:util'
import { beforeAll, expect, test } from 'vitest'
import { backupName } from '../../scripts/backup/retention.ts'
import { backupFolder, secretsFolder } from '../../scripts/stack/folders.ts'
import { container, healthy, requireTestStack, stack } from '../stack.ts'
import { run } from './run.ts'

beforeAll(requireTestStack)

/** The screen by its titles, and how it ends. */
async function status(): Promise<{ code: number; section: (title: string) => string[] }> {
  const { code, stdout } = await promisify(execFile)('node', ['scripts/status.ts', '--minutes', '1']).then(
    (output) => ({ code: 0, ...output }),
    (error: { code: number; stdout: string }) => error,
  )
  const lines = stdout.trimEnd().split('\n')
  const isTitle = (line: string) => !/^[ !] /.test(line)
  return {
    code,
    section(title) {
      const from = lines.findIndex((line) => line.startsWith(title)) + 1
      expect(from).toBeGreaterThan(0)
      const end = lines.findIndex((line, index) => index >= from && isTitle(line))
      return lines.slice(from, end === -1 ? undefined : end)
    },
  }
}

const backup = `${backupFolder()}/${backupName(stack.project, new Date(Date.now() - 3_600_000).toISOString())}`

test('a shop that is well has no line that wants attention', async () => {
  mkdirSync(backupFolder(), { recursive: true })
  writeFileSync(backup, '')
  try {
    for (let turn = 0; turn < 3; turn++) await (await fetch(`${stack.url}/api/products?limit=1`)).text()
    await (await fetch(`${stack.url}/api/products/999999999`)).text()
    await new Promise((resolve) => setTimeout(resolve, 500))
    const { code, section } = await status()
    expect(section('Health').filter((line) => !/^ {2}\S+ +Up .*\(healthy\)$/.test(line))).toEqual([])
    expect(section('Health')).toHaveLength(10)
    const [, requests, mistakes] =
      /^ {2}(\d+) \([\d.]+\/s\), 4xx (\d+), 5xx 0, median/.exec(section('Requests')[0] ?? '') ?? []
    expect(Number(requests)).toBeGreaterThanOrEqual(4)
    expect(Number(mistakes)).toBeGreaterThanOrEqual(1)
    expect(section('Certificates')).toEqual([
      expect.stringMatching(/^ {2}shop: 36[45] days left$/),
      expect.stringMatching(/^ {2}\d+ services, the first \S+: (29|30) days left$/),
    ])
    expect(section('Backup')).toEqual([expect.stringMatching(/, [01] hours old$/)])
    expect(section('Quarantine')).toEqual(['  nobody'])
    expect(section('Rotation')).toEqual(['  none is unfinished'])
    expect(section('Unfinished')).toEqual(['  nothing'])
    expect(code).toBe(0)
  } finally {
    rmSync(backup)
  }
})

test('what wants attention is marked: somebody down, in quarantine, dropped, a rotation that was left', async () => {
  const left = `${secretsFolder()}/.next.status_test`
  try {
    writeFileSync(left, '')
    await run('node', 'scripts/quarantine.ts', 'frontend', '--no-evidence')
    await fetch(`${stack.url}/`).catch(() => {})
    await container('frontend').stop()
    const { code, section } = await status()
    expect(section('Health').filter((line) => line.startsWith('!'))).toEqual([
      expect.stringMatching(/^! frontend +Exited/),
    ])
    expect(section('Dropped').join('\n')).toMatch(/\d+ {2}from or to a service in quarantine/)
    expect(section('Quarantine')).toEqual(['! frontend'])
    expect(section('Rotation')).toEqual([expect.stringContaining('! unfinished: .next.status_test')])
    expect(code).toBe(1)
  } finally {
    rmSync(left, { force: true })
    await run('node', 'scripts/quarantine.ts', 'frontend', '--release')
    await container('frontend').start()
    await healthy('frontend')
  }
})
