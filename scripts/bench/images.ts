import { docker } from '../stack/docker.ts'
import { setting } from '../stack/settings.ts'

/** Of `docker image inspect`, what is used here. */
export type Image = { RepoTags: string[]; Size: number; RootFS: { Layers: string[] } }

export type ImageSize = { image: string; bytes: number; base: string | null; beyondBase: number | null }

/** Sizes of the images that the containers run, each with what it adds to the outside image it is built on. */
export async function imageSizes(containers: string[]): Promise<ImageSize[]> {
  const ids = (await docker('inspect', '--format', '{{.Image}}', ...containers)).trim().split('\n')
  const defaults = { NODE_IMAGE: 'node:24.21.0-trixie-slim', DEBIAN_IMAGE: 'debian:13.7-slim' }
  const names = Object.entries(defaults).map(([name, image]) => setting(name, image))
  const bases = await Promise.all(names.map((name) => inspect(name).catch(() => [])))
  const images = await inspect(...new Set(ids))
  return images.map((image) => sizeOf(image, bases.flat())).toSorted((a, b) => a.image.localeCompare(b.image))
}

/** The base is the largest of `bases` whose layers the image begins with; null where none of them is. */
export function sizeOf(image: Image, bases: Image[]): ImageSize {
  const base = bases
    .filter(({ RootFS }) => RootFS.Layers.every((layer, index) => image.RootFS.Layers[index] === layer))
    .toSorted((a, b) => b.Size - a.Size)[0]
  return {
    image: image.RepoTags[0] ?? '(no name any more)',
    bytes: image.Size,
    base: base?.RepoTags[0] ?? null,
    beyondBase: base ? image.Size - base.Size : null,
  }
}

async function inspect(...images: string[]): Promise<Image[]> {
  return JSON.parse(await docker('image', 'inspect', ...images))
}
