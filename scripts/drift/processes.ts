import { basename } from 'node:path'
import type { Deviation } from './deviation.ts'

export type Process = { pid: number; uid: string; args: string; capabilities: bigint }

/** What "docker top" prints for pid,uid,stat,args. One that has ended and waits for its parent runs no more. */
export function readProcesses(table: string): Process[] {
  return table
    .split('\n')
    .slice(1)
    .flatMap((line) => {
      const [, pid, uid = '', stat = '', args = ''] = /^\s*(\d+)\s+(\d+)\s+(\S+)\s+(.*\S)\s*$/.exec(line) ?? []
      return pid && !stat.startsWith('Z') ? [{ pid: Number(pid), uid, args, capabilities: 0n }] : []
    })
}

export type Wanted = {
  target: string
  uid: string
  /** Command lines, in which * stands for anything. */
  commands: string[]
  isDatabase: boolean
  /** The mask of the container's first process. */
  capabilities: bigint
}

/** As in security/falco-rules.yaml. */
export const databaseClients = [
  ...['psql', 'pg_dump', 'pg_dumpall', 'pg_restore', 'pg_basebackup', 'pgbench'],
  ...['mysql', 'mysqldump', 'mariadb', 'mongosh', 'sqlite3'],
]

/** Between fork and exec a process has its parent's arguments or none; those are of Docker itself, as it starts a health check. */
const starting = /^(runc|\[.*\]|runc:\[.*\])( |$)/

export function processDeviations(processes: Process[], wanted: Wanted): Deviation[] {
  return processes.filter(({ args }) => !starting.test(args)).flatMap((each) => deviationsOf(each, wanted))
}

function deviationsOf({ pid, uid, args, capabilities }: Process, wanted: Wanted): Deviation[] {
  const { target } = wanted
  const found = `${args} (process ${pid}, user ${uid})`
  const deviations: Deviation[] = []
  if (!wanted.isDatabase && databaseClients.includes(basename(args.split(' ')[0] ?? ''))) {
    deviations.push({
      kind: 'database client',
      target,
      expected: 'no client of a database outside of databases',
      found,
    })
  } else if (!wanted.commands.some((command) => fits(command, args))) {
    deviations.push({ kind: 'process', target, expected: 'only its own programs', found })
  }
  if (uid !== wanted.uid) {
    deviations.push({ kind: 'rights', target, expected: `user ${wanted.uid}`, found })
  }
  if ((capabilities & ~wanted.capabilities) !== 0n) {
    const more = `capabilities ${capabilities.toString(16)} in ${found}`
    deviations.push({
      kind: 'rights',
      target,
      expected: `capabilities ${wanted.capabilities.toString(16)}`,
      found: more,
    })
  }
  return deviations
}

function fits(command: string, args: string): boolean {
  const parts = command.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'))
  return new RegExp(`^${parts.join('.*')}$`).test(args)
}
