import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Chain, type Kind, verifyChain } from '../../../scripts/audit/verify-chain.ts'
import { readAnchors } from '../../../services/kit/src/audit-anchors.ts'
import { canonical, genesis, sealOf } from '../../../services/kit/src/audit-entry.ts'
import { entryOf, key, wholeChain, writer } from './chain.ts'

const kinds = (chain: Chain) =>
  verifyChain(chain, key).problems.map(({ kind, seq, entryId }) => ({ kind, seq, entryId }))
const at = (chain: Chain, seq: number) => chain.seals[seq - 1] as Chain['seals'][number]

test('the canonical form is the one that is stated, byte for byte', () => {
  const entry = { ...entryOf(7), details: { b: 1, a: { d: null, c: 'é"\n' } } }
  expect(canonical('order-api', entry)).toBe(
    '["order-api",7,"2026-11-21T18:00:07.000000Z","demo","admin","product.changed","product","7","192.0.2.1","done",' +
      `"${'a'.repeat(32)}",{"a":{"c":"é\\"\\n","d":null},"b":1}]`,
  )
})

test('a seal is what any other HMAC-SHA256 makes of it', () => {
  // printf '%s\n%s' $(printf '0%.0s' $(seq 64)) "$CANONICAL" | openssl dgst -sha256 -hmac key
  expect(sealOf('key', genesis, 'order-api', entryOf(1))).toBe(
    '1a98ae3ce4352a4d15451fd1eab1bf374934a6f72cad8773410fa9639193326e',
  )
})

test.each([0, 1, 2, 40])('a chain of %i entries that nobody touched fits', (length) => {
  const { problems, sealed, waiting, head } = verifyChain(wholeChain(length), key)
  expect(problems).toEqual([])
  expect({ sealed, waiting, seq: head.seq }).toEqual({ sealed: length, waiting: 0, seq: length })
})

test('what was written this minute may still be without a seal', () => {
  const chain = wholeChain(3)
  chain.entries.push({ ...entryOf(4), at: chain.now })
  expect(verifyChain(chain, key)).toMatchObject({ problems: [], waiting: 1 })
})

test('a chain may be long', () => {
  const chain = wholeChain(150_000)
  expect(verifyChain(chain, key).problems).toEqual([])
  Object.assign(chain.entries[70_000] as object, { actor: 'other' })
  expect(kinds(chain)).toEqual([{ kind: 'edited', seq: 70_001, entryId: 70_001 }])
}, 30_000)

test('with another key nothing fits', () => {
  expect(verifyChain(wholeChain(3), 'another key').problems.length).toBeGreaterThan(0)
})

type Tampering = {
  why: string
  tamper: (chain: Chain) => void
  found: { kind: Kind; seq?: number; entryId?: number }[]
}

