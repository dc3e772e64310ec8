import { createMetrics } from '@secure-ecommerce/kit/metrics'
import { expect, test } from 'vitest'
import { seriesOf } from '../../../tests/unit/metrics.ts'
import { openStorefront, signedIn } from '../test/storefront.ts'

test('each page is measured by its template, whoever asks and whatever comes of it', async () => {
  const metrics = createMetrics()
  await using shop = await openStorefront({}, metrics)
  const paths = {
    '/': '/',
    '/category/home': '/category/{category}',
    '/products/7': '/products/{id}',
    '/products/8': '/products/{id}',
    '/basket': '/basket',
    '/orders/3/status': '/orders/{id}/status',
    '/staff/orders/3': '/staff/orders/{id}',
    '/staff/products/new': '/staff/products/new',
    '/favicon.svg': '/favicon.svg',
    '/assets/main-1.js': '/assets/{file}',
    '/wp-login.php': 'unknown',
  }
  for (const path of Object.keys(paths)) await shop.http.get(path).set('cookie', signedIn('customer'))
  await shop.post('/basket/items/7/remove')

  const counted = async () => {
    const routes = new Map<string, number>()
    for (const [labels, count] of Object.entries(await seriesOf(metrics, 'http_request_duration_seconds_count'))) {
      const [, method, route] = /method="(.*?)",route="(.*?)"/.exec(labels) ?? []
      routes.set(`${method} ${route}`, (routes.get(`${method} ${route}`) ?? 0) + count)
    }
    return Object.fromEntries(routes)
  }
  const expected: Record<string, number> = { 'POST /basket/items/{id}/remove': 1 }
  for (const route of Object.values(paths)) expected[`GET ${route}`] = (expected[`GET ${route}`] ?? 0) + 1
  await expect.poll(counted).toEqual(expected)

  const upstream = await seriesOf(metrics, 'upstream_request_duration_seconds_count')
  expect(upstream['target="127.0.0.1",outcome="2xx"']).toBeGreaterThan(3)
})
