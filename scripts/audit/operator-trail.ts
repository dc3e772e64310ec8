import {
  appendFileSync,
  chownSync,
  closeSync,
  existsSync,
  fsyncSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs'
import { type Anchor, readAnchors } from '../../services/kit/src/audit-anchors.ts'
import { type AuditEntry, genesis, sealOf } from '../../services/kit/src/audit-entry.ts'
import { Failure } from '../stack/failure.ts'
import { type FileLine, fileChain, parseLines } from './file-chain.ts'
import type { Chain } from './verify-chain.ts'

/** Where the operator's trail is: a file beside the folder of the secrets, with its anchors in that folder. */
export type Place = { trail: string; key: string; anchors: string; lock: string }

/** @param audit the folder of the trail */
export function placeIn(audit: string, secrets: string): Place {
  return {
    trail: `${audit}/operator.jsonl`,
    lock: `${audit}/operator.lock`,
    key: `${secrets}/operator_audit_key`,
    anchors: `${secrets}/operator_audit_anchors`,
  }
}

export const operator = 'operator'

export type Deed = Pick<AuditEntry, 'action' | 'subject' | 'subject_id' | 'details'>

/** Writes down what the operator is about to do; where that fails, it is not to be done. On disk when this returns. */
export function writeDown(place: Place, deed: Deed): void {
  const giveBack = takeLock(place.lock)
  try {
    const last = readLines(place).at(-1)
    const { seq, hmac } = last ?? { seq: 0, hmac: genesis }
    const anchor = readAnchorFile(place).at(-1)
    if (anchor && (anchor.seq > seq || (anchor.seq === seq && anchor.hmac !== hmac))) {
      throw new Failure(
        `the operator's audit trail is not what it was: its anchor says ${anchor.seq} entries, it has ${seq}`,
        'npm run audit -- verify',
      )
    }
    const entry: AuditEntry = {
      ...{ id: seq + 1, at: `${new Date().toISOString().slice(0, -1)}000Z`, actor: operator, role: operator },
      ...{ address: null, result: 'done', request_id: null, ...deed },
    }
    const line: FileLine = { seq: seq + 1, hmac: sealOf(readKey(place), hmac, operator, entry), entry }
    append(place.trail, `${JSON.stringify(line)}\n`)
    const { seq: anchored, hmac: at } = line
    append(place.anchors, `\n${JSON.stringify({ writer: operator, seq: anchored, hmac: at, at: entry.at })}`)
  } finally {
    giveBack()
  }
}

export function readOperatorTrail(place: Place): Chain {
  return fileChain(operator, readLines(place), readAnchorFile(place))
}

export function readKey({ key }: Place): string {
  return readFileSync(key, 'utf8').trim()
}

/** What the operator accepted of a writer's chain, as {@link Chain.accepted} has it. */
export function acceptedOf({ entries }: Chain, writer: string): Set<string> {
  const acceptances = entries.filter(({ action, subject_id }) => action === 'trail.accepted' && subject_id === writer)
  return new Set(acceptances.map(({ details: { seq, hmac } }) => `${seq} ${hmac}`))
}

function readLines({ trail }: Place): FileLine[] {
  return existsSync(trail) ? parseLines(readFileSync(trail, 'utf8')) : []
}

function readAnchorFile({ anchors }: Place): Anchor[] {
  return existsSync(anchors) ? readAnchors(readFileSync(anchors, 'utf8')) : []
}

/** A new file belongs to whom its folder does, whoever writes: the secrets are made by a container. */
function append(path: string, text: string): void {
  const isNew = !existsSync(path)
  const file = openSync(path, 'a', 0o600)
  try {
    writeSync(file, text)
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
  const { uid, gid } = statSync(path.slice(0, path.lastIndexOf('/')))
  if (isNew && uid !== process.getuid?.()) chownSync(path, uid, gid)
}

/** Two at once would write two entries with one number. */
function takeLock(path: string): () => void {
  const deadline = Date.now() + 5_000
  for (;;) {
    try {
      appendFileSync(path, String(process.pid), { flag: 'ax' })
      return () => rmSync(path, { force: true })
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
      if (Date.now() > deadline)
        throw new Failure(`another script writes to the operator's audit trail`, `if none does: rm ${path}`)
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 100)
    }
  }
}
