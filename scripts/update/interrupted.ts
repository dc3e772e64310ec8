import type { Failure } from '../stack/failure.ts'
import { clearTheEdge, leadToCopy } from './edge.ts'
import { illness } from './health.ts'
import { forgetCopies, servingCopies } from './policy.ts'
import { goBack, renew, withdraw } from './replace-beside.ts'
import { copiesThere, copyName } from './second-copy.ts'
import { type Shop, serviceOf } from './shop.ts'
import { countFully } from './weight.ts'

/** Clears up behind an update that was killed: first the service itself is healthy, then its second copy goes. @returns of which services */
export async function finishInterrupted(shop: Shop, patience: number): Promise<string[]> {
  const interrupted = await copiesThere(shop)
  for (const service of interrupted) {
    console.log(`${service}: an update was interrupted; clearing up behind it`)
    const { container_name } = serviceOf(shop, service)
    const ending = await mayBeEnding(shop, service)
    // It may have been killed when the copy had a share of the requests only.
    if (ending) await leadToCopy(shop, service).catch(({ message }: Failure) => console.error(message))
    if (ending || (await illness(container_name, patience))) {
      await renew(shop, service)
      if (await illness(container_name, patience)) await goBack(shop, service, patience)
    }
    await countFully(container_name)
    await withdraw(shop, service)
  }
  await forgetCopies()
  await clearTheEdge()
  return interrupted
}

/** Once its second copy serves, a service may have been told to end; it is healthy until it has answered whom it has in hand. */
async function mayBeEnding(shop: Shop, service: string): Promise<boolean> {
  return (await servingCopies()).includes(service) && (await illness(copyName(shop, service), 1)) === undefined
}
