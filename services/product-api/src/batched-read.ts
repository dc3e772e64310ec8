type Waiting<Value> = { resolve(value: Value | undefined): void; reject(error: unknown): void }

/**
 * Turns a read of many rows into a read of one that is shared: what is asked for in one turn of the event loop becomes one
 * query. A lone read waits for nothing; under load a query costs more than its rows, so each round trip carries as many reads
 * as there are.
 *
 * @param readMany answers in any order and leaves out what does not exist
 */
export function batchedRead<Value extends { id: number }>(
  readMany: (ids: number[]) => Promise<Value[]>,
): (id: number) => Promise<Value | undefined> {
  let batch = new Map<number, Waiting<Value>[]>()

  async function send(): Promise<void> {
    const sent = batch
    batch = new Map()
    try {
      const found = new Map((await readMany([...sent.keys()])).map((value) => [value.id, value]))
      for (const [id, waiting] of sent) for (const { resolve } of waiting) resolve(found.get(id))
    } catch (error) {
      for (const waiting of sent.values()) for (const { reject } of waiting) reject(error)
    }
  }

  return (id) =>
    new Promise((resolve, reject) => {
      if (batch.size === 0) setImmediate(send)
      const waiting = batch.get(id)
      if (waiting) waiting.push({ resolve, reject })
      else batch.set(id, [{ resolve, reject }])
    })
}
