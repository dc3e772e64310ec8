import type { Anchor } from '../../services/kit/src/audit-anchors.ts'
import { type AuditEntry, genesis, sealOf } from '../../services/kit/src/audit-entry.ts'
import { type Line, linesOf, type Seal } from './lines.ts'

/** A chain as it was read: nothing in it is believed before it was verified. */
export type Chain = {
  writer: string
  entries: AuditEntry[]
  seals: Seal[]
  /** As they were written, which is oldest first. */
  anchors: Anchor[]
  /** Chains that the operator's own trail says were accepted, as `<seq> <hmac>`. */
  accepted: Set<string>
  /** The highest id that the database gave out. */
  lastId: number
  /** When it was read, by the clock that the entries' times are of. */
  now: string
}

export type Kind = 'edited' | 'deleted' | 'inserted' | 'reordered' | 'duplicated' | 'replayed' | 'cut off' | 'accepted'

export type Problem = { kind: Kind; seq?: number; entryId?: number; what: string }

export type Verdict = { problems: Problem[]; sealed: number; waiting: number; head: { seq: number; hmac: string } }

/** Milliseconds after which an entry has a seal, and by which one may be older than what was sealed before it. */
const window = 60_000

/** Holds a chain against its key and its anchors, and says of each thing that does not fit what was done to it. */
export function verifyChain(chain: Chain, key: string): Verdict {
  const { seals, entries } = chain
  const sealedIds = new Set(seals.map(({ entryId }) => entryId))
  const unsealed = entries.filter(({ id }) => !sealedIds.has(id))
  const last = seals.toSorted((a, b) => a.seq - b.seq).at(-1)
  const linked = linkProblems(chain, key)
  const anchored = anchorProblems(chain, linked)
  const problems = [...linked, ...anchored, ...entryProblems(chain, unsealed, [...linked, ...anchored])]
  return {
    problems,
    sealed: seals.length,
    waiting: unsealed.length,
    head: { seq: last?.seq ?? 0, hmac: last?.hmac ?? genesis },
  }
}

/** Each seal must follow from the one before it and from its entry, and their numbers must have no gap. */
function linkProblems({ writer, entries, seals, anchors }: Chain, key: string): Problem[] {
  const lines = linesOf(seals, entries)
  const sealAfter = (previous: string, entry: AuditEntry) => sealOf(key, previous, writer, entry)
  const seqOf = new Map<string, number>([[genesis, 0]])
  const lastAnchored = highest(anchors.map(({ seq }) => seq))
  const problems: Problem[] = []
  let before: Line | undefined
  /** What the seal before should have been, where it is not. */
  let computed: string | undefined

  for (const [index, line] of lines.entries()) {
    const { seq, hmac, entryId, entry } = line
    const previous = before?.hmac ?? genesis
    const expected = (before?.seq ?? 0) + 1
    const note = (kind: Kind, what: string) => problems.push({ kind, seq, entryId, what })
    const gap = seq > expected
    if (gap) {
      const missing = seq - 1 === expected ? `seal ${expected} is` : `seals ${expected} to ${seq - 1} are`
      problems.push({ kind: 'deleted', seq: expected, what: `${missing} gone` })
    }
    const first = seqOf.get(hmac)
    if (!seqOf.has(hmac)) seqOf.set(hmac, seq)
    const [wanted, fromComputed] = [computed, computed !== undefined]
    computed = undefined

    if (first !== undefined) note('replayed', `seal ${first} stands here again`)
    else if (!entry) note('deleted', `entry ${entryId} is gone`)
    else if (
      gap ||
      sealAfter(previous, entry) === hmac ||
      (fromComputed && sealAfter(wanted as string, entry) === hmac)
    ) {
      // After a gap nothing says what this one should follow.
    } else {
      const found = explain(line, index)
      if (found) note(found.kind, found.what)
      if (found?.kind === 'edited') computed = sealAfter(previous, entry)
      if (found?.kind === 'inserted') {
        // The next one follows what this one was put behind.
        before = { ...line, hmac: previous }
        continue
      }
    }
    before = line
  }
  return problems

  /** What was done to a line whose seal does not fit; undefined where it only follows one that is out of place. */
  function explain(line: Line, index: number): { kind: Kind; what: string } | undefined {
    const entry = line.entry as AuditEntry
    if (problems.length > 100) return { kind: 'edited', what: 'entry and seal do not belong together' }
    const follows = (previous: string) => sealAfter(previous, entry) === line.hmac
    const from = [genesis, ...lines.map(({ hmac }) => hmac)].findIndex(follows)
    const predecessor = lines[from - 1]?.seq ?? 0
    if (problems.some(({ kind, seq }) => kind === 'reordered' && seq === predecessor)) return undefined
    if (from >= 0) return { kind: 'reordered', what: `it was sealed after what is seal ${predecessor} now` }
    const previous = lines[index - 1]?.hmac ?? genesis
    const other = lines.find(({ entry }) => entry && sealAfter(previous, { ...entry, id: line.entryId }) === line.hmac)
    if (other) return { kind: 'reordered', what: `it says what entry ${other.entryId} said` }
    const moved = lines.find(({ entry }) => entry && sealAfter(previous, entry) === line.hmac)
    if (moved) return { kind: 'reordered', what: `its seal is that of entry ${moved.entryId}` }
    const next = lines[index + 1]
    const skipped = next?.entry && sealAfter(previous, next.entry) === next.hmac
    if (skipped || line.seq > lastAnchored) {
      return { kind: 'inserted', what: 'its seal is not by the key of the writer' }
    }
    const was = anchors.find(({ hmac }) => hmac === line.hmac)?.seq ?? line.seq
    if (was > line.seq) return { kind: 'deleted', what: `it was seal ${was}: what stood before it is gone` }
    return { kind: 'edited', what: 'entry and seal do not belong together' }
  }
}

