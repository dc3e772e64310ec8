// Measures the running shop over loopback and prints tables; reports/bench.json has the same figures.
// Usage: npm run bench -- [--quick] [--only list|product|order|page] [--checkout] [--policy] [--mtls] [--waf] [--metrics] [--overload] [--cache] [--scaling] [--starts]
//   --quick    one short round: whether it works, not how fast it is
//   --only     one row; may be repeated
//   --checkout checkouts over 1,000 products, for one hot product and for one that is sold out, beside product reads; with CPU
//   --policy   what the packet filter costs: product reads with its rules and without, on a stack of its own beside the shop
//   --mtls     what mutual TLS between the services costs: product reads with it and without, on two stacks of its own beside the shop
//   --waf      what the WAF costs: the requests of a shop with it and without, on a stack of its own beside the shop
//   --metrics  what metrics and logs cost: product reads with each and without, on four stacks of its own beside the shop
//   --overload five times the load that saturates the machine, and what becomes of it, on a stack of its own beside the shop
//   --cache    reads from nginx's cache beside the same bytes as a file of nginx's own, on a stack of its own beside the shop
//   --scaling  the catalogue at 1,000 and at 100,000 products: adds generated products to the shop and removes them again
//   --starts   how long npm start takes, on a stack of its own beside the shop
// Each way in stands beside the service reached directly, in alternating rounds; figures are medians. For that the service runs a second
// time, in a container of its own in the network of the first, where it takes plain HTTP (bench/direct.ts).
// The shop's limits for each client are lifted meanwhile. Orders are made for products of its own and removed at the end. It asserts nothing: a slow machine is not a failure.
import { mkdirSync, writeFileSync } from 'node:fs'
import { shopAddresses } from './bench/addresses.ts'
import { measureCacheSpeed } from './bench/cache-speed.ts'
import { measureCheckout } from './bench/checkout.ts'
import { withDirect } from './bench/direct.ts'
import { imageSizes } from './bench/images.ts'
import { machine } from './bench/machine.ts'
import { measureRows } from './bench/measure-rows.ts'
import { largest, memoryOf } from './bench/memory.ts'
import { measureMetricsCost } from './bench/metrics-cost.ts'
import { measureMtlsCost } from './bench/mtls-cost.ts'
import { benchOptions } from './bench/options.ts'
import { measureOverload } from './bench/overload.ts'
import { measurePolicyCost } from './bench/policy-cost.ts'
import {
  cacheTable,
  checkoutTable,
  costTable,
  imagesTable,
  memoryTable,
  metricsTable,
  overloadTable,
  rowsTable,
  scalingTable,
  startsTable,
  yardstickTable,
} from './bench/report.ts'
import { measureScaling } from './bench/scaling.ts'
import { interruptible, print, say } from './bench/session.ts'
import { measureStarts } from './bench/starts.ts'
import { measureWafCost } from './bench/waf-cost.ts'
import { withoutLimits } from './bench/without-limits.ts'
import { ensureWrk } from './bench/wrk.ts'
import { projectContainers } from './logs/read-logs.ts'
import { runScript } from './stack/failure.ts'

async function bench(signal: AbortSignal): Promise<void> {
  const options = benchOptions(process.argv.slice(2))
  const at = new Date().toISOString()
  const host = machine()

  await ensureWrk()
  const addresses = await shopAddresses()
  const containers = await projectContainers()
  say('memory of the idle stack')
  const idle = await memoryOf(containers)

  const { rows, yardstick, loaded } = await measureRows({ addresses, containers, options, signal })
  print(rowsTable(rows))
  const product = rows.find(({ name }) => name === 'product')
  if (product && yardstick) print(yardstickTable(product, yardstick))
  const underLoad = largest(loaded)
  print(memoryTable(idle, underLoad))
  const images = await imageSizes(containers)
  print(imagesTable(images))

  const shop = { url: addresses.published, containers }
  const checkout = options.checkout ? await measureCheckout(shop, options, signal) : undefined
  if (checkout) print(checkoutTable(checkout))
  const scaling = options.scaling
    ? await withDirect('product-api', ({ url }) => measureScaling(url, options, signal))
    : undefined
  if (scaling) print(scalingTable(scaling))
  const policy = options.policy ? await measurePolicyCost(options, signal) : undefined
  if (policy) print(costTable('rules', 'by the published port', policy))
  const mtls = options.mtls ? await measureMtlsCost(options, signal) : undefined
  if (mtls) print(costTable('mTLS', 'by the published port, the database with TLS in both', mtls))
  const waf = options.waf ? await measureWafCost(options, signal) : undefined
  if (waf) print(costTable('the WAF', 'a mix of requests, by the published port', waf))
  const metrics = options.metrics ? await measureMetricsCost(options, signal) : undefined
  if (metrics) print(metricsTable(metrics))
  const overload = options.overload ? await measureOverload(options, signal) : undefined
  if (overload) print(overloadTable(overload))
  const cache = options.cache ? await measureCacheSpeed(options, signal) : undefined
  if (cache) print(cacheTable(cache))
  const starts = options.starts ? await measureStarts() : undefined
  if (starts) print(startsTable(starts))

  const report = {
    at,
    machine: host,
    options,
    rows,
    yardstick,
    memory: { idle, underLoad },
    images,
    checkout,
    policy,
    mtls,
    waf,
    metrics,
    overload,
    cache,
    scaling,
    starts,
  }
  mkdirSync('reports', { recursive: true })
  writeFileSync('reports/bench.json', `${JSON.stringify(report, null, 2)}\n`)
  say('')
  console.log('reports/bench.json has these figures')
}

await runScript(() => withoutLimits(() => interruptible(bench)))
