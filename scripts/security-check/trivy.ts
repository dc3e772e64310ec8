import { execFile } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { docker } from '../stack/docker.ts'
import { setting } from '../stack/settings.ts'
import type { Gap } from './finding.ts'

const execute = promisify(execFile)

/** The last release before the three of March 2026 that others put malware into (CVE-2026-33634). */
const PINNED =
  'ghcr.io/aquasecurity/trivy:0.69.3@sha256:bcc376de8d77cfe086a917230e818dc9f8528e3c852f7b1aff648949b6258d1c'
const MALICIOUS = ['0.69.4', '0.69.5', '0.69.6']

/** How old a database may be that could not be renewed. */
const FRESH_DAYS = 7

export type Trivy = {
  version: string
  /** When its vulnerability database was made; without one it finds no vulnerabilities. */
  database: Date | undefined
  /** Runs it in the folder that it was found for. */
  run: (...args: string[]) => Promise<string>
}

/** The installed program, else its pinned container, with a database as new as can be had; and what is missing of that. */
export async function findTrivy(folder: string): Promise<{ trivy: Trivy | undefined; gaps: Gap[] }> {
  const cache = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'trivy')
  mkdirSync(cache, { recursive: true })
  const missing = (why: string) => ({
    trivy: undefined,
    gaps: [{ what: 'vulnerabilities, secrets and misconfiguration (Trivy)', why }],
  })

  const run = (await installed(folder, cache)) ?? (await inContainer(folder, cache))
  if (typeof run === 'string') return missing(run)
  const { Version: version } = await about(run)
  if (MALICIOUS.includes(version))
    return missing(`${version} carries malware (CVE-2026-33634): remove it, and what it could read is known to others`)

  const failure = await run('image', '--download-db-only', '--no-progress').then(
    () => undefined,
    (error: Error) => error.message,
  )
  const { VulnerabilityDB } = await about(run)
  const database = VulnerabilityDB && new Date(VulnerabilityDB.UpdatedAt)
  const old = !database || Date.now() - database.getTime() > FRESH_DAYS * 86_400_000
  const trivy = { version, database, run }
  if (!failure || !old) return { trivy, gaps: [] }
  const state = database ? `it is of ${database.toJSON().slice(0, 10)}` : 'there is none'
  const what = 'new vulnerabilities (the database of Trivy)'
  return { trivy, gaps: [{ what, why: `${state}, and a new one could not be had: ${failure}` }] }
}

type Run = Trivy['run']

/** The same arguments mean the same in both: paths are relative to the folder. */
async function installed(folder: string, cache: string): Promise<Run | undefined> {
  const run = (...args: string[]) => runIn(folder, 'trivy', [...args, '--cache-dir', cache])
  return execute('trivy', ['--version']).then(
    () => run,
    () => undefined,
  )
}

/** No socket of Docker goes in: images reach it as files. */
async function inContainer(folder: string, cache: string): Promise<Run | string> {
  const image = setting('TRIVY_IMAGE', PINNED)
  const failure = await docker('image', 'inspect', image)
    .catch(() => docker('pull', '--quiet', image))
    .then(
      () => undefined,
      (error: Error) => error.message,
    )
  if (failure) return `expected the program trivy or ${image.split('@')[0]} but found neither: ${failure}`
  const user = `${process.getuid?.()}:${process.getgid?.()}`
  const apart = '--rm --read-only --tmpfs /tmp --cap-drop ALL --security-opt no-new-privileges'.split(' ')
  const mounts = ['--volume', `${folder}:/work`, '--volume', `${cache}:/cache`]
  const inside = ['--user', user, '--workdir', '/work', '--env', 'TMPDIR=/work']
  return (...args) =>
    runIn(folder, 'docker', ['run', ...apart, ...mounts, ...inside, image, ...args, '--cache-dir', '/cache'])
}

async function runIn(cwd: string, command: string, args: string[]): Promise<string> {
  try {
    const { stdout } = await execute(command, args, { cwd, maxBuffer: 64 * 1024 * 1024 })
    return stdout
  } catch (error) {
    const { stderr = '', message } = error as { stderr?: string; message: string }
    throw new Error((stderr.trim() || message).split('\n').at(-1), { cause: error })
  }
}

async function about(run: Run): Promise<{ Version: string; VulnerabilityDB?: { UpdatedAt: string } }> {
  return JSON.parse(await run('version', '--format', 'json'))
}
