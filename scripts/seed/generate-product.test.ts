import { categories, productSchemas } from '@secure-ecommerce/product-api/product-contract'
import { expect, test } from 'vitest'
import { generateProduct } from './generate-product.ts'

const products = Array.from({ length: 2_000 }, (_, index) => generateProduct(index + 1))

test('a number always gives the same product', () => {
  expect(generateProduct(77)).toEqual(products[76])
})

test('every product is one that the API would accept', () => {
  const problems = products.flatMap(({ number, priceCents, ...fields }) => {
    const { error } = productSchemas.NewProduct.validate({ ...fields, price: priceCents / 100 }, { convert: false })
    return error ? [`${number}: ${error.message}`] : []
  })
  expect(problems).toEqual([])
})

test('all categories are about equally large', () => {
  for (const category of categories) {
    const count = products.filter((product) => product.category === category).length
    expect(count).toBeGreaterThan(400)
    expect(count).toBeLessThan(600)
  }
})

test('names hardly repeat', () => {
  expect(new Set(products.map(({ name }) => name)).size).toBeGreaterThan(1_990)
})
