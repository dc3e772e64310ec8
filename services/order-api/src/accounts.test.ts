import { randomUUID } from 'node:crypto'
import { acting } from '@secure-ecommerce/kit/acting'
import { decodeJwt, decodeProtectedHeader } from 'jose'
import { expect, test, vi } from 'vitest'
import { testDatabase } from '../../../tests/unit/database.ts'
import { orderService } from '../../../tests/unit/order-service.ts'
import { bearer, guest } from '../../../tests/unit/people.ts'
import { loginLimits } from './login-limits.ts'
import { passwords } from './password-hash.ts'
import { sessionStore } from './session-store.ts'

const database = testDatabase('orders')
const api = orderService(database, 'enforced')

const password = 'correct horse battery'
let customers = 0
const newEmail = () => `Person.${++customers}.${randomUUID()}@Example.com`
/** From an address of its own, so that nobody's wrong guesses are another test's. */
let addresses = 0
const newAddress = () => `198.51.${Math.floor(++addresses / 250)}.${addresses % 250}`

const post = (path: string, body: object, address = newAddress()) =>
  api.post(`/api/auth/${path}`).set('x-forwarded-for', address).send(body)

async function register(email = newEmail(), name = 'Ada') {
  const answer = await post('register', { email, password, name })
  expect(answer.status).toBe(201)
  return answer.body
}

async function signedIn() {
  const account = await register()
  return { account, tokens: (await post('login', { email: account.email, password })).body }
}

const me = (token: string) => api.get('/api/auth/me').set('authorization', `Bearer ${token}`)

test('somebody registers, signs in, is known, stays signed in and signs out', async () => {
  const email = newEmail()
  const account = await register(email, "Siobhán O'Brien-北京 👩‍🚀")
  expect(account).toEqual({
    id: expect.stringMatching(/^[0-9a-f-]{36}$/),
    email,
    name: "Siobhán O'Brien-北京 👩‍🚀",
    role: 'customer',
  })

  const login = await post('login', { email, password })
  expect(login).toMatchObject({ status: 200, body: { token_type: 'Bearer', expires_in: 600 } })
  expect(login.headers['cache-control']).toBe('no-store')
  expect((await me(login.body.access_token)).body).toEqual(account)

  const refreshed = await post('refresh', { refresh_token: login.body.refresh_token })
  expect(refreshed.status).toBe(200)
  expect((await me(refreshed.body.access_token)).body).toEqual(account)

  expect((await post('logout', { refresh_token: refreshed.body.refresh_token })).status).toBe(204)
  expect(await post('refresh', { refresh_token: refreshed.body.refresh_token })).toMatchObject({
    status: 401,
    body: { error: 'The refresh token is not valid' },
  })
  expect((await post('logout', { refresh_token: 'never was one' })).status).toBe(204)
})

test('an access token says who, what and for how long, by the key it names', async () => {
  const { account, tokens } = await signedIn()
  const { iat = 0, ...claims } = decodeJwt(tokens.access_token)
  expect(claims).toEqual({
    ...{ iss: 'secure-ecommerce/order-api', aud: 'secure-ecommerce/api', sub: account.id, role: 'customer' },
    ...{ exp: iat + 600, jti: expect.any(String) },
  })
  expect(decodeProtectedHeader(tokens.access_token)).toEqual({ alg: 'EdDSA', typ: 'at+jwt', kid: 'test' })
})

test.each([
  'X',
  '李',
  "d'Arc",
  'María-José Carreño Quiñones',
  'Nguyễn Văn A',
  'أحمد',
  'null',
  'Robert"); DROP TABLE accounts;--',
  'Jr. 3rd',
])('somebody may be called %s', async (name) => {
  expect((await register(newEmail(), name)).name).toBe(name)
})

test.each([
  ['a short password', { password: 'short' }, 'password must be at least 10 characters long'],
  ['a common password', { password: 'password123' }, 'password is among those that are guessed first'],
  ['no password', { password: undefined }, 'password is required'],
  ['no name', { name: ' ' }, 'name'],
  ['no e-mail', { email: 'ada' }, 'email must be a valid email'],
  ['a role of their own choice', { role: 'admin' }, 'role is not allowed'],
])('nobody registers with %s', async (_, field, detail) => {
  const answer = await post('register', { email: newEmail(), password, name: 'Ada', ...field })
  expect(answer).toMatchObject({ status: 400, body: { error: 'Validation failed' } })
  expect(answer.body.details.join()).toContain(detail)
})

