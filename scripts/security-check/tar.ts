import type { Readable } from 'node:stream'

export type Entry = { path: string; mode: number; type: string; capabilities: boolean; content?: Buffer }

const BLOCK = 512

/**
 * What is in a tar stream: paths, mode bits and whether a file carries capabilities, which a container has no tool to show;
 * the content of files that are wanted. PAX headers (type x) describe the entry after them.
 */
export async function* readTar(
  stream: Readable,
  wanted: (path: string) => boolean = () => false,
): AsyncGenerator<Entry> {
  let buffer: Buffer = Buffer.alloc(0)
  let skip = 0
  let pax: string | undefined
  for await (const chunk of stream) {
    buffer = buffer.length === 0 ? chunk : Buffer.concat([buffer, chunk])
    for (;;) {
      const skipped = Math.min(skip, buffer.length)
      buffer = buffer.subarray(skipped)
      skip -= skipped
      if (skip > 0 || buffer.length < BLOCK) break

      const header = buffer.subarray(0, BLOCK)
      const size = Number.parseInt(text(header, 124, 12), 8) || 0
      const padded = Math.ceil(size / BLOCK) * BLOCK
      const type = String.fromCharCode(header[156] ?? 0)
      if (type === 'x') {
        if (buffer.length < BLOCK + padded) break
        pax = buffer.subarray(BLOCK, BLOCK + size).toString('latin1')
        buffer = buffer.subarray(BLOCK + padded)
        continue
      }
      const path = /\d+ path=(.*)\n/.exec(pax ?? '')?.[1] ?? pathOf(header)
      const withContent = type === '0' && wanted(path)
      if (withContent && buffer.length < BLOCK + padded) break
      if (path !== '')
        yield {
          path,
          mode: Number.parseInt(text(header, 100, 8), 8),
          type,
          capabilities: pax?.includes('security.capability') ?? false,
          ...(withContent && { content: Buffer.from(buffer.subarray(BLOCK, BLOCK + size)) }),
        }
      pax = undefined
      buffer = buffer.subarray(BLOCK)
      skip = padded
    }
  }
}

/** Long paths are in two fields. */
function pathOf(header: Buffer): string {
  const prefix = text(header, 257, 5) === 'ustar' ? text(header, 345, 155) : ''
  return prefix ? `${prefix}/${text(header, 0, 100)}` : text(header, 0, 100)
}

function text(header: Buffer, start: number, length: number): string {
  const field = header.subarray(start, start + length).toString('latin1')
  return field.replace(/\0.*$/s, '').trim()
}
