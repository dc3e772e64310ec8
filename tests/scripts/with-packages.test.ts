import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { runScript } from './run-script.ts'

test('a fresh clone gets its packages once, then the command runs with its arguments', () => {
  const clone = mkdtempSync(join(tmpdir(), 'clone-'))
  try {
    mkdirSync(join(clone, 'scripts'))
    mkdirSync(join(clone, 'programs'))
    cpSync('scripts/with-packages.sh', join(clone, 'scripts/with-packages.sh'))
    // Stands for npm: installs a "node" that says what it is given.
    writeFileSync(
      join(clone, 'programs/npm'),
      `#!/bin/sh\nmkdir -p node_modules/.bin\nprintf '#!/bin/sh\\necho "node $*"\\n' >node_modules/.bin/node\nchmod +x node_modules/.bin/node\n`,
      { mode: 0o755 },
    )
    const run = () =>
      runScript('bash scripts/with-packages.sh node scripts/seed.ts --count "1 000"', {
        cwd: clone,
        env: { PATH: `${join(clone, 'programs')}:/usr/bin:/bin` },
      })
    const { status, text } = run()
    expect(status).toBe(0)
    expect(text).toContain('Installing packages (npm ci)')
    expect(text).toContain('node scripts/seed.ts --count 1 000\n')
    expect(run()).toEqual({ status: 0, text: 'node scripts/seed.ts --count 1 000\n' })
  } finally {
    rmSync(clone, { recursive: true })
  }
})
