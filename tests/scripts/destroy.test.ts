import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { runScript } from './run-script.ts'

test('destroy --secrets removes what was made, and leaves every other file of the folder', () => {
  const folder = mkdtempSync(join(tmpdir(), 'secrets-'))
  try {
    const env = {
      COMPOSE_PROJECT_NAME: 'secure-ecommerce-never',
      ECOM_PREFIX: 'enever',
      IMAGE_TAG: 'never',
      SECRETS_DIR: folder,
    }
    expect(runScript('scripts/create-secrets.sh', { env })).toMatchObject({ status: 0 })
    writeFileSync(join(folder, 'mine.txt'), 'not yours')
    expect(runScript('scripts/destroy.sh --yes --secrets', { env })).toMatchObject({ status: 0 })
    expect(readdirSync(folder)).toEqual(['mine.txt'])
  } finally {
    rmSync(folder, { recursive: true })
  }
  expect(existsSync('secrets/README.md')).toBe(true)
}, 60_000)
