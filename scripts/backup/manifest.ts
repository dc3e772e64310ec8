import { Failure } from '../stack/failure.ts'
import type { Facts } from './facts.ts'
import type { Fingerprints } from './fingerprints.ts'

/** What a backup says of itself: encrypted, as all of it is, so it is as true as the key is secret. */
export type Manifest = {
  format: 1
  project: string
  /** When the three states were those that it has. */
  takenAt: string
  secrets: Fingerprints
  /** By name; `sha256` is that of the encrypted dump, so that none of another backup takes its place. */
  databases: Record<string, Facts & { sha256: string }>
}

export function parseManifest(text: string, name: string): Manifest {
  const { format, ...rest } = JSON.parse(text) as Manifest
  if (format !== 1) {
    throw new Failure(
      `${name} is of format ${format}, which is newer than this checkout`,
      'take a checkout of its time',
    )
  }
  return { format, ...rest }
}
