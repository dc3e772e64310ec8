import { expect, test } from 'vitest'
import { isFree, licenceFindings, lockedLicences } from './licences.ts'

test.each([
  { expression: 'MIT', free: true },
  { expression: '(MIT OR GPL-3.0-only)', free: true },
  { expression: 'MIT AND GPL-3.0-only', free: false },
  { expression: 'Apache-2.0 AND (MIT OR AGPL-3.0-only)', free: true },
  { expression: 'AGPL-3.0-only', free: false },
  { expression: 'SEE LICENSE IN LICENSE.md', free: false },
  { expression: 'UNLICENSED', free: false },
  { expression: '(MIT', free: false },
  { expression: '', free: false },
])('"$expression" is free: $free', ({ expression, free }) => {
  expect(isFree(expression)).toBe(free)
})

test('packages of npm are judged by their licence, of Debian by their area', () => {
  const components = [
    { purl: 'pkg:npm/good@1', name: 'good', version: '1', licenses: [{ license: { id: 'ISC' } }] },
    { purl: 'pkg:npm/%40scope/none@1', group: '@scope', name: 'none', version: '1' },
    { purl: 'pkg:npm/bad@1', name: 'bad', version: '1', licenses: [{ expression: 'SSPL-1.0' }] },
    {
      purl: 'pkg:deb/debian/bash@5',
      name: 'bash',
      version: '5',
      properties: [{ name: 'debian:section', value: 'shells' }],
    },
    {
      purl: 'pkg:deb/debian/blob@1',
      name: 'blob',
      version: '1',
      properties: [{ name: 'debian:section', value: 'non-free/x' }],
    },
  ]
  expect(licenceFindings('image', { components }).map(({ where, what }) => [where, what])).toEqual([
    ['@scope/none@1', 'no licence is stated'],
    ['bad@1', 'SSPL-1.0'],
    ['blob@1', "of Debian's area non-free/x"],
  ])
})

test('of a lock file only what runs in the shop is judged', () => {
  const packages = {
    '': {},
    'services/kit': { version: '1.0.0' },
    'node_modules/@shop/kit': { link: true },
    'node_modules/good': { version: '1', license: 'MIT' },
    'node_modules/tool': { version: '1', license: 'GPL-3.0', dev: true },
    'node_modules/good/node_modules/bad': { version: '2', license: 'AGPL-3.0' },
  }
  expect(lockedLicences({ packages }).map(({ where }) => where)).toEqual(['bad@2'])
})
