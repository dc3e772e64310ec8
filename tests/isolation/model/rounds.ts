type Aimed = { network: string; frame: Buffer }

const macAt = (frame: Buffer, at: number) => frame.toString('hex', at, at + 6)

/**
 * Splits frames, kept in order, into rounds. A frame with a MAC that is not its writer's teaches the bridge a wrong place for it,
 * and what is sent to that MAC next goes nowhere, whatever the rules say. So it waits for the next round, before which the owner speaks.
 */
export function inRounds<Frame extends Aimed>(frames: Frame[]): Frame[][] {
  const rounds: Frame[][] = []
  let misplaced = new Set<string>()
  for (const aimed of frames) {
    const round = rounds.at(-1)
    if (round === undefined || misplaced.has(`${aimed.network} ${macAt(aimed.frame, 0)}`)) {
      rounds.push([aimed])
      misplaced = new Set()
    } else {
      round.push(aimed)
    }
    misplaced.add(`${aimed.network} ${macAt(aimed.frame, 6)}`)
  }
  return rounds
}
