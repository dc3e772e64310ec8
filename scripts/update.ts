// What scripts/update.sh runs, one at a time.
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { Failure, orUsage, runScript } from './stack/failure.ts'
import { buildImages, forgetTags, isCurrent, requireImages } from './update/images.ts'
import { replaceInPlace } from './update/in-place.ts'
import { finishInterrupted } from './update/interrupted.ts'
import { refuseQuarantined } from './update/policy.ts'
import { replaceBeside } from './update/replace-beside.ts'
import { readShop, type Shop } from './update/shop.ts'

/** Milliseconds in which what was replaced makes its connections and compiles its code, before processors have the next one to start too. */
const settling = 4_000

const usage = 'scripts/update.sh [SERVICE…] [--no-build] [--force] [--patience SECONDS] | --finish'

await runScript(async () => {
  const { names, build, force, patience, finish } = options()
  const shop = readShop()
  if (finish) return forgetTags(shop, await finishInterrupted(shop, patience))
  const chosen = choose(shop, names)
  await refuseQuarantined(chosen)
  await finishInterrupted(shop, patience)
  try {
    if (build) await buildImages(shop, chosen)
    await requireImages(shop, chosen)
    let replaced = 0
    for (const service of chosen) {
      if (!force && (await isCurrent(shop, service))) console.log(`${service}: is current`)
      else {
        if (replaced++ > 0) await sleep(settling)
        await (shop.beside.includes(service) ? replaceBeside : replaceInPlace)(shop, service, patience)
      }
    }
  } finally {
    await forgetTags(shop, chosen)
  }
})

/** Those named, with who shares an image with them, or all that leave no gap; in an order in which nobody meets a caller that is newer than what it calls. */
function choose({ beside, services }: Shop, names: string[]): string[] {
  const all = Object.keys(services).sort()
  const unknown = names.find((name) => !all.includes(name))
  if (unknown !== undefined) throw new Failure(`expected ${all.join(', ')} but found "${unknown}"`, usage)
  const first = 'network-policy'
  const others = all.filter((name) => ![first, ...beside].includes(name))
  const images = new Set((names.length > 0 ? names : [first, ...beside]).map((name) => services[name]?.image))
  return [first, ...others, ...beside].filter((name) => images.has(services[name]?.image))
}

function options() {
  return orUsage(usage, () => {
    const { positionals, values } = parseArgs({
      allowPositionals: true,
      options: {
        'no-build': { type: 'boolean', default: false },
        force: { type: 'boolean', default: false },
        finish: { type: 'boolean', default: false },
        patience: { type: 'string', default: '60' },
      },
    })
    if (values.finish && positionals.length > 0) {
      throw new Error(`expected --finish alone but found ${positionals.join(' ')}`)
    }
    const patience = Number(values.patience)
    if (!(patience >= 1)) throw new Error(`expected --patience to be seconds but found ${values.patience}`)
    return { ...values, names: positionals, build: !values['no-build'], patience }
  })
}
