import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { Ajv } from 'ajv'
import addFormats from 'ajv-formats'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { check, sbomName } from './check.ts'
import { makeImage, removeImages } from './fixture-image.ts'

const image = 'security-check/vulnerable:1.0'
beforeAll(() => {
  const manifests = [
    { name: '@scope/one', version: '1.0.0', license: 'MIT' },
    { name: 'two', version: '2.0.0', license: { type: '(MIT OR GPL-3.0)' } },
    { name: 'mine', version: '1.0.0', private: true },
  ]
  const files = manifests.map((each) => [`app/node_modules/${each.name}/package.json`, JSON.stringify(each)])
  makeImage(image, { files: Object.fromEntries(files) })
})
afterAll(() => removeImages([image]))

/** The official schema, with the two that it refers to. */
function validator() {
  const folder = join(
    dirname(createRequire(import.meta.url).resolve('@cyclonedx/cyclonedx-library/package.json')),
    'res/schema',
  )
  const schema = (name: string) => JSON.parse(readFileSync(join(folder, `${name}.SNAPSHOT.schema.json`), 'utf8'))
  const ajv = new Ajv({ strict: false, formats: { 'idn-email': true, 'iri-reference': true } })
  addFormats.default(ajv)
  ajv.addSchema(schema('spdx'), 'http://cyclonedx.org/schema/spdx.SNAPSHOT.schema.json')
  ajv.addSchema(schema('jsf-0.82'), 'http://cyclonedx.org/schema/jsf-0.82.SNAPSHOT.schema.json')
  return ajv.compile(schema('bom-1.6'))
}

test('without Trivy an SBOM is made of what the image says that it has, valid as CycloneDX 1.6', () => {
  const { report } = check(image, { tools: [] })
  const sbom = JSON.parse(report(sbomName(image)))
  expect(sbom.components.map(({ purl }: { purl: string }) => purl).sort()).toEqual([
    'pkg:deb/debian/libidn2-0@2.0.5-1?arch=amd64&distro=debian-13',
    'pkg:npm/%40scope/one@1.0.0',
    'pkg:npm/two@2.0.0',
  ])
  const validate = validator()
  expect(validate(sbom) ? [] : validate.errors).toEqual([])
  expect(validate({ ...sbom, components: [{ name: 'no type' }] })).toBe(false)
})

test('with Trivy the SBOM is Trivy’s', () => {
  expect(JSON.parse(check(image).report(sbomName(image))).metadata.tools.components[0].name).toBe('trivy')
})

test('SARIF has a rule for each result, an error for what fails, and says what was not looked at', () => {
  const { version, runs } = JSON.parse(check(image, { env: { FAKE_DATABASE: 'old' } }).report('security.sarif'))
  const [{ tool, results, invocations }] = runs
  expect(version).toBe('2.1.0')
  for (const { ruleId, ruleIndex } of results) expect(tool.driver.rules[ruleIndex].id).toBe(ruleId)
  expect(results.find(({ ruleId }: { ruleId: string }) => ruleId === 'vulnerability/CVE-2019-18224')).toMatchObject({
    level: 'error',
    message: { text: expect.stringContaining('Repair: 2.0.5-1+deb10u1') },
    locations: [{ logicalLocations: [{ fullyQualifiedName: 'security-check/vulnerable libidn2-0@2.0.5-1' }] }],
  })
  expect(invocations).toMatchObject([
    {
      executionSuccessful: false,
      toolExecutionNotifications: [{ message: { text: expect.stringContaining('Not looked at') } }],
    },
  ])
})

test('the page says it all, and escapes what it was told', () => {
  const page = check(image, {
    accepted: [{ id: 'CVE-2019-99999', target: 'security-check/vulnerable', reason: '<b>&', expires: '2999-01-01' }],
  }).report('security.html')
  expect(page).toContain('<h1>FAIL: found what must not be</h1>')
  expect(page).toContain('<h2>Failing (1)</h2>')
  expect(page).toContain('<td>CVE-2019-18276</td>')
  expect(page).toContain('&lt;b&gt;&amp;')
})
