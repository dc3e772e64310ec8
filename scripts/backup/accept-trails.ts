import { acceptTrail } from '../audit/accept-trail.ts'
import { placeIn } from '../audit/operator-trail.ts'
import { readAnchorsOf } from '../audit/read-chain.ts'
import { type Writer, writers } from '../audit/writers.ts'
import { runningContainer } from '../stack/docker.ts'
import { auditFolder, secretsFolder } from '../stack/folders.ts'
import { openSession } from '../stack/session.ts'
import { selectFacts } from './facts.ts'

/**
 * An older state is behind its anchors, and its service would change nothing for that. The operator wanted it, and the operator's trail
 * says so; what the anchors had come to stays written there and in their files.
 */
export async function acceptTrails(reason: string): Promise<void> {
  const place = placeIn(auditFolder(), secretsFolder())
  async function accept({ writer, container, database }: Writer): Promise<void> {
    await using session = openSession(await runningContainer(container), database)
    const [{ head }, anchors] = await Promise.all([selectFacts(session), readAnchorsOf(writer)])
    const last = anchors.at(-1)
    if (last?.hmac !== head.hmac) await acceptTrail(place, writer, { ...head, anchored: last?.seq ?? 0, reason })
  }
  await Promise.all(writers.map(accept))
}
