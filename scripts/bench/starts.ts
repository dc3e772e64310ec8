import { withOwnStack } from './own-stack.ts'
import { say } from './session.ts'

export type Starts = { cold: number; warm: number; unchanged: number }

/**
 * Seconds until all is healthy, measured on a stack of its own beside the shop:
 * cold = no secrets, containers or data; warm = after npm stop; unchanged = while it runs.
 */
export function measureStarts(): Promise<Starts> {
  say('starting a stack of its own, three times')
  return withOwnStack(async ({ run }) => {
    const start = () => run('bash', 'scripts/start.sh')
    const cold = await start()
    await run('bash', 'scripts/stop.sh')
    return { cold, warm: await start(), unchanged: await start() }
  })
}
