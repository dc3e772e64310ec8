type Waiting<Input, Output> = { input: Input; resolve(output: Output): void; reject(error: unknown): void }

/**
 * Turns calls into groups: what is asked for while a group is under way becomes the next one. A lone call waits for nothing.
 * Under load a transaction costs more than its rows, and calls that want the same row would queue for it one by one.
 *
 * @param runMany answers in the order it was asked, and is never called while it runs
 * @param limit of the calls in a group
 */
export function grouped<Input, Output>(
  runMany: (inputs: Input[]) => Promise<Output[]>,
  limit = 100,
): (input: Input) => Promise<Output> {
  const waiting: Waiting<Input, Output>[] = []
  let running = false

  async function runGroup(group: Waiting<Input, Output>[]): Promise<void> {
    try {
      const outputs = await runMany(group.map(({ input }) => input))
      for (const [index, { resolve }] of group.entries()) resolve(outputs[index] as Output)
    } catch (error) {
      for (const { reject } of group) reject(error)
    }
  }

  async function work(): Promise<void> {
    while (waiting.length > 0) await runGroup(waiting.splice(0, limit))
    running = false
  }

  return (input) =>
    new Promise((resolve, reject) => {
      waiting.push({ input, resolve, reject })
      if (running) return
      running = true
      // What else came in with this turn of the event loop goes along.
      setImmediate(work)
    })
}
