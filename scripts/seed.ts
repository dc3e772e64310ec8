// Makes a large catalogue for trying the shop at size, or takes it away again.
// Usage: npm run seed -- --products 100000    exactly that many generated products, beside all others
//        npm run seed -- --remove             none; one that an order has is taken off sale instead
// The same number gives the same products. Which products are generated is kept in the table generated_products.
import { seedCatalogue } from './seed/catalogue.ts'
import { wantedProducts } from './seed/options.ts'
import { progressLine } from './seed/progress-line.ts'
import { runScript } from './stack/failure.ts'

await runScript(async () => {
  const wanted = wantedProducts(process.argv.slice(2))
  const { show, clear } = progressLine(process.stdout)
  const started = performance.now()
  const { added, removed, takenOffSale } = await seedCatalogue(wanted, show).finally(clear)
  const seconds = (performance.now() - started) / 1000

  const counts = { added, removed, 'taken off sale, because orders have them': takenOffSale }
  const changes = Object.entries(counts).flatMap(([what, count]) =>
    count > 0 ? [`${count.toLocaleString('en')} ${what}`] : [],
  )
  const rate = added > 0 ? `, ${Math.round(added / seconds).toLocaleString('en')} products a second` : ''
  console.log(
    `${wanted.toLocaleString('en')} generated products: ${changes.join(', ') || 'nothing to do'}, in ${seconds.toFixed(1)} s${rate}`,
  )
})
