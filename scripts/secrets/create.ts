/**
 * Makes the files in /secrets that are not there yet. Run by create-secrets.sh in a container without a network, where it
 * may give each file to the uid that reads it; a password never leaves this process but into its file.
 * What it makes is in the operator's audit trail first, or is not made. Certificates come as drafts: their authority is on the other
 * side. With the arguments offer, use or retire and the name of a secret it then does that step of replacing it, see rotate-secrets.sh.
 */
import { randomBytes } from 'node:crypto'
import {
  chmodSync,
  chownSync,
  closeSync,
  existsSync,
  fsyncSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { type Deed, placeIn, writeDown } from '../audit/operator-trail.ts'
import { Failure } from '../stack/failure.ts'
import { isStep, linesAfter, type Step } from './replacement.ts'
import { scramVerifier, verifies } from './scram-verifier.ts'
import { belongs, newTokenKey, onlyInUse, publicKeySet } from './token-keys.ts'

const FOLDER = '/secrets'
const TRAIL = placeIn('/audit', FOLDER)
const path = (name: string) => `${FOLDER}/${name}`
const read = (name: string) => readFileSync(path(name), 'utf8').trim()
/** The uid of each secret's one reader; "owner" is whose the folder is. destroy.sh removes what these list, so nothing else is made. */
const OWNERS = readOwners('owners.txt')
const IDENTITIES = readOwners('identities.txt')
const operatorKey = 'operator_audit_key'

function readOwners(list: string): Map<string | undefined, number> {
  const lines = readFileSync(new URL(list, import.meta.url), 'utf8')
    .trim()
    .split('\n')
  return new Map(
    lines
      .map((line) => line.split(' '))
      .map(([name, uid]) => [name, uid === 'owner' ? statSync(FOLDER).uid : Number(uid)]),
  )
}

const random = () => randomBytes(32).toString('base64url')

/** An existing secret is kept; only who may read it is put right, as after a restored backup. */
function keep(name: string, uid: number): void {
  const { mode, uid: owner } = statSync(path(name))
  if (read(name) === '') throw new Failure(`secrets/${name} is empty; remove it to have a new one made`)
  if (owner === uid && (mode & 0o777) === 0o400) return
  chownSync(path(name), uid, uid)
  chmodSync(path(name), 0o400)
  console.log(`  ${name}: now 0400 of uid ${uid}`)
}

/** The name appears only once content and owner are right, so an interrupted run leaves no half a secret. */
function make(name: string, uid: number, content: string, action = 'secret.made'): void {
  // The key of the trail itself is what there is no trail before.
  if (name !== operatorKey) note(action, name)
  const draft = path(`.${name}.new`)
  writeFileSync(draft, content, { mode: 0o400, flag: 'wx' })
  chownSync(draft, uid, uid)
  renameSync(draft, path(name))
  console.log(`  ${name}: made`)
}

function note(action: string, name: string): void {
  const deed: Deed = { action, subject: 'secret', subject_id: name, details: {} }
  writeDown(TRAIL, deed)
}

function ensureOperatorKey(): void {
  const isNew = !existsSync(path(operatorKey))
  if (isNew && existsSync(TRAIL.trail))
    throw new Failure(
      `the operator's audit trail is there but secrets/${operatorKey} is not; restore it, or put the trail and its anchors away`,
    )
  ensure(operatorKey, random)
  if (isNew) note('secret.made', operatorKey)
}

function ensure(name: string, content: () => string): void {
  const uid = OWNERS.get(name)
  if (uid === undefined) throw new Error(`owners.txt does not list ${name}`)
  if (existsSync(path(name))) keep(name, uid)
  else make(name, uid, content())
}

function ensureDatabasePassword(login: string): void {
  const password = `${login}_password`
  const verifier = `${login}_verifier`
  if (existsSync(path(verifier)) && !existsSync(path(password)))
    throw new Failure(
      `secrets/${verifier} is there but secrets/${password} is not; restore it, or remove the verifier to have both made anew`,
    )
  ensure(password, random)
  ensure(verifier, () => scramVerifier(read(password)))
  if (
    !read(password)
      .split('\n')
      .some((each) => verifies(read(verifier), each))
  )
    throw new Failure(
      `secrets/${verifier} was not made from secrets/${password}; remove the verifier to have it made from the password`,
    )
}

function ensureTokenKeys(): void {
  const [privateKey, publicKeys] = ['jwt_private_key', 'jwt_public_keys'] as const
  if (existsSync(path(publicKeys)) && !existsSync(path(privateKey)))
    throw new Failure(
      `secrets/${publicKeys} is there but secrets/${privateKey} is not; restore it, or remove the public keys to have both made anew`,
    )
  ensure(privateKey, newTokenKey)
  ensure(publicKeys, () => publicKeySet(read(privateKey)))
  if (!belongs(read(privateKey), read(publicKeys)))
    throw new Failure(
      `secrets/${publicKeys} does not have the key of secrets/${privateKey}; remove the public keys to have them made from it`,
    )
}

/** Whose readers take two, and follow the file. */
const replaceable = [
  ...['product_db_password', 'order_db_password', 'payment_db_password'],
  ...['payment_api_key', 'payment_webhook_key', 'stock_api_key', 'jwt_private_key'],
]

/** One step of {@link linesAfter}; what is next is kept until the last, so that an interrupted replacement goes on with the same. */
function replaceSecret(step: Step, name: string): void {
  if (!replaceable.includes(name))
    throw new Failure(
      `expected one of ${replaceable.join(', ')} but found ${name}: it is not replaced while the shop runs`,
    )
  const isTokenKey = name === 'jwt_private_key'
  const next = `.next.${name}`
  if (!existsSync(path(next))) {
    if (step !== 'offer') throw new Failure(`secrets/${name} is not being replaced`)
    writeFileSync(path(`${next}.new`), isTokenKey ? newTokenKey() : random(), { mode: 0o400 })
    renameSync(path(`${next}.new`), path(next))
  }
  if (isTokenKey) replaceTokenKey(step, read(next))
  else {
    rewrite(name, linesAfter(step, read(name), read(next)), step)
    const [database] = /^\w+_db(?=_password$)/.exec(name) ?? []
    // Whoever has read both passwords finds out which of them the database takes by now.
    if (database && step === 'use') {
      const verifier = `${database}_verifier`
      if (!verifies(read(verifier), read(next))) rewrite(verifier, scramVerifier(read(next)), step)
    }
  }
  if (step === 'retire') rmSync(path(next))
}

/** The same with two files: whoever verifies has both keys before the new one signs. */
function replaceTokenKey(step: Step, next: string): void {
  const [privateKey, publicKeys] = [read('jwt_private_key'), read('jwt_public_keys')]
  const isUsed = privateKey === next
  if (step === 'offer' && !isUsed)
    rewrite('jwt_public_keys', publicKeySet(next, onlyInUse(privateKey, publicKeys)), step)
  if (step === 'use') rewrite('jwt_private_key', next, step)
  if (step === 'retire') rewrite('jwt_public_keys', onlyInUse(next, publicKeys), step)
}

/** In place: a container that has the file mounted would not see another one of that name. */
function rewrite(name: string, content: string, step: Step): void {
  if (read(name) === content) return
  note({ offer: 'secret.offered', use: 'secret.rotated', retire: 'secret.revoked' }[step], name)
  const file = openSync(path(name), 'r+')
  ftruncateSync(file, writeSync(file, content, 0))
  fsyncSync(file)
  closeSync(file)
  console.log(
    `  ${name}: ${{ offer: 'both are taken', use: 'the new one is used', retire: 'the old one is gone' }[step]}`,
  )
}

function ensureIdentity(service: string, uid: number): void {
  const files = { [`${service}.pem`]: 'identity.pem', 'authority.pem': 'authority.pem', 'revoked.pem': 'revoked.pem' }
  ensureFolder(`${service.replaceAll('-', '_')}_identity`, uid, files)
}

/**
 * A folder, not a file: what is renamed into it is seen by the container that runs already.
 *
 * @param files what each draft is called there
 */
function ensureFolder(name: string, uid: number, files: Record<string, string>): void {
  const folder = path(name)
  if (!existsSync(folder)) mkdirSync(folder)
  for (const [draft, file] of Object.entries(files)) {
    if (existsSync(path(`.drafts/${draft}`))) replace(`${name}/${file}`, readFileSync(path(`.drafts/${draft}`)), uid)
  }
  // Names may be seen, so that whoever makes certificates knows which are there. The folder around it is its owner's alone.
  chownSync(folder, uid, uid)
  chmodSync(folder, 0o555)
}

/** Nothing where that is what it holds already. */
function replace(name: string, content: Buffer, uid: number): void {
  const file = path(name)
  const same = existsSync(file) && readFileSync(file).equals(content)
  const draft = same ? file : `${file}.new`
  if (!same) {
    // The same authority and the same revocations for everybody are told of once.
    if (!/\/(authority|revoked)\.pem$/.test(name)) note(existsSync(path(name)) ? 'secret.rotated' : 'secret.made', name)
    writeFileSync(draft, content, { mode: 0o400 })
  }
  chownSync(draft, uid, uid)
  chmodSync(draft, 0o400)
  if (same) return
  renameSync(draft, file)
  console.log(`  ${name}: made`)
}

const [action, name] = process.argv.slice(2)
try {
  for (const left of readdirSync(FOLDER).filter((name) => /^\..+\.new$/.test(name))) rmSync(path(left))
  ensureOperatorKey()
  for (const name of ['product', 'order', 'payment']) {
    ensureDatabasePassword(`${name}_db`)
    ensureDatabasePassword(`${name}_monitor`)
  }
  for (const service of ['product', 'order', 'payment', 'policy']) ensure(`${service}_audit_key`, random)
  for (const database of ['product', 'order', 'payment']) ensure(`${database}_archive_key`, random)
  for (const name of ['payment_api_key', 'payment_webhook_key', 'stock_api_key', 'order_link_key', 'redis_password'])
    ensure(name, random)
  if (!existsSync(path('backup_key')))
    console.log('  KEEP A COPY of backup_key, *_archive_key and *_audit_key ELSEWHERE: no backup is of use without')
  ensure('backup_key', random)
  ensure('alert_webhook_url', () => 'none')
  ensure('stripe_key', () => `sk_test_${randomBytes(24).toString('hex')}`)
  ensureTokenKeys()
  if (action === 'revocations') note('secret.revoked', 'certificates')
  for (const [service, uid] of IDENTITIES) ensureIdentity(String(service), uid)
  ensureFolder('shop_certificate', Number(IDENTITIES.get('nginx')), { 'shop.pem': 'certificate.pem' })
  if (isStep(action) && name !== undefined) replaceSecret(action, name)
} catch (error) {
  if (!(error instanceof Failure)) throw error
  console.error(`FAIL: ${error.message}`)
  process.exitCode = 1
}
