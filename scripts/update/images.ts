import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { docker } from '../stack/docker.ts'
import { Failure } from '../stack/failure.ts'
import { setting } from '../stack/settings.ts'
import { type ComposeService, type Shop, serviceOf } from './shop.ts'

/** What the shop will run. Its own tag still names what it runs, so that nothing but this script starts the new one. */
export const nextImage = (image: string) => `${image}-next`

/** What it ran, until the new one is healthy in its place. */
const beforeImage = (image: string) => `${image}-before`

export async function buildImages(shop: Shop, services: string[]): Promise<void> {
  const started = performance.now()
  const built = [...new Set(services.map((service) => builderOf(shop, service)))]
  console.log(`Building ${built.join(', ')}`)
  // The tag is the last part of each image's name.
  const env = { ...process.env, IMAGE_TAG: nextImage(setting('IMAGE_TAG', '1.0.0')) }
  const script = '. scripts/start/build-images.sh; build_images "$@"'
  try {
    await promisify(execFile)('bash', ['-euc', script, 'build', ...built], { env, maxBuffer: 256 * 1024 * 1024 })
  } catch (error) {
    const lines = (error as { stderr: string }).stderr.trim().split('\n').slice(-12)
    for (const line of lines) console.error(`  | ${line}`)
    throw new Failure('expected the images to be built but found the above; nothing was replaced')
  }
  console.log(`Built, after ${((performance.now() - started) / 1_000).toFixed(0)} s`)
}

/** Of services that run one image, the one that has its build. */
function builderOf(shop: Shop, name: string): string {
  const { image, build } = serviceOf(shop, name)
  if (build) return name
  return Object.entries(shop.services).find(([, other]) => other.image === image && other.build)?.[0] ?? name
}

/** Before anything is replaced: there is a new image for each. */
export async function requireImages(shop: Shop, services: string[]): Promise<void> {
  for (const service of services) {
    const image = nextImage(serviceOf(shop, service).image)
    if (!(await idOf(image)))
      throw new Failure(`expected the image ${image} but did not find it`, 'scripts/update.sh builds it')
  }
}

/** Whether its container runs the new image already, as it is declared. */
export async function isCurrent(shop: Shop, service: string): Promise<boolean> {
  const { image, container_name } = serviceOf(shop, service)
  const { id, hash } = await running(container_name)
  const declared = await docker('compose', 'config', '--hash', service)
  return id === (await idOf(nextImage(image))) && declared.trim() === `${service} ${hash}`
}

/** The shop's tag is for the new image from here on. What the container runs that is replaced is known by another tag. */
export async function adopt({ image, container_name }: ComposeService): Promise<void> {
  await docker('tag', (await running(container_name)).id, beforeImage(image))
  await docker('tag', nextImage(image), image)
}

/** The shop's tag is for what ran before. @returns whether that is known */
export async function takeBack({ image }: ComposeService): Promise<boolean> {
  if (!(await idOf(beforeImage(image)))) return false
  await docker('tag', beforeImage(image), image)
  return true
}

/** Removes the tags that only an update needs. One stays that names what another service runs yet, as databases do that share an image. */
export async function forgetTags(shop: Shop, services: string[]): Promise<void> {
  const images = new Set(services.map((service) => serviceOf(shop, service).image))
  for (const tag of [...images].flatMap((image) => [beforeImage(image), nextImage(image)])) {
    if (await idOf(tag)) await docker('image', 'rm', tag).catch(() => {})
  }
}

async function running(container: string): Promise<{ id: string; hash: string }> {
  const format = '{{.Image}} {{index .Config.Labels "com.docker.compose.config-hash"}}'
  const text = await docker('inspect', '--format', format, container).catch(() => {
    throw new Failure(`expected the container ${container} but did not find it`, 'npm start')
  })
  const [id = '', hash = ''] = text.trim().split(' ')
  return { id, hash }
}

async function idOf(image: string): Promise<string | undefined> {
  return docker('image', 'inspect', '--format', '{{.Id}}', image).then(
    (id) => id.trim(),
    () => undefined,
  )
}
