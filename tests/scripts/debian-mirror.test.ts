import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { runScript } from './run-script.ts'

let etc: string
beforeEach(() => {
  etc = mkdtempSync(join(tmpdir(), 'apt-'))
  mkdirSync(join(etc, 'sources.list.d'))
})
afterEach(() => rmSync(etc, { recursive: true }))

function mirror(files: Record<string, string>, kind = 'main') {
  for (const [name, content] of Object.entries(files)) writeFileSync(join(etc, name), content)
  const { status, text } = runScript(`scripts/debian-mirror.sh ${kind}`, {
    env: { APT_ETC: etc, DEBIAN_MIRROR: '', DEBIAN_SECURITY_MIRROR: '' },
  })
  return { status, text: text.trim() }
}

const keyring = '/usr/share/keyrings/debian-archive-keyring.gpg'
const deb822 = `# A comment
Types: deb deb-src
URIs: http://one.example/debian/
Suites: bookworm bookworm-updates
Components: main
Signed-By: ${keyring}

Types: deb
URIs: http://one.example/debian-security
Suites: bookworm-security
Components: main
Signed-By: ${keyring}
`

test.each([
  { why: 'one line', files: { 'sources.list': 'deb http://one.example/debian bookworm main\n' } },
  {
    why: 'one line with options and a comment',
    files: {
      'sources.list': `# deb http://off.example/debian x main\ndeb [arch=amd64 signed-by=${keyring}] http://one.example/debian trixie main # ours\n`,
    },
  },
  { why: 'stanzas', files: { 'sources.list.d/debian.sources': deb822 } },
  {
    why: 'a third party before it, with the same suite',
    files: {
      'sources.list':
        'deb [signed-by=/etc/apt/keyrings/docker.asc] https://other.example/linux/debian bookworm stable\n',
      'sources.list.d/debian.sources': deb822,
    },
  },
  {
    why: 'a stanza that is turned off, before it',
    files: {
      'sources.list.d/a.sources': deb822
        .replaceAll('one.example', 'off.example')
        .replaceAll('Types:', 'Enabled: no\nTypes:'),
      'sources.list.d/b.sources': deb822,
    },
  },
  {
    why: 'values over several lines',
    files: {
      'sources.list.d/debian.sources': `Types: deb\nURIs:\n http://one.example/debian\nSuites:\n trixie\n trixie-updates\nComponents: main\nSigned-By:\n ${keyring}\n`,
    },
  },
])('the mirror is found in $why', ({ files }) => {
  expect(mirror(files as Record<string, string>)).toEqual({ status: 0, text: 'http://one.example/debian' })
})

test('the archive of security updates is told apart', () => {
  const files = { 'sources.list.d/debian.sources': deb822 }
  expect(mirror(files, 'security')).toEqual({ status: 0, text: 'http://one.example/debian-security' })
})

test.each([
  { why: 'Ubuntu', files: { 'sources.list': 'deb http://ubuntu.example/ubuntu noble main universe\n' } },
  { why: 'a local medium only', files: { 'sources.list': 'deb cdrom:[Debian]/ bookworm main\n' } },
  { why: 'no sources', files: {} },
])('with $why it says what to set', ({ files }) => {
  const { status, text } = mirror(files as Record<string, string>)
  expect(status).toBe(1)
  expect(text).toMatch(/FAIL: expected a Debian archive in .* but found none\n.*DEBIAN_MIRROR=/)
})
