import { X509Certificate } from 'node:crypto'
import {
  chmodSync,
  chownSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { placeIn, readOperatorTrail } from '../../scripts/audit/operator-trail.ts'
import { verifyChain } from '../../scripts/audit/verify-chain.ts'
import { type Step, steps } from '../../scripts/secrets/replacement.ts'
import { verifies } from '../../scripts/secrets/scram-verifier.ts'
import { certificateAuthority } from '../authority.ts'
import { runScript } from './run-script.ts'

const root = process.getuid?.() === 0

/** An ordinary user is one without a name even: all it has is the group of Docker's socket. */
const users: { user: string; as: { uid?: number; gid?: number } }[] = root
  ? [
      { user: 'root', as: {} },
      { user: 'an ordinary user of the docker group', as: { uid: 54_321, gid: statSync('/var/run/docker.sock').gid } },
    ]
  : [{ user: 'this user', as: {} }]

describe.each(users)('as $user', ({ as }) => {
  let base: string
  let folder: string
  beforeEach(() => {
    base = mkdtempSync(join(tmpdir(), 'secrets-'))
    folder = join(base, 'secrets')
    if (as.uid && as.gid) chownSync(base, as.uid, as.gid)
  })
  afterEach(() => rmSync(base, { recursive: true }))

  const run = (words: string) =>
    runScript(`scripts/create-secrets.sh ${words}`, { env: { SECRETS_DIR: folder, HOME: base }, ...as })
  const create = () => run('')
  /** What is refused is so to everybody; the one who may least shows it. */
  const forOne = <Row>(rows: Row[]) => (as === users.at(-1)?.as ? rows : [])
  const step = (which: Step, name: string) => expect(run(`${which} ${name}`)).toMatchObject({ status: 0 })
  const identities = readFileSync('scripts/secrets/identities.txt', 'utf8').trim().split('\n')
  const folderOf = (service = '') => `${service.replaceAll('-', '_')}_identity`
  const files = () =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
      (name) => statSync(join(folder, name)).isFile() && !name.startsWith('ca/'),
    )
  const states = () =>
    Object.fromEntries(
      files().map((name) => {
        const { mode, uid, mtimeMs } = statSync(join(folder, name))
        return [name, { mode: (mode & 0o777).toString(8), uid, mtimeMs }]
      }),
    )
  const read = (name: string) =>
    runScript(`docker run --rm --user 0 --network none --volume "${folder}:/s:ro" "$IMAGE" cat /s/${name}`, {
      env: { IMAGE: image() },
    }).text

  test('makes each secret for its one reader, and changes none of them when run again', () => {
    expect(create()).toMatchObject({ status: 0, text: expect.stringContaining('complete') })
    const first = states()
    const certificates = identities.flatMap((line) =>
      ['authority.pem', 'identity.pem', 'revoked.pem'].map((name) => `${folderOf(line.split(' ')[0])}/${name}`),
    )
    expect(Object.keys(first).sort()).toEqual(
      [
        ...certificates,
        'alert_webhook_url',
        'backup_key',
        'jwt_private_key',
        'jwt_public_keys',
        'operator_audit_anchors',
        'operator_audit_key',
        'order_archive_key',
        'order_audit_key',
        'order_db_password',
        'order_db_verifier',
        'order_monitor_password',
        'order_monitor_verifier',
        'order_link_key',
        'payment_api_key',
        'payment_archive_key',
        'payment_audit_key',
        'payment_db_password',
        'payment_db_verifier',
        'payment_monitor_password',
        'payment_monitor_verifier',
        'payment_webhook_key',
        'policy_audit_key',
        'product_archive_key',
        'product_audit_key',
        'product_db_password',
        'product_db_verifier',
        'product_monitor_password',
        'product_monitor_verifier',
        'redis_password',
        'shop_certificate/certificate.pem',
        'stock_api_key',
        'stripe_key',
      ].sort(),
    )
    for (const [name, { mode, uid }] of Object.entries(first)) {
      const reader = /^(operator|backup)_/.test(name) ? (as.uid ?? process.getuid?.()) : readerOf(name)
      expect({ name, mode, uid }).toEqual({ name, mode: name.endsWith('_anchors') ? '600' : '400', uid: reader })
    }
    expect(statSync(folder).mode & 0o777).toBe(0o700)
    expect(create().status).toBe(0)
    expect(states()).toEqual(first)
  }, 30_000)

  const certificate = (service: string) =>
    new X509Certificate(readFileSync(join(folder, 'ca', 'in-use', `${service}.pem`)))

  test('gives each service a certificate of its own, and the key of their authority to nobody', () => {
    create()
    for (const line of identities) {
      const [service = '', , subject] = line.split(' ')
      const { subjectAltName, subject: name, validToDate, ca } = certificate(service)
      expect({ service, subjectAltName, name, ca }).toEqual({
        service,
        subjectAltName: `URI:spiffe://secure-ecommerce/${service}, DNS:${service}`,
        name: `CN=${subject}`,
        ca: false,
      })
      expect(Math.round((validToDate.getTime() - Date.now()) / 86_400_000)).toBe(30)
      expect(read(`${folderOf(service)}/identity.pem`)).toContain(certificate(service).toString().trim())
    }
    const { mode, uid } = statSync(join(folder, 'ca', 'authority_key.pem'))
    expect({ mode: mode & 0o777, uid }).toEqual({ mode: 0o600, uid: as.uid ?? process.getuid?.() })
    expect(statSync(join(folder, 'ca')).mode & 0o777).toBe(0o700)
  }, 30_000)

  test('makes a certificate anew that has a third of its life left, and leaves the others', () => {
    runScript('scripts/create-secrets.sh', {
      env: { SECRETS_DIR: folder, HOME: base, CERTIFICATE_LIFETIME: '5 minutes' },
      ...as,
    })
    expect(certificate('order-api').validToDate.getTime() - Date.now()).toBeLessThan(300_000)
    const before = states()
    rmSync(join(folder, folderOf('nginx')), { recursive: true })
    // Of 30 days a third is more than the five minutes that are left.
    create()
    const after = states()
    expect(Object.keys(after).sort()).toEqual(Object.keys(before).sort())
    expect(after['order_api_identity/identity.pem']).not.toEqual(before['order_api_identity/identity.pem'])
    expect(certificate('order-api').validToDate.getTime() - Date.now()).toBeGreaterThan(86_400_000)
    create()
    expect(states()).toEqual(after)
  }, 60_000)

  const shown = () =>
    new X509Certificate(read('shop_certificate/certificate.pem').replace(/^.*?(?=-----BEGIN CERT)/s, ''))

  test('what browsers see is signed by itself, until it is your own, and is made anew before it runs out', () => {
    create()
    const first = shown()
    expect(first.subjectAltName).toBe('DNS:localhost, IP Address:127.0.0.1, IP Address:0:0:0:0:0:0:0:1')
    expect(first.verify(first.publicKey)).toBe(true)
    expect(Math.round((first.validToDate.getTime() - Date.now()) / 86_400_000)).toBe(365)

    const own = ownPair(base, 'shop.example')
    expect(createWith(own)).toMatchObject({
      status: 0,
      text: expect.stringContaining('shop_certificate/certificate.pem: made'),
    })
    expect(shown().subject).toBe('CN=shop.example')
    expect(read('shop_certificate/certificate.pem')).toContain(readFileSync(own.TLS_KEY_FILE, 'utf8').trim())
    const before = states()
    expect(createWith(own).status).toBe(0)
    expect(states()).toEqual(before)

    create()
    expect(shown().subject).toBe('CN=localhost')
    const inUse = join(folder, 'ca', 'in-use', 'shop.pem')
    runScript(`openssl req -x509 -newkey ed25519 -nodes -days 120 -subj /CN=localhost -keyout /dev/null >${inUse}`)
    const almostOver = shown().serialNumber
    create()
    expect(shown().serialNumber).not.toBe(almostOver)
  }, 60_000)

  test.each(
    forOne([
      { why: 'without a key', change: () => ({ TLS_KEY_FILE: '' }), says: 'expected TLS_KEY_FILE to be a file' },
      {
        why: 'that is not there',
        change: () => ({ TLS_CERT_FILE: '/nowhere' }),
        says: 'expected TLS_CERT_FILE to be a file',
      },
      {
        why: 'of another key',
        change: () => ({ TLS_KEY_FILE: ownPair(base, 'other.example').TLS_KEY_FILE }),
        says: 'to be the key of the first certificate',
      },
      {
        why: 'that has run out',
        change: () => ownPair(base, 'old.example', { from: '2 days ago', until: '1 day ago' }),
        says: 'to be good but it has run out',
      },
      {
        why: 'whose key is none',
        change: () => ({ TLS_KEY_FILE: 'README.md' }),
        says: 'expected a private key without a password',
      },
    ]),
  )(
    'refuses a certificate of yours $why, and changes nothing',
    ({ change, says }) => {
      create()
      const before = states()
      expect(createWith({ ...ownPair(base, 'shop.example'), ...change() })).toMatchObject({
        status: 1,
        text: expect.stringContaining(says),
      })
      expect(states()).toEqual(before)
    },
    30_000,
  )

  const createWith = (settings: Record<string, string>) =>
    runScript('scripts/create-secrets.sh', { env: { SECRETS_DIR: folder, HOME: base, ...settings }, ...as })

  test.each(forOne(['30', 'tomorrow maybe', '10 seconds']))('refuses certificates that live for "%s"', (lifetime) => {
    const env = { SECRETS_DIR: folder, HOME: base, CERTIFICATE_LIFETIME: lifetime }
    expect(runScript('scripts/create-secrets.sh', { env, ...as })).toMatchObject({
      status: 1,
      text: expect.stringContaining(`a minute at least, but found ${lifetime}`),
    })
  })

  test('makes a verifier again from its password, with what an interrupted run left removed', () => {
    create()
    const password = read('order_db_password')
    rmSync(join(folder, 'order_db_verifier'))
    writeFileSync(join(folder, '.stripe_key.new'), 'half')
    expect(create()).toMatchObject({ status: 0, text: expect.stringContaining('order_db_verifier: made') })
    expect(read('order_db_password')).toBe(password)
    expect(readdirSync(folder)).not.toContain('.stripe_key.new')
  }, 30_000)

  test('writes down what it makes and rotates, in a trail that is verified, and makes nothing without', () => {
    create()
    for (const each of steps) step(each, 'jwt_private_key')
    const place = placeIn(`${folder}-audit`, folder)
    const trail = readOperatorTrail(place)
    const done = trail.entries.map(({ action, subject_id }) => `${action} ${subject_id}`)
    expect(done.slice(0, 2)).toEqual(['secret.made operator_audit_key', 'secret.made product_db_password'])
    expect(done.slice(-3)).toEqual([
      'secret.offered jwt_public_keys',
      'secret.rotated jwt_private_key',
      'secret.revoked jwt_public_keys',
    ])
    const key = read('operator_audit_key').trim()
    expect(verifyChain(trail, key).problems).toEqual([])

    const lines = readFileSync(place.trail, 'utf8').split('\n')
    writeFileSync(place.trail, `${lines.slice(0, 5).join('\n')}\n`)
    expect(verifyChain(readOperatorTrail(place), key).problems).toMatchObject([{ kind: 'cut off', seq: 6 }])
    rmSync(join(folder, 'stripe_key'))
    expect(create()).toMatchObject({
      status: 1,
      text: expect.stringContaining("the operator's audit trail is not what it was"),
    })
    expect(readdirSync(folder)).not.toContain('stripe_key')
  }, 60_000)

  test('replaces the key of the access tokens in three steps, each of which may be repeated', () => {
    const signing = () => JSON.parse(read('jwt_private_key')).kid
    const known = () => JSON.parse(read('jwt_public_keys')).keys.map(({ kid }: { kid: string }) => kid)
    create()
    const before = signing()
    for (const each of ['offer', 'offer'] as const) step(each, 'jwt_private_key')
    const [next] = known()
    expect([signing(), known()]).toEqual([before, [next, before]])
    for (const each of ['use', 'offer', 'use'] as const) step(each, 'jwt_private_key')
    expect([signing(), known()]).toEqual([next, [next, before]])
    expect(create().status).toBe(0)
    step('retire', 'jwt_private_key')
    expect([signing(), known()]).toEqual([next, [next]])
    expect(next).not.toBe(before)
    expect(read('jwt_public_keys')).not.toContain('"d"')
    expect(create().status).toBe(0)
    expect(states().jwt_private_key).toMatchObject({ mode: '400', uid: 1001 })
  }, 60_000)

  test('replaces a password in three steps, in the file that containers have mounted, and its verifier with it', () => {
    const verifier = () => read('order_db_verifier').trim()
    create()
    const { ino } = statSync(join(folder, 'order_db_password'))
    const [before, verifierBefore] = [read('order_db_password').trim(), verifier()]
    step('offer', 'order_db_password')
    const [, next = ''] = read('order_db_password').split('\n')
    expect(read('order_db_password')).toBe(`${before}\n${next}`)
    expect(verifier()).toBe(verifierBefore)
    expect(create().status).toBe(0)
    step('use', 'order_db_password')
    expect(read('order_db_password')).toBe(`${next}\n${before}`)
    expect(verifies(verifier(), next)).toBe(true)
    step('retire', 'order_db_password')
    expect(read('order_db_password')).toBe(next)
    expect(next).toMatch(/^[\w-]{43}$/)
    expect(create().status).toBe(0)
    expect(statSync(join(folder, 'order_db_password')).ino).toBe(ino)
    expect(states().order_db_password).toMatchObject({ mode: '400', uid: 1001 })
    expect(readdirSync(folder).filter((name) => name.startsWith('.next'))).toEqual([])
  }, 60_000)

  test.each(
    forOne([
      { of: 'offer order_link_key', says: 'expected one of product_db_password, ' },
      { of: 'use stripe_key', says: 'but found stripe_key: it is not replaced while the shop runs' },
      { of: 'use order_db_password', says: 'secrets/order_db_password is not being replaced' },
    ]),
  )(
    'refuses "$of"',
    ({ of, says }) => {
      create()
      expect(run(of)).toMatchObject({ status: 1, text: expect.stringContaining(says) })
    },
    30_000,
  )

  test.each(
    forOne([
      {
        why: 'a verifier without its password',
        damage: () => rmSync(join(folder, 'product_db_password')),
        says: 'product_db_password is not',
      },
      {
        why: 'public keys without the private one',
        damage: () => rmSync(join(folder, 'jwt_private_key')),
        says: 'jwt_private_key is not',
      },
      {
        why: 'public keys of another private one',
        damage: () => replace('jwt_public_keys', '{"keys":[]}'),
        says: 'jwt_public_keys does not have the key of secrets/jwt_private_key',
      },
      {
        why: 'an authority without its key',
        damage: () => rmSync(join(folder, 'ca', 'authority_key.pem')),
        says: 'the certificate authority cannot be used',
      },
      { why: 'an empty secret', damage: () => replace('stripe_key', ''), says: 'stripe_key is empty' },
      { why: 'a secret of blanks only', damage: () => replace('stock_api_key', ' \n'), says: 'stock_api_key is empty' },
      {
        why: 'a password that was replaced',
        damage: () => replace('payment_db_password', 'other'),
        says: 'was not made from secrets/payment_db_password',
      },
    ]),
  )(
    'refuses $why, and changes nothing',
    ({ damage, says }) => {
      create()
      damage()
      const before = states()
      expect(create()).toMatchObject({ status: 1, text: expect.stringMatching(new RegExp(`FAIL: .*${says}`)) })
      expect(states()).toEqual(before)
    },
    30_000,
  )

  function replace(name: string, content: string): void {
    rmSync(join(folder, name))
    writeFileSync(join(folder, name), content, { mode: 0o400 })
    if (root) chownSync(join(folder, name), 1001, 1001)
  }
})

