import { docker } from '../stack/docker.ts'
import { Failure } from '../stack/failure.ts'
import { leadBack, leadToCopy } from './edge.ts'
import { illness, showLog } from './health.ts'
import { adopt, nextImage, takeBack } from './images.ts'
import { contract, expand } from './migrations.ts'
import { forgetCopies, knowCopy } from './policy.ts'
import { copyName, removeCopy, startCopy } from './second-copy.ts'
import { type Shop, serviceOf } from './shop.ts'
import { countFully, startBehind } from './weight.ts'

/**
 * Replaces a service while a second copy of it serves. Whatever becomes of this process, one of the two is healthy and asked: the old one
 * until the copy is healthy, then the copy, until the new one is healthy in the old one's place.
 */
export async function replaceBeside(shop: Shop, service: string, patience: number): Promise<void> {
  const declared = serviceOf(shop, service)
  const started = performance.now()
  const say = (what: string) =>
    console.log(`${service}: ${what}, at ${((performance.now() - started) / 1_000).toFixed(1)} s`)

  for (const migration of await expand(service)) say(`${migration} is applied`)
  await knowCopy(service)
  await startCopy(shop, service, nextImage(declared.image))
  await startBehind(copyName(shop, service))
  const why = await illness(copyName(shop, service), patience)
  if (why) {
    console.error(`${service}: the new one is ${why}; the end of its log:`)
    await showLog(copyName(shop, service))
    await withdraw(shop, service)
    throw new Failure(`expected the new ${service} to become healthy but it is ${why}; the old one was not touched`)
  }
  await countFully(copyName(shop, service))
  await knowCopy(service, true)
  await leadToCopy(shop, service).catch(async (error: Failure) => {
    await withdraw(shop, service)
    throw new Failure(`${error.message}; the old one was not touched`)
  })
  say('the new one is healthy beside the old one')

  await adopt(declared)
  await renew(shop, service)
  say('the old one is replaced')
  const found = await illness(declared.container_name, patience)
  if (found) {
    console.error(`${service}: in its place the new one is ${found}; the end of its log:`)
    await showLog(declared.container_name)
    await goBack(shop, service, patience)
    await withdraw(shop, service)
    throw new Failure(`expected the new ${service} to become healthy but it is ${found}; the old one is back`)
  }
  await countFully(declared.container_name)
  await withdraw(shop, service)
  for (const migration of await contract(service)) say(`${migration} is applied`)
  say('the new one is healthy in its place')
}

/** Another container in the place of the one that is there, of what the shop's tag names by now. */
export async function renew(shop: Shop, service: string): Promise<void> {
  const { container_name } = serviceOf(shop, service)
  await docker('stop', container_name).catch(() => {})
  await docker('rm', '--force', '--volumes', container_name).catch(() => {})
  await docker('compose', 'up', '--detach', '--no-build', service)
  await startBehind(container_name)
}

/** What ran before, in its place again. */
export async function goBack(shop: Shop, service: string, patience: number): Promise<void> {
  const declared = serviceOf(shop, service)
  const known = await takeBack(declared)
  if (known) await renew(shop, service)
  const why = known ? await illness(declared.container_name, patience) : 'not known any more'
  await countFully(declared.container_name)
  if (why) {
    throw new Failure(
      `expected the old ${service} to be healthy again but it is ${why}; its second copy goes on serving`,
      `docker logs ${declared.container_name}, then scripts/update.sh again, which goes on from here`,
    )
  }
}

/** The second copy goes, when its requests are answered. */
export async function withdraw(shop: Shop, service: string): Promise<void> {
  await leadBack(shop, service)
  await removeCopy(shop, service)
  await forgetCopies()
}
