import { type Place, writeDown } from './operator-trail.ts'
import { appendAnchor } from './read-chain.ts'

type Accepted = { seq: number; hmac: string; anchored: number; reason: string }

/** Written down by the operator first; the anchor alone would count for nothing. The writer's container has to run. */
export async function acceptTrail(place: Place, writer: string, details: Accepted): Promise<void> {
  writeDown(place, { action: 'trail.accepted', subject: 'trail', subject_id: writer, details })
  const { seq, hmac } = details
  await appendAnchor(writer, JSON.stringify({ writer, seq, hmac, at: new Date().toISOString(), accepted: true }))
}
