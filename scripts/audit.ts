// Reads the shop's audit trail: who did what, when, to what, from where.
// Usage: npm run audit -- verify
//        npm run audit -- show [--order ID] [--account ID] [--product ID] [--since 2h]
//        npm run audit -- accept WRITER --reason TEXT
//   verify  holds each chain against its key and its anchors; exits 1 and says which entry where something does not fit
//   show    tells it, in the order of time; --since takes minutes, hours or days (30m, 2h, 7d) or a time
//   accept  takes the chain of product-api, order-api or payment-api as it stands, as after a restored backup; the service goes on then
import { parseArgs } from 'node:util'
import { acceptTrail } from './audit/accept-trail.ts'
import { acceptedOf, operator, placeIn, readKey as readOperatorKey, readOperatorTrail } from './audit/operator-trail.ts'
import { readChain, readIncidents, readKey } from './audit/read-chain.ts'
import { selectEntries } from './audit/select-entries.ts'
import { sinceTime } from './audit/since-time.ts'
import { tell } from './audit/tell.ts'
import { type Chain, verifyChain } from './audit/verify-chain.ts'
import { policy, writers } from './audit/writers.ts'
import { Failure, orUsage, runScript } from './stack/failure.ts'
import { auditFolder, secretsFolder } from './stack/folders.ts'

const usage =
  'npm run audit -- verify | show [--order ID] [--account ID] [--product ID] [--since 2h] | accept WRITER --reason TEXT'
const place = placeIn(auditFolder(), secretsFolder())

await runScript(async () => {
  const { positionals, values } = options()
  const [command, writer, ...rest] = positionals
  if (command === 'verify' && positionals.length === 1) await verify()
  else if (command === 'show' && positionals.length === 1) await show(values)
  else if (command === 'accept' && writer && values.reason && rest.length === 0) await accept(writer, values.reason)
  else throw new Failure('expected verify, show or accept', usage)
})

async function verify(): Promise<void> {
  const own = readOperatorTrail(place)
  const chains = await Promise.all(
    writers.map(async (one) => ({ chain: await readChain(one, acceptedOf(own, one.writer)), key: await readKey(one) })),
  )
  const incidents = { chain: await readIncidents(), key: await readKey(policy) }
  let found = report(own, readOperatorKey(place))
  for (const { chain, key } of [incidents, ...chains]) found += report(chain, key)
  if (found > 0) throw new Failure(`${found} ${found === 1 ? 'thing does' : 'things do'} not fit`)
}

function report(chain: Chain, key: string): number {
  const { problems, sealed, waiting, head } = verifyChain(chain, key)
  const rest = waiting > 0 ? `, ${waiting} without seal` : ''
  console.log(
    `${problems.length === 0 ? 'ok  ' : 'FAIL'} ${chain.writer}: ${sealed} sealed${rest}, head ${head.seq} ${head.hmac}`,
  )
  for (const { kind, seq, entryId, what } of problems) {
    const which = [seq && `seal ${seq}`, entryId && `entry ${entryId}`].filter(Boolean).join(', ')
    console.log(`     ${kind}: ${chain.writer}${which ? ` ${which}` : ''}: ${what}`)
  }
  return problems.length
}

async function show({ order, account, product, since }: ReturnType<typeof options>['values']): Promise<void> {
  const chains = await Promise.all(writers.map((one) => readChain(one, new Set())))
  const entries = [readOperatorTrail(place), await readIncidents(), ...chains].flatMap((chain) => chain.entries)
  const wanted = { order, account, product, since: since === undefined ? undefined : sinceTime(since, new Date()) }
  const found = selectEntries(entries, wanted)
  if (found.length === 0) throw new Failure('expected entries but found none', usage)
  for (const entry of found) console.log(tell(entry))
}

async function accept(name: string, reason: string): Promise<void> {
  const writer = writers.find((one) => one.writer === name)
  if (!writer) throw new Failure(`expected ${writers.map((one) => one.writer).join(', ')} but found ${name}`, usage)
  const chain = await readChain(writer, new Set())
  const { seq, hmac } = verifyChain(chain, await readKey(writer)).head
  const anchored = chain.anchors.at(-1)?.seq ?? 0
  await acceptTrail(place, name, { seq, hmac, anchored, reason })
  console.log(
    `${name} goes on from seal ${seq}; its anchors had come to ${anchored}. The trail of the ${operator} says so.`,
  )
}

function options() {
  const text = { type: 'string' } as const
  return orUsage(usage, () => {
    const known = { order: text, account: text, product: text, since: text, reason: text }
    return parseArgs({ options: known, allowPositionals: true })
  })
}