test('an e-mail is one account, however it is capitalised', async () => {
  const { email } = await register()
  expect(await post('register', { email: email.toUpperCase(), password, name: 'Eve' })).toMatchObject({
    status: 409,
    body: { error: 'There is an account with this e-mail' },
  })
  expect((await post('login', { email: email.toLowerCase(), password })).status).toBe(200)
})

test('of ten who register one e-mail at the same moment one has it', async () => {
  const email = newEmail()
  const answers = await Promise.all(
    Array.from({ length: 10 }, () => post('register', { email, password, name: 'Ada' })),
  )
  expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array(9).fill(409)])
})

test('an unknown account and a wrong password get the same answer, and the same work is done', async () => {
  const { email } = await register()
  const answers = [
    await post('login', { email, password: 'wrong horse battery' }),
    await post('login', { email: newEmail(), password: 'wrong horse battery' }),
  ]
  for (const answer of answers) {
    expect(answer).toMatchObject({ status: 401, body: { error: 'E-mail or password is wrong' } })
    expect(answer.headers['www-authenticate']).toBe('Bearer realm="secure-ecommerce"')
  }
  const [known, unknown] = answers.map(({ body: { requestId: _, ...body } }) => body)
  expect(known).toEqual(unknown)
})

test('signing in takes as long for an unknown account as for a known one', async () => {
  const { email } = await register()
  const time = async (who: string) => {
    const started = performance.now()
    expect((await post('login', { email: who, password: 'wrong horse battery' })).status).toBe(401)
    return performance.now() - started
  }
  const known: number[] = []
  const unknown: number[] = []
  for (let n = 0; n < 5; n++) {
    known.push(await time(email))
    unknown.push(await time(newEmail()))
  }
  const median = (times: number[]) => times.toSorted((a, b) => a - b)[2] as number
  // Were no password hashed for an unknown one it would be a twentieth.
  expect(median(unknown) / median(known)).toBeGreaterThan(0.5)
  expect(median(unknown) / median(known)).toBeLessThan(2)
})

test('after five wrong guesses at an account nobody gets in, wherever from, until 15 minutes have passed', async () => {
  const { email } = await register()
  for (let n = 0; n < 5; n++) expect((await post('login', { email, password: `wrong guess ${n}` })).status).toBe(401)
  const refused = await post('login', { email: email.toUpperCase(), password })
  expect(refused).toMatchObject({ status: 429, body: { error: 'Too many attempts; try again later' } })
  expect(Number(refused.headers['retry-after'])).toBeGreaterThan(880)
  expect(Number(refused.headers['retry-after'])).toBeLessThanOrEqual(900)

  await agoMore('15 minutes', 'email', email)
  expect((await post('login', { email, password })).status).toBe(200)
})

test('an account that there is not is guarded alike', async () => {
  const email = newEmail()
  const statuses: number[] = []
  for (let n = 0; n < 6; n++) statuses.push((await post('login', { email, password })).status)
  expect(statuses).toEqual([401, 401, 401, 401, 401, 429])
})

test('five wrong guesses from one address, at whatever accounts, are enough', async () => {
  const address = newAddress()
  const { email } = await register()
  for (let n = 0; n < 5; n++) await post('login', { email: newEmail(), password }, address)
  expect((await post('login', { email, password }, address)).status).toBe(429)
  expect((await post('register', { email: newEmail(), password, name: 'Ada' }, address)).status).toBe(429)
  expect((await post('login', { email, password })).status).toBe(200)
})

test('asking by registration which e-mails there are is as slow', async () => {
  const { email } = await register()
  const address = newAddress()
  const statuses: number[] = []
  for (let n = 0; n < 6; n++) statuses.push((await post('register', { email, password, name: 'Eve' }, address)).status)
  expect(statuses).toEqual([409, 409, 409, 409, 409, 429])
})

