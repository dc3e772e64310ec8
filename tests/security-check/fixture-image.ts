import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { setting } from '../../scripts/stack/settings.ts'

type Fixture = { user?: string; files?: Record<string, string> }

const debian = {
  'etc/os-release': 'ID=debian\nVERSION_ID="13"\n',
  'var/lib/dpkg/status': `Package: libidn2-0
Status: install ok installed
Section: libs
Architecture: amd64
Version: 2.0.5-1

Package: gone
Status: deinstall ok config-files
Version: 1
`,
}

/** Makes an image of a few files that say what is installed, without a base. */
export function makeImage(name: string, { user = '1001', files = {} }: Fixture = {}): void {
  const folder = mkdtempSync(join(tmpdir(), 'fixture-'))
  try {
    for (const [file, text] of Object.entries({ ...debian, ...files })) {
      mkdirSync(join(folder, dirname(file)), { recursive: true })
      writeFileSync(join(folder, file), text)
    }
    const change = user ? ['--change', `USER ${user}`] : []
    execFileSync('sh', ['-c', 'tar -C "$0" -c . | docker import "$@" >/dev/null', folder, ...change, '-', name])
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** The stand-in for Trivy as its container. */
export function makeTrivyImage(name: string): void {
  const lines = [
    `FROM ${setting('NODE_IMAGE', 'node:24.21.0-trixie-slim')}`,
    'COPY . /fake',
    'ENV FAKE_APART=yes',
    'ENTRYPOINT ["node", "/fake/fake-trivy.ts"]',
  ]
  const args = ['build', '--quiet', '--tag', name, '--file', '-', 'tests/security-check']
  execFileSync('docker', args, { input: `${lines.join('\n')}\n`, stdio: ['pipe', 'ignore', 'inherit'] })
}

export function removeImages(names: string[]): void {
  execFileSync('docker', ['image', 'rm', '--force', ...names], { stdio: 'ignore' })
}
