// Loaded before a service (node --import), in the containers that npm run bench makes for itself: each module of the kit that
// STAND_INS names is replaced by the file of that name beside this one, which alone gets the module itself.
import { registerHooks } from 'node:module'

const standIns = new Map(
  (process.env.STAND_INS ?? '')
    .split(' ')
    .map((name) => [import.meta.resolve(`@secure-ecommerce/kit/${name}`), new URL(`${name}.ts`, import.meta.url).href]),
)

registerHooks({
  resolve(specifier, context, next) {
    const found = next(specifier, context)
    const standIn = standIns.get(found.url)
    return standIn && context.parentURL !== standIn ? { ...found, url: standIn } : found
  },
})
