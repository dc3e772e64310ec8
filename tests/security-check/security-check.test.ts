import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { check, sbomName } from './check.ts'
import { makeImage, makeTrivyImage, removeImages } from './fixture-image.ts'

const image = (name: string) => `security-check/${name}:1.0`
const names = ['clean', 'vulnerable', 'secret', 'unknown', 'broken', 'root', 'copyleft'].map(image)
const untagged = 'security-check/clean:latest'

beforeAll(() => {
  for (const name of [...names, untagged]) makeImage(name)
  makeImage(image('root'), { user: '' })
  const manifest = { name: 'strict', version: '2.0.0', license: 'AGPL-3.0-only' }
  makeImage(image('copyleft'), { files: { 'app/node_modules/strict/package.json': JSON.stringify(manifest) } })
})
afterAll(() => removeImages([...names, untagged]))

const found = (id: string, where: string) => expect.objectContaining({ id, where, fails: true })

describe('what is planted is found, and the exit code is 1', () => {
  test('a package with a known vulnerability that a new version has not', () => {
    const { status, text, result } = check(image('vulnerable'))
    expect(status).toBe(1)
    expect(text).toMatch(
      /\| HIGH +\| vulnerability \| security-check\/vulnerable \| CVE-2019-18224 \| libidn2-0@2.0.5-1 \|.*→ 2.0.5-1\+deb10u1/,
    )
    expect(result.findings.filter(({ fails }) => fails)).toEqual([found('CVE-2019-18224', 'libidn2-0@2.0.5-1')])
    expect(result.findings.filter(({ fails }) => !fails).map(({ id, severity }) => [id, severity])).toEqual([
      ['CVE-2019-18276', 'CRITICAL'],
      ['CVE-2019-99999', 'LOW'],
    ])
  })

  test('a secret', () => {
    const { status, result, report } = check(image('secret'))
    expect(status).toBe(1)
    expect(result.findings).toEqual([found('aws-access-key-id', '/app/deploy.sh:3')])
    expect(report('security.json')).not.toContain('export KEY')
  })

  test('a user that is root', () => {
    const { status, result } = check(image('root'), { tools: [] })
    expect(status).toBe(1)
    expect(result.findings).toEqual([found('CIS 4.1', 'user root')])
  })

  test.each([untagged, 'security-check/clean'])('the tag latest: %s', (name) => {
    const { status, result } = check(name)
    expect(status).toBe(1)
    expect(result.findings).toEqual([found('pinned image', name)])
  })

  test('a package whose licence asks for the shop’s source', () => {
    const { status, result } = check(image('copyleft'), { tools: [] })
    expect(status).toBe(1)
    expect(result.findings).toEqual([found('licence', 'strict@2.0.0')])
  })
})

describe('what is accepted', () => {
  const acceptance = { id: 'CVE-2019-18224', target: 'security-check/vulnerable', reason: 'not reached' }

  test('is listed with its reason and does not fail', () => {
    const { status, text, result, report } = check(image('vulnerable'), {
      accepted: [{ ...acceptance, expires: '2999-01-01' }],
    })
    expect(status).toBe(0)
    expect(text).toContain('0 failing, 2 others, 1 accepted, 0 not looked at')
    expect(result.accepted).toMatchObject([{ id: 'CVE-2019-18224', reason: 'not reached', expires: '2999-01-01' }])
    const { results } = JSON.parse(report('security.sarif')).runs[0]
    expect(results.at(-1).suppressions).toEqual([{ kind: 'external', justification: 'not reached (until 2999-01-01)' }])
  })

  test('fails again when the day is over, and so does having accepted it', () => {
    const { status, result } = check(image('vulnerable'), { accepted: [{ ...acceptance, expires: '2020-01-01' }] })
    expect(status).toBe(1)
    expect(result.findings.filter(({ fails }) => fails)).toMatchObject([
      { kind: 'vulnerability', id: 'CVE-2019-18224' },
      { kind: 'acceptance', id: 'CVE-2019-18224', what: 'accepted until 2020-01-01: not reached' },
    ])
  })

  test.each([
    {
      why: 'no reason',
      entry: { id: 'x', target: 'y', expires: '2999-01-01' },
      says: 'entry 1: expected "reason" as text',
    },
    {
      why: 'no day',
      entry: { id: 'x', target: 'y', reason: 'z', expires: 'never' },
      says: 'expected "expires" as a day',
    },
    {
      why: 'a slip of the pen',
      entry: { ...acceptance, expires: '2999-01-01', packge: 'x' },
      says: '"packge" is not known',
    },
  ])('is refused with $why', ({ entry, says }) => {
    const { status, text } = check(image('clean'), { accepted: [entry] })
    expect({ status, text }).toEqual({ status: 1, text: expect.stringContaining(says) })
  })
})