test('successes do not count, and wrong guesses only for 15 minutes each', async () => {
  const { email } = await register()
  const address = newAddress()
  const guess = (text: string) => post('login', { email, password: text }, address)
  for (let n = 0; n < 4; n++) await guess('wrong horse battery')
  for (let n = 0; n < 8; n++) expect((await guess(password)).status).toBe(200)
  await agoMore('14 minutes', 'email', email)
  await agoMore('14 minutes', 'address', address)
  expect((await guess('wrong horse battery')).status).toBe(401)
  expect((await guess(password)).status).toBe(429)
  await agoMore('1 minute', 'email', email)
  await agoMore('1 minute', 'address', address)
  for (let n = 0; n < 4; n++) expect((await guess('wrong horse battery')).status).toBe(401)
  expect((await guess(password)).status).toBe(429)
})

test('of thirty guesses at the same moment five are looked at', async () => {
  const email = newEmail()
  const answers = await Promise.all(
    Array.from({ length: 30 }, (_, n) => post('login', { email, password: `wrong guess ${n}` })),
  )
  const count = (status: number) => answers.filter((answer) => answer.status === status).length
  expect([count(401), count(429)]).toEqual([5, 25])
})

test('a guess that nobody could look at does not count', async () => {
  const { email } = await register()
  const address = newAddress()
  const busy = { ...passwords(), verify: () => Promise.reject(new Error('busy')) }
  const { signIn } = await import('./sign-in.ts')
  const { accountStore } = await import('./account-store.ts')
  const wrongPassword = vi.fn<() => void>()
  const people = { accounts: accountStore(database), limits: loginLimits(database), passwords: busy, wrongPassword }
  for (let n = 0; n < 7; n++) await expect(signIn(people, address, { email, password })).rejects.toThrow('busy')
  expect(wrongPassword).not.toHaveBeenCalled()
  expect((await post('login', { email, password }, address)).status).toBe(200)
})

test('a password that was hashed with other parameters is hashed anew when it is next used', async () => {
  const { email, id } = await register()
  const { argon2Sync } = await import('node:crypto')
  const nonce = Buffer.alloc(16, 7)
  const tag = argon2Sync('argon2id', {
    message: password,
    nonce,
    memory: 8_192,
    passes: 1,
    parallelism: 1,
    tagLength: 32,
  })
  const text = (bytes: Buffer) => bytes.toString('base64').replaceAll('=', '')
  await database.query('update accounts set password_hash = $2 where id = $1', [
    id,
    `$argon2id$v=19$m=8192,t=1,p=1$${text(nonce)}$${text(tag)}`,
  ])
  expect((await post('login', { email, password: 'wrong horse battery' })).status).toBe(401)
  const hash = async () =>
    (await database.query('select password_hash from accounts where id = $1', [id])).rows[0].password_hash
  expect(await hash()).toContain('$m=8192,')
  expect((await post('login', { email, password })).status).toBe(200)
  expect(await hash()).toContain('$m=19456,t=2,p=1$')
  expect((await post('login', { email, password })).status).toBe(200)
})

test('a refresh token is good once; brought again it ends the session, also for who has the next one', async () => {
  const { tokens } = await signedIn()
  const refresh = (refresh_token: string) => post('refresh', { refresh_token })
  const second = (await refresh(tokens.refresh_token)).body
  const third = (await refresh(second.refresh_token)).body
  expect((await refresh(tokens.refresh_token)).status).toBe(401)
  expect((await refresh(third.refresh_token)).status).toBe(401)
})

test('the end of one session is not the end of another', async () => {
  const { account, tokens } = await signedIn()
  const other = (await post('login', { email: account.email, password })).body
  await post('logout', { refresh_token: tokens.refresh_token })
  expect((await post('refresh', { refresh_token: other.refresh_token })).status).toBe(200)
})

test('of twenty who bring one token at the same moment one at most gets the next, and it is worth nothing', async () => {
  const { tokens } = await signedIn()
  const answers = await Promise.all(
    Array.from({ length: 20 }, () => post('refresh', { refresh_token: tokens.refresh_token })),
  )
  const taken = answers.filter(({ status }) => status === 200)
  expect(taken.length).toBeLessThanOrEqual(1)
  for (const { body } of taken) expect((await post('refresh', { refresh_token: body.refresh_token })).status).toBe(401)
})

