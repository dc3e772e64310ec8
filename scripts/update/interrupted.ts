import { illness } from './health.ts'
import { forgetCopies, servingCopies } from './policy.ts'
import { goBack, renew, withdraw } from './replace-beside.ts'
import { copiesThere, copyName } from './second-copy.ts'
import { type Shop, serviceOf } from './shop.ts'

/** Clears up behind an update that was killed: first the service itself is healthy, then its second copy goes. */
export async function finishInterrupted(shop: Shop, patience: number): Promise<void> {
  for (const service of await copiesThere(shop)) {
    console.log(`${service}: an update was interrupted; clearing up behind it`)
    const { container_name } = serviceOf(shop, service)
    if ((await mayBeEnding(shop, service)) || (await illness(container_name, patience))) {
      await renew(shop, service)
      if (await illness(container_name, patience)) await goBack(shop, service, patience)
    }
    await withdraw(shop, service)
  }
  await forgetCopies()
}

/** Once its second copy serves, a service may have been told to end; it is healthy until it has answered whom it has in hand. */
async function mayBeEnding(shop: Shop, service: string): Promise<boolean> {
  return (await servingCopies()).includes(service) && (await illness(copyName(shop, service), 1)) === undefined
}