describe('nothing found', () => {
  test('is 0 when everything was looked at', () => {
    const { status, text, result } = check(image('clean'))
    expect({ status, text }).toEqual({ status: 0, text: expect.stringContaining('Nothing found that fails') })
    expect(result).toMatchObject({
      verdict: 0,
      findings: [],
      gaps: [],
      tools: { trivy: expect.stringMatching(/^0\.69\.3, database of 20/) },
    })
  })

  test.each([
    {
      why: 'Trivy',
      name: 'clean',
      given: { tools: [] },
      says: /NOT LOOKED AT: .*\(Trivy\): expected the program trivy or 127.0.0.1:1\/trivy:0/,
    },
    {
      why: 'its database',
      name: 'secretless',
      given: { env: { FAKE_DATABASE: 'none' } },
      says: /NOT LOOKED AT: new vulnerabilities \(the database of Trivy\): there is none.*no such host/,
    },
    {
      why: 'a database of these days',
      name: 'clean',
      given: { env: { FAKE_DATABASE: 'old' } },
      says: /NOT LOOKED AT: new vulnerabilities .*: it is of 20.*no such host/,
    },
    {
      why: 'a Trivy without malware',
      name: 'clean',
      given: { env: { FAKE_VERSION: '0.69.4' } },
      says: /0\.69\.4 carries malware/,
    },
    {
      why: 'a scan that ends',
      name: 'broken',
      given: {},
      says: /NOT LOOKED AT: image security-check\/broken:1\.0: Trivy did not look: .*unable to initialize/,
    },
    {
      why: 'a distribution that Trivy knows',
      name: 'unknown',
      given: {},
      says: /Trivy knows no vulnerabilities of its distribution/,
    },
    {
      why: 'the image',
      name: 'nowhere',
      given: {},
      says: /NOT LOOKED AT: image security-check\/nowhere:1\.0: there is none of that name/,
    },
  ])('is 2 without $why, which is named', ({ name, given, says }) => {
    const { status, text } = check(image(name === 'secretless' ? 'clean' : name), given)
    expect({ status, text }).toEqual({ status: 2, text: expect.stringMatching(says) })
  })

  test('is 2 for an image that says nothing of what is installed', () => {
    makeImage(image('silent'), { files: { 'var/lib/dpkg/status': '' } })
    const { status, text } = check(image('silent'), { tools: [] })
    removeImages([image('silent')])
    expect({ status, text }).toEqual({
      status: 2,
      text: expect.stringContaining('nothing in it says what is installed'),
    })
  })

  test('is 1 with something found, although something was not looked at', () => {
    const { status, text } = check(`${image('root')} ${image('nowhere')}`, { tools: [] })
    expect({ status, text }).toEqual({ status: 1, text: expect.stringContaining('NOT LOOKED AT') })
  })

  test('without a database secrets are found all the same', () => {
    const { status, result } = check(image('secret'), { env: { FAKE_DATABASE: 'none' } })
    expect(status).toBe(1)
    expect(result.findings).toMatchObject([{ kind: 'secret' }])
    expect(result.gaps).toHaveLength(1)
  })
})

describe('where Trivy is not installed, its container', () => {
  const trivy = 'security-check/trivy-stand-in:1.0'
  beforeAll(() => makeTrivyImage(trivy))
  afterAll(() => removeImages([trivy]))

  test('looks, with neither a socket of Docker nor a file system to write to', () => {
    const { status, result, report } = check(image('vulnerable'), { tools: [], env: { TRIVY_IMAGE: trivy } })
    expect(result.gaps).toEqual([])
    expect(result.findings).toContainEqual(found('CVE-2019-18224', 'libidn2-0@2.0.5-1'))
    expect(report(sbomName(image('vulnerable')))).toContain('"trivy"')
    expect(status).toBe(1)
  })
})

describe('the repository and the stack', () => {
  test('a secret that was committed, and a Dockerfile that runs as root', () => {
    const { status, result } = check('', { tools: ['trivy', 'gitleaks'], env: { FAKE_LEAKS: 'yes' } })
    expect(status).toBe(1)
    expect(result.findings.filter(({ fails }) => fails)).toMatchObject([
      {
        kind: 'secret',
        id: 'stripe-access-token',
        where: 'config/payment.ts:7',
        what: expect.stringContaining('Committed in 0123456'),
      },
      { kind: 'misconfiguration', id: 'DS-0002', where: 'Dockerfile' },
    ])
    expect(result.tools.gitleaks).toBe('installed')
  })

  test.each([
    {
      why: 'images that are not built',
      says: 'NOT LOOKED AT: image secure-ecommerce/nginx:never: there is none of that name',
    },
    { why: 'a stack that does not run', says: 'NOT LOOKED AT: running stack: nothing of it runs: npm start' },
  ])('$why are named', ({ says }) => {
    expect(withoutLeaks.text).toContain(says)
  })

  test('without gitleaks and Trivy nobody looked for secrets', () => {
    const { status, text } = check('', { tools: [] })
    expect({ status, text }).toEqual({
      status: 2,
      text: expect.stringContaining('NOT LOOKED AT: secrets in the repository: neither gitleaks nor Trivy is there'),
    })
  })

  test('a gitleaks that fails did not look', () => {
    const { text } = check('', { tools: ['gitleaks'], env: { FAKE_LEAKS: 'fails' } })
    expect(text).toContain(
      'NOT LOOKED AT: secrets in the repository (gitleaks): 10:00AM FTL unable to load gitleaks config',
    )
  })

  let withoutLeaks: ReturnType<typeof check>
  beforeAll(() => {
    withoutLeaks = check('', { tools: ['gitleaks'] })
  })
})
