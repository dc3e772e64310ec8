import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test, vi } from 'vitest'
import { listeningLog } from '../../../tests/unit/log.ts'
import { secretFile } from './config.ts'
import { isLive } from './live-file.ts'

const folder = mkdtempSync(join(tmpdir(), 'live-file-test-'))
const path = join(folder, 'payment_api_key')
afterAll(() => rmSync(folder, { recursive: true }))
const write = (text: string) => writeFileSync(path, text)

test('a secret follows its file, tells which version it has, and stays where the new one is not good', async () => {
  write('old\n')
  const { log, lines } = listeningLog()
  const secret = secretFile('KEY_FILE').read(path)
  if (!isLive(secret)) throw new Error('expected a secret that follows its file')
  secret.watch(log)
  expect([secret.reveal(), secret.equals('old'), secret.equals('new')]).toEqual(['old', true, false])

  write('old\nnew')
  await vi.waitFor(() => expect(secret.equals('new')).toBe(true), 5_000)
  expect([secret.reveal(), secret.equals('old'), secret.revealAll()]).toEqual(['old', true, ['old', 'new']])
  const { mtimeNs } = statSync(path, { bigint: true })
  expect(lines.at(-1)).toMatchObject({ msg: 'secret loaded', secret: 'payment_api_key', changed: String(mtimeNs) })

  write('')
  await vi.waitFor(() => expect(lines.at(-1)).toMatchObject({ level: 'error', file: 'payment_api_key' }), 5_000)
  expect(secret.reveal()).toBe('old')
  const { length } = lines
  write('new')
  await vi.waitFor(() => expect(secret.reveal()).toBe('new'), 5_000)
  expect(lines).toHaveLength(length + 1)
  expect(secret.equals('old')).toBe(false)
  expect(JSON.stringify(lines)).not.toMatch(/"(old|new)/)
  secret.unwatch()
}, 30_000)

test('three lines are no secret', () => {
  write('a\nb\nc')
  expect(() => secretFile('KEY_FILE').read(path)).toThrow('expected one line, or two during a replacement, but found 3')
})
