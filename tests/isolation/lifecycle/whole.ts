import { docker, eventually } from '../../stack.ts'
import { inspectStack } from '../inspect-stack.ts'

/** Waits until every container of the stack runs and is healthy. */
export async function whole(): Promise<void> {
  for (const { id, container } of (await inspectStack()).services) {
    await eventually(90, async () => {
      const { State } = await docker.getContainer(id).inspect()
      if (State.Health?.Status !== 'healthy') throw new Error(`${container} is ${State.Health?.Status ?? State.Status}`)
      return true
    })
  }
}
