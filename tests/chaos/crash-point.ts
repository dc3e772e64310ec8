// Stands in for services/kit/src/crash-point.ts in the containers of npm run test:chaos. A container's /tmp is its own.
import { readFileSync, rmSync, writeSync } from 'node:fs'

const order = '/tmp/crash-at'

/** Ends the process as SIGKILL does, once, where the file /tmp/crash-at names this step. */
export function crashPoint(name: string): void {
  if (ordered() !== name) return
  rmSync(order)
  // Past the log, which loses what it has not written out when the process is killed.
  writeSync(1, `{"level":"fatal","msg":"crashed at ${name}"}\n`)
  process.kill(process.pid, 'SIGKILL')
}

function ordered(): string | undefined {
  try {
    return readFileSync(order, 'utf8').trim()
  } catch {
    return undefined
  }
}
