import { expect, test } from 'vitest'
import { serviceNamed } from './service-name.ts'

const uri = 'URI:spiffe://secure-ecommerce/order-api'

test.each([uri, `${uri}, DNS:order-api`, `DNS:order-api, ${uri}, IP Address:10.0.0.1`])('%s is order-api', (names) => {
  expect(serviceNamed(names)).toBe('order-api')
})

test.each([
  [undefined, 'expected one URI in the certificate but found 0'],
  ['DNS:order-api', 'found 0'],
  [`${uri}, URI:spiffe://secure-ecommerce/payment-api`, 'found 2'],
  [`${uri}, URI:https://elsewhere.example/`, 'found 2'],
  // How Node writes a DNS name that tries to look like more (CVE-2021-44532).
  [`DNS:"order-api, ${uri}"`, 'found 0'],
  ['URI:"spiffe://secure-ecommerce/order-api, DNS:x"', 'but found "spiffe'],
  ['URI:spiffe://secure-ecommerce/order-api/../payment-api', 'expected a URI'],
  ['URI:spiffe://secure-ecommerce.example/order-api', 'expected a URI'],
  ['URI:spiffe://secure-ecommerce/', 'expected a URI'],
  ['URI:SPIFFE://secure-ecommerce/order-api', 'expected a URI'],
  [`nonsense, ${uri}`, 'expected names in the certificate'],
])('%s is nobody', (names, says) => {
  expect(() => serviceNamed(names)).toThrow(says)
})
