import { expect, test } from 'vitest'
import { request, sendRaw } from './raw.ts'

const paths = [
  ...['/metrics', '/Metrics', '//metrics', '/metrics/', '/./metrics', '/%6detrics', '/api/../metrics', '/api/metrics'],
  ...['/api/products/metrics', '/api/orders/metrics', '/api/auth/metrics', '/internal/metrics', '/health/metrics'],
  ...['http://payment-api:8003/metrics', 'http://product-api:8001/metrics'],
]

test.each(paths)('nobody outside is told metrics by %s', async (path) => {
  const { answers } = await sendRaw(request(`GET ${path}`))
  expect(answers).toHaveLength(1)
  for (const { status, body } of answers) {
    expect(status).toBeGreaterThanOrEqual(400)
    expect(body).not.toMatch(/# TYPE|process_cpu|http_request/)
  }
})
