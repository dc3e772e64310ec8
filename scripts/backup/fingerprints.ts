import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { docker } from '../stack/docker.ts'
import { secretsFolder } from '../stack/folders.ts'
import { setting } from '../stack/settings.ts'

/** SHA-256 by the names of the secrets. Each has 128 random bits at least, so that nobody guesses one by it. */
export type Fingerprints = Record<string, string>

/** Of this shop's secrets, taken where they are: only their readers' uids and root may open them, so a container does it. */
export async function takeFingerprints(): Promise<Fingerprints> {
  const list = readFileSync(new URL('../secrets/owners.txt', import.meta.url), 'utf8')
  const names = list.split('\n').flatMap((line) => line.split(' ').slice(0, 1).filter(Boolean))
  const lines = await docker(
    ...['run', '--rm', '--network', 'none', '--read-only', '--user', '0:0'],
    ...['--cap-drop', 'ALL', '--cap-add', 'DAC_READ_SEARCH', '--security-opt', 'no-new-privileges'],
    ...['--volume', `${resolve(secretsFolder())}:/secrets:ro`, '--workdir', '/secrets'],
    ...[setting('NODE_IMAGE', 'node:24.21.0-trixie-slim'), 'sha256sum', ...names],
  )
  return parseSums(lines)
}

/** What sha256sum prints, by name. */
export function parseSums(text: string): Record<string, string> {
  return Object.fromEntries(
    text
      .split('\n')
      .filter(Boolean)
      .map((line) => [line.slice(66), line.slice(0, 64)]),
  )
}
