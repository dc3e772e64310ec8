import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { open } from 'node:fs/promises'
import type { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { Failure } from '../stack/failure.ts'
import { parseSums } from './fingerprints.ts'

/**
 * A backup is a tar file of encrypted parts, which anybody can check (`tar -xf FILE && sha256sum -c SHA256SUMS`) and only the key opens.
 */
export const sumsName = 'SHA256SUMS'

/** On disk when it resolves. */
export async function pack(folder: string, names: string[], file: string): Promise<void> {
  await collect(tar('--create', '--file', file, '--owner=0', '--group=0', '--directory', folder, ...names))
  await using written = await open(file)
  await written.sync()
}

/** Reads every byte. @returns the sum of each part. @throws Failure where one is not what it was, or missing */
export async function checkSums(file: string): Promise<Record<string, string>> {
  if (!existsSync(file)) throw new Failure(`expected ${file} but found none`)
  const damaged = new Failure(`${file} is damaged, or no backup`, 'take another one; this one was not used')
  const sums = parseSums(await textOf(file, sumsName).catch(() => Promise.reject(damaged)))
  if (Object.keys(sums).length === 0) throw damaged
  for (const [name, sum] of Object.entries(sums)) {
    // Nobody has vouched for this list yet, and tar would take a name for more than a name.
    if (!/^[a-z]+\.(json|dump)\.age$/.test(name)) throw damaged
    const found = await sumOf(file, name).catch(() => 'none')
    if (found !== sum) throw damaged
  }
  return sums
}

/** A part as it is in the file. Its stream ends with an error where tar finds no such part. */
export async function* readPart(file: string, name: string): AsyncGenerator<Buffer> {
  const child = tar('--extract', '--to-stdout', '--file', file, '--', name)
  const complaint = text(child.stderr)
  const closed = once(child, 'close')
  for await (const chunk of child.stdout as Readable) yield chunk
  const [status] = await closed
  if (status !== 0) throw new Failure(`${file}: ${(await complaint).trim()}`)
}

async function sumOf(file: string, name: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of readPart(file, name)) hash.update(chunk)
  return hash.digest('hex')
}

const textOf = async (file: string, name: string) => text(readPart(file, name))

function tar(...args: string[]) {
  return spawn('tar', args, { stdio: ['ignore', 'pipe', 'pipe'] })
}

async function collect(child: ReturnType<typeof tar>): Promise<void> {
  const [complaint, [status]] = await Promise.all([text(child.stderr), once(child, 'close'), text(child.stdout)])
  if (status !== 0) throw new Failure(`tar: ${complaint.trim()}`)
}