/** What was anchored must still be there, at its place. */
function anchorProblems({ seals, anchors, accepted, lastId, entries }: Chain, linked: Problem[]): Problem[] {
  const bySeq = new Map(seals.map((seal) => [seal.seq, seal.hmac]))
  const byHmac = new Map(seals.map((seal) => [seal.hmac, seal.seq]))
  const head = highest(bySeq.keys())
  if (anchors.length === 0 && head === 0) return []
  if (anchors.length === 0) return [{ kind: 'cut off', what: `there is no anchor of ${head} seals` }]

  const since = anchors.findLastIndex((anchor) => anchor.accepted)
  const unknown = anchors.slice(since, since + 1).filter(({ seq, hmac }) => !accepted.has(`${seq} ${hmac}`))
  const problems: Problem[] = unknown.map(({ seq }) => ({
    kind: 'accepted',
    seq,
    what: "an anchor says that the chain was accepted, and the operator's trail does not",
  }))
  const valid = anchors.slice(Math.max(0, since))
  const broken = valid.find(({ seq, hmac }) => (bySeq.has(seq) ? bySeq.get(seq) !== hmac : seq > head))
  if (!broken) return problems

  const { seq } = broken
  const last = highest(valid.map((anchor) => anchor.seq))
  const place = byHmac.get(broken.hmac)
  const explained = linked.some((problem) => (problem.seq ?? 0) <= Math.max(seq, place ?? 0))
  if (seq <= head && explained) return problems
  if (place !== undefined) {
    const kind = place < seq ? 'deleted' : 'inserted'
    problems.push({ kind, seq: place, what: `what is seal ${place} now was seal ${seq} when it was anchored` })
  } else if (bySeq.has(seq)) {
    problems.push({ kind: 'replayed', seq, what: 'it is another than was anchored: an older state was brought back' })
  } else {
    // Ids that were given out and are not there were cut off; a database that was brought back never gave them out.
    const lastEntry = highest(entries.map(({ id }) => id))
    const cut = lastId - lastEntry >= last - head || entries.length > seals.length
    const what = `seals ${head + 1} to ${last} are missing`
    problems.push({
      kind: cut ? 'cut off' : 'replayed',
      seq: head + 1,
      what: cut ? what : `${what}: an older state was brought back`,
    })
  }
  return problems
}

/** Each entry is sealed soon, in the order of time, and is there once. */
function entryProblems({ entries, seals, now }: Chain, unsealed: AuditEntry[], found: Problem[]): Problem[] {
  const first = new Map<string, AuditEntry>()
  const problems: Problem[] = []
  const isNew = ({ at }: AuditEntry) => Math.abs(Date.parse(now) - Date.parse(at)) < window
  const waits = new Set(unsealed.filter((entry) => !isNew(entry)))
  const known = new Set(found.map(({ entryId }) => entryId))
  const late = lateEntries(linesOf(seals, entries))

  for (const entry of entries.toSorted((a, b) => a.id - b.id)) {
    const { id, ...content } = entry
    const text = JSON.stringify(content)
    const original = first.get(text)
    if (!original) first.set(text, entry)
    if (known.has(id)) continue
    if (original) {
      const again = late.has(id) ? 'replayed' : 'duplicated'
      problems.push({ kind: again, entryId: id, what: `entry ${original.id} is there again` })
    } else if (late.has(id)) {
      problems.push({ kind: 'inserted', entryId: id, what: 'it is older than what was sealed before it' })
    } else if (waits.has(entry) && !found.some(({ kind }) => kind === 'cut off' || kind === 'deleted')) {
      problems.push({ kind: 'inserted', entryId: id, what: 'it has no seal, although there was time' })
    }
  }
  return problems
}

/** Not by Math.max, whose arguments have to fit on the stack. */
function highest(numbers: Iterable<number>): number {
  let found = 0
  for (const number of numbers) found = Math.max(found, number)
  return found
}

function lateEntries(lines: Line[]): Set<number> {
  const late = new Set<number>()
  let newest = 0
  for (const { entry } of lines) {
    if (!entry) continue
    const at = Date.parse(entry.at)
    if (at < newest - window) late.add(entry.id)
    else newest = Math.max(newest, at)
  }
  return late
}
