import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { text } from 'node:stream/consumers'
import { pipeline } from 'node:stream/promises'
import type { Writer } from '../audit/writers.ts'
import { Failure } from '../stack/failure.ts'
import { encryptWith } from './age.ts'

export const manifestPart = 'manifest.json.age'
export const dumpPart = (database: string) => `${database}.dump.age`

/** Never on disk but encrypted. @returns the sum of what is in the file */
export async function writePart(plain: AsyncIterable<Buffer>, key: string, file: string): Promise<string> {
  const hash = createHash('sha256')
  async function* summed(encrypted: AsyncIterable<Buffer>) {
    for await (const chunk of encrypted) {
      hash.update(chunk)
      yield chunk
    }
  }
  const written = createWriteStream(file, { mode: 0o600, flags: 'wx', flush: true })
  await pipeline(plain, encryptWith(key), summed, written).catch((error: Error) => {
    throw error instanceof Failure ? error : new Failure(`${file} could not be written: ${error.message}`)
  })
  return hash.digest('hex')
}

/** A database, and where it changes meanwhile the snapshot of it. */
type Dumped = { writer: Writer; container: string; id?: string }

/** Everything in it: rows, schema, owners, grants and policies. */
export async function* dump({ writer, container, id }: Dumped): AsyncGenerator<Buffer> {
  const options = ['--format', 'custom', '--compress', 'zstd:3', ...(id ? ['--snapshot', id] : [])]
  const target = ['--username', 'postgres', '--dbname', writer.database]
  const child = spawn('docker', ['exec', container, 'pg_dump', ...options, ...target], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const complaint = text(child.stderr)
  const closed = once(child, 'close')
  yield* child.stdout
  const [status] = await closed
  if (status !== 0)
    throw new Failure(`${writer.container}: ${(await complaint).trim() || `pg_dump ended with ${status}`}`)
}
