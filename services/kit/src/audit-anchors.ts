import { constants } from 'node:fs'
import { open } from 'node:fs/promises'
import { genesis } from './audit-entry.ts'

/** Where a chain had come to, written down outside the database that holds the chain. */
export type Anchor = {
  writer: string
  /** Of the last seal; 0 before the first. */
  seq: number
  hmac: string
  at: string
  /** The operator took the chain as it was then, although anchors before said otherwise. */
  accepted?: true
}

export type Anchors = ReturnType<typeof anchorFile>

/** More than a line has, so that the last one is in it. */
const tail = 4_096

/**
 * One line for each anchor, appended and on disk when `append` resolves. A line that a full disk cut short counts for nothing. Only the
 * first of all makes the file: one that is gone later was taken away.
 */
export function anchorFile(path: string, writer: string) {
  async function append(seq: number, hmac: string): Promise<Anchor> {
    const anchor: Anchor = { writer, seq, hmac, at: new Date().toISOString() }
    await using file = await open(path, seq === 0 ? 'a' : constants.O_WRONLY | constants.O_APPEND, 0o600)
    await file.appendFile(`\n${JSON.stringify(anchor)}`)
    await file.sync()
    return anchor
  }

  return {
    append,

    /** @returns the anchor that counts: the last one; undefined where there is no file */
    async last(): Promise<Anchor | undefined> {
      return readAnchors((await readTail(path)) ?? '').at(-1)
    },

    /** The first of all, before anything is sealed: from then on a chain without anchor is one that lost them. */
    begin: () => append(0, genesis),
  }
}

/** The anchors in a file's text, or in its end, oldest first. */
export function readAnchors(text: string): Anchor[] {
  return text.split('\n').flatMap((line) => {
    try {
      return line === '' ? [] : [JSON.parse(line) as Anchor]
    } catch {
      return []
    }
  })
}

async function readTail(path: string): Promise<string | undefined> {
  try {
    await using file = await open(path)
    const { size } = await file.stat()
    const { buffer, bytesRead } = await file.read(Buffer.alloc(tail), 0, tail, Math.max(0, size - tail))
    return buffer.toString('utf8', 0, bytesRead)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}
