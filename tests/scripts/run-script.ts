import { spawnSync } from 'node:child_process'

type Options = { env?: Record<string, string>; uid?: number; gid?: number; input?: string; cwd?: string }

/** Runs a script as a user would, and gives what a user would see. */
export function runScript(
  script: string,
  { env = {}, ...options }: Options = {},
): { status: number | null; text: string } {
  const { status, stdout, stderr, error } = spawnSync('bash', ['-c', script], {
    encoding: 'utf8',
    env: { ...process.env, ...env },
    ...options,
  })
  if (error) throw error
  return { status, text: stdout + stderr }
}
