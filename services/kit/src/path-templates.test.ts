import { Router } from 'express'
import { expect, test } from 'vitest'
import { mount, pathTemplate, templateFinder, templatesOf } from './path-templates.ts'

test.each([
  { paths: ['/api/orders', '/:id/refund'], template: '/api/orders/{id}/refund' },
  { paths: ['/api/products', '/'], template: '/api/products' },
  { paths: ['/', '/'], template: '/' },
])('$paths is $template', ({ paths, template }) => {
  expect(pathTemplate(...paths)).toBe(template)
})

test('a router tells its routes and those of the routers that were mounted on it, however deep', () => {
  const [top, middle, low] = [Router(), Router(), Router()]
  const answer = () => {}
  low.get('/', answer).post('/:id', answer)
  mount(middle, '/low', low)
  middle.use(answer).get('/', answer)
  mount(top, '/middle', middle)
  top.get('/:name/status', answer)
  expect(templatesOf(top, '/').sort()).toEqual(['/middle', '/middle/low', '/middle/low/{id}', '/{name}/status'])
})

const find = templateFinder(['/', '/orders', '/orders/{id}', '/orders/{id}/status', '/orders/new', '/files/{file}'])

test.each([
  { path: '/', template: '/' },
  { path: '/orders', template: '/orders' },
  { path: '/orders/', template: '/orders' },
  { path: '/orders/17', template: '/orders/{id}' },
  { path: '/orders/17/status', template: '/orders/{id}/status' },
  { path: '/orders/new', template: '/orders/new' },
  { path: '/orders/new/status', template: '/orders/{id}/status' },
  { path: '/orders/17/items', template: undefined },
  { path: '/orders//status', template: undefined },
  { path: '/files', template: undefined },
  { path: '/__proto__/constructor', template: undefined },
])('$path fits $template', ({ path, template }) => {
  expect(find(path)).toBe(template)
})