test('a session that ends while its next token is made takes that along', async () => {
  const sessions = sessionStore(database)
  const { id } = await register()
  const acted = acting(guest)
  for (let n = 0; n < 20; n++) {
    const first = await sessions.open(id, acted)
    const second = (await sessions.rotate(first, acted))?.refreshToken as string
    // The thief's copy of the first, and the owner's second.
    const [, third] = await Promise.all([sessions.rotate(first, acted), sessions.rotate(second, acted)])
    if (third) expect(await sessions.rotate(third.refreshToken, acted)).toBeUndefined()
    expect(await sessions.rotate(second, acted)).toBeUndefined()
  }
})

test('a refresh token is over after 30 days', async () => {
  const { account, tokens } = await signedIn()
  await database.query(
    `update refresh_tokens set expires_at = now() from sessions where sessions.id = session_id and account_id = $1`,
    [account.id],
  )
  expect((await post('refresh', { refresh_token: tokens.refresh_token })).status).toBe(401)
})

test('what is over is swept away, and nothing else', async () => {
  const [gone, stays] = [await signedIn(), await signedIn()]
  await database.query(`update sessions set expires_at = now() - interval '1 second' where account_id = $1`, [
    gone.account.id,
  ])
  await post('login', { email: 'nobody@example.com', password })
  await database.query(`update login_failures set expires_at = now() - interval '1 second'`)
  await vi.waitFor(async () => {
    expect(await sessionStore(database).sweep(1_000)).toBe(false)
    expect(await loginLimits(database).sweep(1_000)).toBe(false)
  })
  const { rows } = await database.query('select account_id from sessions where account_id = any($1)', [
    [gone.account.id, stays.account.id],
  ])
  expect(rows).toEqual([{ account_id: stays.account.id }])
  expect((await database.query('select from login_failures where expires_at < now()')).rowCount).toBe(0)
})

test('neither passwords nor tokens nor what was typed as an e-mail is in the database', async () => {
  const { account, tokens } = await signedIn()
  await post('login', { email: 'my-password-by-mistake@example.com', password })
  const { rows } = await database.query(
    `select a::text || s::text || r::text as found from accounts a join sessions s on account_id = a.id
     join refresh_tokens r on session_id = s.id where a.id = $1
     union all select f::text from login_failures f`,
    [account.id],
  )
  const all = rows.map(({ found }) => found).join('\n')
  expect(all).toContain('$argon2id$')
  for (const secret of [password, tokens.refresh_token, tokens.access_token, 'my-password-by-mistake']) {
    expect(all).not.toContain(secret)
    expect(all).not.toContain(Buffer.from(secret).toString('hex'))
  }
})

test('the service can make nobody staff or admin, and delete nobody', async () => {
  const { id } = await register()
  for (const statement of [
    `update accounts set role = 'admin' where id = '${id}'`,
    `insert into accounts (email, name, password_hash, role) values ('eve@example.com', 'Eve', '$argon2id$', 'admin')`,
    `update accounts set email = 'eve@example.com' where id = '${id}'`,
    `delete from accounts where id = '${id}'`,
  ]) {
    await expect(database.query(statement), statement).rejects.toThrow('permission denied')
  }
})

test('the demo user is known without credentials; an account that is gone is not', async () => {
  const demo = orderService(database, 'demo')
  expect((await demo.get('/api/auth/me')).body).toEqual({
    ...{ id: 'demo', email: 'demo@example.com', name: 'Demo', role: 'admin' },
  })
  const { account, tokens } = await signedIn()
  expect((await demo.get('/api/auth/me').set('authorization', `Bearer ${tokens.access_token}`)).body).toEqual(account)
  expect((await api.get('/api/auth/me').set(await bearer('customer'))).status).toBe(401)
})

/** As if so much more time had passed since the wrong guesses. */
async function agoMore(time: string, kind: 'email' | 'address', value: string): Promise<void> {
  const { rowCount } = await database.query(
    `update login_failures set failures = array(select at - $1::interval from unnest(failures) at)
     where subject = sha256(convert_to($2 || ' ' || lower($3), 'UTF8'))`,
    [time, kind, value],
  )
  expect(rowCount).toBe(1)
}
