import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { Result } from '../../scripts/security-check/result.ts'
import { runScript } from '../scripts/run-script.ts'

type Given = { tools?: ('trivy' | 'gitleaks')[]; accepted?: object[]; env?: Record<string, string> }

export type Checked = { status: number | null; text: string; result: Result; report: (name: string) => string }

/** Runs the check as a user would, with stand-ins for the scanners that are installed, and none that could be downloaded. */
export function check(images: string, { tools = ['trivy'], accepted = [], env = {} }: Given = {}): Checked {
  const folder = mkdtempSync(join(tmpdir(), 'check-'))
  try {
    mkdirSync(join(folder, 'bin'))
    for (const tool of tools) {
      const script = `#!/bin/sh\nexec "${process.execPath}" "${resolve(`tests/security-check/fake-${tool}.ts`)}" "$@"\n`
      writeFileSync(join(folder, 'bin', tool), script, { mode: 0o755 })
    }
    writeFileSync(join(folder, 'accepted.json'), JSON.stringify(accepted))
    const { status, text } = runScript(`scripts/security-check.sh ${images}`, {
      env: {
        PATH: `${folder}/bin:${process.env.PATH}`,
        REPORTS_DIR: join(folder, 'reports'),
        SECURITY_ACCEPTED: join(folder, 'accepted.json'),
        XDG_CACHE_HOME: join(folder, 'cache'),
        TRIVY_IMAGE: '127.0.0.1:1/trivy:0',
        // A stack that does not exist.
        COMPOSE_PROJECT_NAME: 'secure-ecommerce-never',
        IMAGE_TAG: 'never',
        ...env,
      },
    })
    const names = ['security.json', 'security.sarif', 'security.html', ...images.split(' ').map(sbomName)]
    const reports = new Map(names.map((name) => [name, read(join(folder, 'reports', name))]))
    return {
      status,
      text,
      result: JSON.parse(reports.get('security.json') || '{}'),
      report: (name) => reports.get(name) ?? '',
    }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

export const sbomName = (image: string) => `sbom/${image.replace(/:.*$/, '').replaceAll('/', '-')}.cdx.json`

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}
