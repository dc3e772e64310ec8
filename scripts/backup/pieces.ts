type Piece = {
  piece: Buffer
  last: boolean
  /** What stood before the first piece. */
  header?: Buffer
}

const longestHeader = 4096

/**
 * Cuts a stream into pieces of one size; only the last is smaller, and only one of an empty stream is empty.
 *
 * @param headerSize of what comes first, from its first bytes; undefined while, or because, they do not tell
 */
export async function* piecesOf(
  source: AsyncIterable<Buffer>,
  size: number,
  headerSize: (bytes: Buffer) => number | undefined = () => 0,
): AsyncGenerator<Piece> {
  let waiting: Buffer[] = []
  let length = 0
  let header: Buffer | undefined

  function take(count: number): Buffer {
    const all = waiting.length === 1 ? (waiting[0] as Buffer) : Buffer.concat(waiting)
    waiting = [all.subarray(count)]
    length -= count
    return all.subarray(0, count)
  }

  let begun = false
  for await (const chunk of source) {
    waiting.push(chunk)
    length += chunk.length
    if (!begun) {
      const first = headerSize(Buffer.concat(waiting))
      if (first === undefined && length > longestHeader) break
      if (first === undefined || length < first) continue
      header = first > 0 ? take(first) : undefined
      begun = true
    }
    // The last one is known only by what follows it.
    while (length > size) {
      yield { piece: take(size), last: false, ...(header && { header }) }
      header = undefined
    }
  }
  yield { piece: take(length), last: true, ...(begun && header && { header }) }
}
