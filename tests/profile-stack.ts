import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

type Options = {
  profile: string
  /** What tells it from other stacks; its secrets have a folder of their own. */
  environment: Record<string, string>
  /** Only what has a part in it; the packet filter comes first, as everywhere. All where none is named. */
  services?: string[]
}

/** A small stack of a suite's own, in which a profile is on. */
export function profileStack({ profile: usual, environment, services = [] }: Options) {
  const folder = mkdtempSync(join(tmpdir(), `${usual}-`))

  /** Its settings, for programs that are not waited for. */
  const settings = (profile = usual) => ({
    ...{ ...process.env, ...environment },
    ...{ SECRETS_DIR: join(folder, 'secrets'), COMPOSE_PROFILES: profile },
  })
  /** Runs a program with the stack's settings. */
  function run(command: string, args: string[], { profile = usual } = {}): string {
    const env = settings(profile)
    return execFileSync(command, args, { encoding: 'utf8', env, stdio: ['ignore', 'pipe', 'pipe'] })
  }
  const compose = (...args: string[]): string => run('docker', ['compose', '--progress', 'quiet', ...args])

  return {
    folder,
    settings,
    run,
    compose,
    startStack(): void {
      run('bash', ['scripts/create-secrets.sh'])
      // Of a run that was killed, whose databases have other passwords.
      compose('down', '--volumes', '--remove-orphans')
      compose('up', '--detach', '--no-build', ...services)
      run('bash', ['-c', '. scripts/progress.sh && . scripts/start/wait-healthy.sh && wait_healthy 150'])
    },
    removeStack(): void {
      compose('stop', '--timeout', '2')
      compose('run', '--rm', '--no-deps', '-T', 'network-policy', 'remove')
      compose('down', '--volumes')
      rmSync(folder, { recursive: true })
    },
  }
}
