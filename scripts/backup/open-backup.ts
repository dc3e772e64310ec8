import { text } from 'node:stream/consumers'
import { Failure } from '../stack/failure.ts'
import { decryptWith } from './age.ts'
import { checkSums, readPart } from './archive.ts'
import { type Manifest, parseManifest } from './manifest.ts'
import { dumpPart, manifestPart } from './part.ts'

/** Looks at every byte of it. @throws Failure where one is not what it was, or the key another */
export async function openBackup(file: string, key: string): Promise<Manifest> {
  const sums = await checkSums(file)
  const plain = decryptWith(key, file)(readPart(file, manifestPart))
  const manifest = parseManifest(await text(plain), file)
  for (const [database, { sha256 }] of Object.entries(manifest.databases)) {
    if (sums[dumpPart(database)] === sha256) continue
    throw new Failure(
      `the dump of ${database} in ${file} is of another backup`,
      'take another one; this one was not used',
    )
  }
  return manifest
}

/** A database's dump, as pg_restore takes it. */
export function readDump(file: string, database: string, key: string): AsyncGenerator<Buffer> {
  return decryptWith(key, file)(readPart(file, dumpPart(database)))
}
