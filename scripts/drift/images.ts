import { docker } from '../stack/docker.ts'
import type { Failure } from '../stack/failure.ts'
import type { Deviation } from './deviation.ts'
import type { Running } from './running.ts'

/** Containers that go on running an image whose tag has become another's, or has gone. */
export async function imageDeviations(running: Running[]): Promise<Deviation[]> {
  const tags = [...new Set(running.map(({ info }) => info.Config.Image))]
  const ids = new Map(await Promise.all(tags.map(async (tag) => [tag, await idOf(tag)] as const)))
  return running.flatMap(({ service, info }): Deviation[] => {
    const id = ids.get(info.Config.Image)
    if (id === info.Image) return []
    const expected = `the image that is ${info.Config.Image} now (${id ? short(id) : 'none'})`
    return [{ kind: 'image', target: service, expected, found: `another (${short(info.Image)})` }]
  })
}

async function idOf(tag: string): Promise<string | undefined> {
  const text = await docker('image', 'inspect', '--format', '{{.Id}}', tag).catch((error: Failure) => {
    if (/no such image/i.test(error.message)) return ''
    throw error
  })
  return text.trim() || undefined
}

const short = (id: string) => id.replace('sha256:', '').slice(0, 12)