const tamperings: Tampering[] = [
  ...(['actor', 'role', 'action', 'subject', 'subject_id', 'address', 'result', 'request_id'] as const).map(
    (field) => ({
      why: `the ${field} of an entry is edited`,
      tamper: ({ entries }: Chain) => void Object.assign(entries[3] as object, { [field]: 'other' }),
      found: [{ kind: 'edited' as const, seq: 4, entryId: 4 }],
    }),
  ),
  {
    why: 'the time of an entry is edited by a microsecond',
    tamper: ({ entries }) => void Object.assign(entries[3] as object, { at: '2026-11-21T18:00:04.000001Z' }),
    found: [{ kind: 'edited', seq: 4, entryId: 4 }],
  },
  {
    why: 'a detail of an entry is edited',
    tamper: ({ entries }) => void Object.assign(entries[3] as object, { details: { stock: ['1', '5'] } }),
    found: [{ kind: 'edited', seq: 4, entryId: 4 }],
  },
  {
    why: 'the last entry is edited',
    tamper: ({ entries }) => void Object.assign(entries[7] as object, { actor: 'other' }),
    found: [{ kind: 'edited', seq: 8, entryId: 8 }],
  },
  {
    why: 'a seal is edited',
    tamper: (chain) => void Object.assign(at(chain, 4), { hmac: 'f'.repeat(64) }),
    found: [{ kind: 'edited', seq: 4, entryId: 4 }],
  },
  {
    why: 'an entry is deleted',
    tamper: ({ entries }) => void entries.splice(3, 1),
    found: [{ kind: 'deleted', seq: 4, entryId: 4 }],
  },
  {
    why: 'an entry is deleted with its seal',
    tamper: ({ entries, seals }) => void [entries.splice(3, 1), seals.splice(3, 1)],
    found: [{ kind: 'deleted', seq: 4 }],
  },
  {
    why: 'the first entry is deleted with its seal',
    tamper: ({ entries, seals }) => void [entries.shift(), seals.shift()],
    found: [{ kind: 'deleted', seq: 1 }],
  },
  {
    why: 'a seal alone is deleted',
    tamper: ({ seals }) => void seals.splice(3, 1),
    found: [{ kind: 'deleted', seq: 4 }],
  },
  {
    why: 'an entry is deleted with its seal, and the rest numbered anew',
    tamper: ({ entries, seals }) => {
      entries.splice(3, 1)
      seals.splice(3, 1)
      for (const seal of seals) if (seal.seq > 4) seal.seq -= 1
    },
    found: [{ kind: 'deleted', seq: 4, entryId: 5 }],
  },
  {
    why: 'an entry is inserted without a seal',
    tamper: ({ entries }) => void entries.push({ ...entryOf(9), at: '2026-11-21T18:00:04.500000Z' }),
    found: [{ kind: 'inserted', entryId: 9 }],
  },
  {
    why: 'an entry is inserted with the time of tomorrow, so that it never waits too long',
    tamper: ({ entries }) => void entries.push({ ...entryOf(9), at: '2026-11-22T18:00:04.500000Z' }),
    found: [{ kind: 'inserted', entryId: 9 }],
  },
  {
    why: 'an entry is put at the end with a seal by another key',
    tamper: ({ entries, seals }) => {
      entries.push(entryOf(9))
      seals.push({ seq: 9, entryId: 9, hmac: sealOf('another', seals[7]?.hmac as string, writer, entryOf(9)) })
    },
    found: [{ kind: 'inserted', seq: 9, entryId: 9 }],
  },
  {
    why: 'an entry is put in between with a seal by another key, and the rest numbered anew',
    tamper: ({ entries, seals }) => {
      for (const seal of seals) if (seal.seq > 4) seal.seq += 1
      entries.push({ ...entryOf(9), at: '2026-11-21T18:00:04.500000Z' })
      seals.push({ seq: 5, entryId: 9, hmac: 'e'.repeat(64) })
    },
    found: [{ kind: 'inserted', seq: 5, entryId: 9 }],
  },
  {
    why: 'an entry with a time of long ago was given to the writer, who sealed it',
    tamper: (chain) => {
      const entry = { ...entryOf(9), at: '2026-11-21T17:00:00.000000Z' }
      chain.entries.push(entry)
      chain.seals.push({ seq: 9, entryId: 9, hmac: sealOf(key, at(chain, 8).hmac, writer, entry) })
    },
    found: [{ kind: 'inserted', entryId: 9 }],
  },
  {
    why: 'two seals change places',
    tamper: (chain) => {
      const [a, b] = [at(chain, 4), at(chain, 5)]
      ;[a.seq, b.seq] = [b.seq, a.seq]
    },
    found: [
      { kind: 'reordered', seq: 4, entryId: 5 },
      { kind: 'reordered', seq: 5, entryId: 4 },
    ],
  },
  {
    why: 'two seals change entries',
    tamper: (chain) => {
      const [a, b] = [at(chain, 4), at(chain, 6)]
      ;[a.entryId, b.entryId] = [b.entryId, a.entryId]
    },
    found: [
      { kind: 'reordered', seq: 4, entryId: 6 },
      { kind: 'reordered', seq: 6, entryId: 4 },
    ],
  },
  {
    why: 'two entries change what they say',
    tamper: ({ entries }) => {
      const [a, b] = [entries[3], entries[5]] as [object, object]
      const [first, second] = [
        { ...a, id: 6 },
        { ...b, id: 4 },
      ]
      Object.assign(a, second)
      Object.assign(b, first)
    },
    found: [
      { kind: 'reordered', seq: 4, entryId: 4 },
      { kind: 'reordered', seq: 6, entryId: 6 },
    ],
  },
  {
    why: 'an entry is there twice',
    tamper: ({ entries }) => void entries.push({ ...entryOf(4), id: 9 }),
    found: [{ kind: 'duplicated', entryId: 9 }],
  },
  {
    why: 'an entry is there twice, and the writer sealed both',
    tamper: (chain) => {
      const entry = { ...entryOf(8), id: 9 }
      chain.entries.push(entry)
      chain.seals.push({ seq: 9, entryId: 9, hmac: sealOf(key, at(chain, 8).hmac, writer, entry) })
    },
    found: [{ kind: 'duplicated', entryId: 9 }],
  },
  {
    why: 'an old entry is replayed with its seal under new numbers',
    tamper: (chain) => {
      chain.entries.push({ ...entryOf(4), id: 9 })
      chain.seals.push({ seq: 9, entryId: 9, hmac: at(chain, 4).hmac })
    },
    found: [{ kind: 'replayed', seq: 9, entryId: 9 }],
  },
  {
    why: 'an entry of long ago is replayed, and the writer sealed it',
    tamper: (chain) => {
      const [late, again] = [
        { ...entryOf(9), at: '2026-11-21T18:05:00.000000Z' },
        { ...entryOf(4), id: 10 },
      ]
      chain.entries.push(late, again)
      const first = sealOf(key, at(chain, 8).hmac, writer, late)
      chain.seals.push({ seq: 9, entryId: 9, hmac: first })
      chain.seals.push({ seq: 10, entryId: 10, hmac: sealOf(key, first, writer, again) })
    },
    found: [{ kind: 'replayed', entryId: 10 }],
  },
  {
    why: 'an older state of the database is brought back',
    tamper: (chain) => Object.assign(chain, { ...wholeChain(5), anchors: chain.anchors, now: chain.now }),
    found: [{ kind: 'replayed', seq: 6 }],
  },
  {
    why: 'an older state of the database is brought back and gone on with',
    tamper: (chain) => {
      const other = { ...entryOf(6), actor: 'other' }
      const { entries, seals } = wholeChain(5)
      entries.push(other)
      seals.push({ seq: 6, entryId: 6, hmac: sealOf(key, seals[4]?.hmac as string, writer, other) })
      Object.assign(chain, { entries, seals, lastId: 6 })
    },
    found: [{ kind: 'replayed', seq: 6 }],
  },
  {
    why: 'the end is cut off',
    tamper: ({ entries, seals }) => void [entries.splice(5), seals.splice(5)],
    found: [{ kind: 'cut off', seq: 6 }],
  },
  {
    why: 'the seals at the end are cut off',
    tamper: ({ seals }) => void seals.splice(5),
    found: [{ kind: 'cut off', seq: 6 }],
  },
  {
    why: 'everything is cut off',
    tamper: ({ entries, seals }) => void [entries.splice(0), seals.splice(0)],
    found: [{ kind: 'cut off', seq: 1 }],
  },
  {
    why: 'the anchors are gone',
    tamper: ({ anchors }) => void anchors.splice(0),
    found: [{ kind: 'cut off' }],
  },
  {
    why: 'an acceptance is forged in the anchors',
    tamper: (chain) => {
      chain.entries.splice(5)
      chain.seals.splice(5)
      chain.anchors.push({ writer, seq: 5, hmac: at(chain, 5).hmac, at: '', accepted: true })
    },
    found: [{ kind: 'accepted', seq: 5 }],
  },
]