test('says who owns a folder that is not yours', { skip: !root }, () => {
  const base = mkdtempSync(join(tmpdir(), 'secrets-'))
  try {
    chmodSync(base, 0o755)
    mkdirSync(join(base, 'secrets'))
    const gid = statSync('/var/run/docker.sock').gid
    const { status, text } = runScript('scripts/create-secrets.sh', {
      env: { SECRETS_DIR: join(base, 'secrets'), HOME: base },
      uid: 54_321,
      gid,
    })
    expect(status).toBe(1)
    expect(text).toMatch(/FAIL: expected .* to belong to you but it belongs to root/)
  } finally {
    rmSync(base, { recursive: true })
  }
})

/** A certificate and its key as a user has them, in one file that anybody may read. */
function ownPair(base: string, name: string, times: { from?: string; until?: string } = {}) {
  const target = join(base, name)
  certificateAuthority(join(base, 'public')).issue(target, {
    service: name,
    subject: name,
    names: `DNS:${name}`,
    ...times,
  })
  chmodSync(target, 0o755)
  const file = join(target, 'identity.pem')
  chmodSync(file, 0o644)
  return { TLS_CERT_FILE: file, TLS_KEY_FILE: file }
}

/** The image that create-secrets.sh itself uses. */
function image(): string {
  const line = /^NODE_IMAGE=(.*)$/m.exec(readEnvFile())
  return process.env.NODE_IMAGE ?? line?.[1] ?? 'node:24.21.0-trixie-slim'
}

function readEnvFile(): string {
  try {
    return readFileSync('.env', 'utf8')
  } catch {
    return ''
  }
}

function readerOf(name: string): number {
  if (name === 'policy_audit_key') return 0
  return /_verifier$|_archive_key$|_db_identity/.test(name) ? 999 : 1001
}