describe.each(tamperings)('$why', ({ tamper, found }) => {
  test('is found, by its kind and place', () => {
    const chain = structuredClone(wholeChain(8))
    tamper(chain)
    expect(kinds(chain)).toEqual(found.map(({ kind, seq, entryId }) => ({ kind, seq, entryId })))
  })
})

test('an anchor that a full disk cut short counts for nothing', () => {
  const whole = JSON.stringify({ writer, seq: 1, hmac: 'a', at: '' })
  expect(readAnchors(`\n${whole}\n${whole.slice(0, 20)}\n${whole}`)).toHaveLength(2)
})

test('what the operator accepted is not what anchors before it say', () => {
  const chain = wholeChain(8)
  chain.entries.splice(5)
  chain.seals.splice(5)
  chain.anchors.push({ writer, seq: 5, hmac: at(chain, 5).hmac, at: '', accepted: true })
  chain.accepted.add(`5 ${at(chain, 5).hmac}`)
  expect(kinds(chain)).toEqual([])
  chain.entries.splice(4)
  chain.seals.splice(4)
  expect(kinds(chain)).toMatchObject([{ kind: 'cut off', seq: 5 }])
})

test('whatever one thing is done to whatever chain, it is found', () => {
  const chains = fc.record({ length: fc.integer({ min: 1, max: 12 }), every: fc.integer({ min: 1, max: 4 }) })
  const fields = ['at', 'actor', 'role', 'action', 'subject', 'subject_id', 'address', 'result', 'request_id'] as const
  const acts = fc.record({
    act: fc.constantFrom(
      'edit',
      'detail',
      'seal',
      'delete',
      'delete both',
      'renumber',
      'insert',
      'swap',
      'copy',
      'cut',
    ),
    place: fc.nat(),
    other: fc.nat(),
    field: fc.constantFrom(...fields),
  })
  fc.assert(
    fc.property(chains, acts, ({ length, every }, { act, place, other, field }) => {
      const chain = structuredClone(wholeChain(length, every))
      expect(kinds(chain)).toEqual([])
      const [n, m] = [place % length, other % length]
      const { entries, seals } = chain
      const [entry, seal] = [entries[n] as object, seals[n] as Chain['seals'][number]]
      if (act === 'edit') Object.assign(entry, { [field]: '2026-11-21T18:00:00.5Z' })
      if (act === 'detail') Object.assign(entry, { details: { stock: other } })
      if (act === 'seal') seal.hmac = [...seal.hmac].reverse().join('')
      if (act === 'delete') entries.splice(n, 1)
      if (act === 'delete both' || act === 'renumber') void [entries.splice(n, 1), seals.splice(n, 1)]
      if (act === 'renumber') for (const { seq } of seals) if (seq > n + 1) (seals[seq - 2] as typeof seal).seq -= 1
      if (act === 'insert') entries.push({ ...entryOf(length + 1), actor: 'other' })
      if (act === 'swap' && n === m) return
      if (act === 'swap') [seal.seq, at(chain, m + 1).seq] = [m + 1, n + 1]
      if (act === 'copy') entries.push({ ...entryOf(n + 1), id: length + 1 })
      if (act === 'cut') void [entries.splice(n), seals.splice(n)]
      expect(kinds(chain)).not.toEqual([])
    }),
    { numRuns: 500 },
  )
})
