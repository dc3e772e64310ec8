import { appendFileSync, existsSync, mkdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { createHttpApp } from '@secure-ecommerce/kit/http-app'
import { createMetrics } from '@secure-ecommerce/kit/metrics'
import { ServiceError } from '@secure-ecommerce/kit/service-error'
import supertest from 'supertest'
import { beforeEach, describe, expect, test } from 'vitest'
import { silentLog } from '../../unit/log.ts'
import { told } from '../../unit/metrics.ts'
import { eventually } from '../../unit/payment-service.ts'
import { ownTrail, sharedPart } from './own-trail.ts'

const trail = ownTrail()
beforeEach(trail.empty)

async function whole(count = 8): Promise<void> {
  await using _service = trail.start()
  await trail.write(count)
  await trail.sealed()
}

const refusal = 'The audit trail is not kept, so nothing may be changed'

test('the three databases protect their trails alike', () => {
  const [orders, products, payments] = [
    sharedPart('orders', '005'),
    sharedPart('products', '006'),
    sharedPart('payments', '006'),
  ]
  const as = (text: string, role: string, service: string) => text.replaceAll(role, 'R').replaceAll(service, 'S')
  expect(as(products, 'productuser', 'product-api')).toBe(as(orders, 'orderuser', 'order-api'))
  expect(as(payments, 'paymentuser', 'payment-api')).toBe(as(orders, 'orderuser', 'order-api'))
})

test('what is written is sealed and anchored within a second or so, by two processes as by one, without a fork', async () => {
  await using _one = trail.start()
  await using _two = trail.start()
  await Promise.all(Array.from({ length: 20 }, () => trail.write(60)))
  await trail.sealed()
  const { entries, seals } = await trail.read()
  expect([entries.length, seals.length]).toEqual([1_200, 1_200])
  expect(await trail.problems()).toEqual([])
})

test('it goes on where it was, after a restart', async () => {
  await whole(3)
  await whole(3)
  expect((await trail.read()).seals.map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5, 6])
  expect(await trail.problems()).toEqual([])
})

test('metrics tell how many entries there are, over restarts', async () => {
  await whole(3)
  const metrics = createMetrics()
  await using _service = trail.start({ metrics })
  await trail.write(4)
  await trail.sealed()
  await expect.poll(async () => (await told(metrics)).audit_entries_total).toBe(7)
})

describe('done by a superuser, past the triggers', () => {
  const everything =
    'insert into audit_entries overriding system value select * from kept_entries; insert into audit_seals select * from kept_seals;'

  test.each([
    {
      why: 'an edit',
      sql: `update audit_entries set actor = 'other' where id = 4`,
      found: { kind: 'edited', seq: 4, entryId: 4 },
    },
    {
      why: 'an edit of a detail',
      sql: `update audit_entries set details = '{"stock": [4, "e"]}' where id = 4`,
      found: { kind: 'edited', seq: 4, entryId: 4 },
    },
    {
      why: 'an edit by a microsecond',
      sql: `update audit_entries set at = at + interval '1 microsecond' where id = 4`,
      found: { kind: 'edited', seq: 4, entryId: 4 },
    },
    {
      why: 'a deletion',
      sql: 'delete from audit_entries where id = 4',
      found: { kind: 'deleted', seq: 4, entryId: 4 },
    },
    {
      why: 'a deletion with the seal',
      sql: 'delete from audit_seals where seq = 4; delete from audit_entries where id = 4',
      found: { kind: 'deleted', seq: 4 },
    },
    {
      why: 'an insertion with a seal of its own making',
      sql: `insert into audit_entries (actor, role, action, subject, subject_id, result, details)
              values ('demo', 'admin', 'product.changed', 'product', '1', 'done', '{}');
            insert into audit_seals values (9, 9, sha256('forged'))`,
      found: { kind: 'inserted', seq: 9, entryId: 9 },
    },
    {
      why: 'an insertion into the past',
      sql: `insert into audit_entries (at, actor, role, action, subject, subject_id, result, details)
              values (now() - interval '1 hour', 'demo', 'admin', 'product.changed', 'product', '1', 'done', '{}')`,
      found: { kind: 'inserted', entryId: 9 },
    },
    {
      why: 'a change of order',
      sql: `update audit_seals set seq = 100 where seq = 4; update audit_seals set seq = 4 where seq = 5;
            update audit_seals set seq = 5 where seq = 100`,
      found: { kind: 'reordered', seq: 4, entryId: 5 },
    },
    {
      why: 'a copy',
      sql: `insert into audit_entries (at, actor, role, action, subject, subject_id, address, result, request_id, details)
              select at, actor, role, action, subject, subject_id, address, result, request_id, details from audit_entries where id = 4`,
      found: { kind: 'duplicated', entryId: 9 },
    },
    {
      why: 'an old entry with its seal once more',
      sql: `insert into audit_entries (at, actor, role, action, subject, subject_id, address, result, request_id, details)
              select at, actor, role, action, subject, subject_id, address, result, request_id, details from audit_entries where id = 4;
            insert into audit_seals select 9, 9, hmac from audit_seals where seq = 4`,
      found: { kind: 'replayed', seq: 9, entryId: 9 },
    },
    {
      why: 'a cut',
      sql: 'delete from audit_seals where seq > 5; delete from audit_entries where id > 5',
      found: { kind: 'cut off', seq: 6 },
    },
  ])('$why is found, and what else there is is not', async ({ sql, found }) => {
    await whole()
    expect(await trail.problems()).toEqual([])
    await trail.tamper(`${sql};`)
    expect((await trail.problems())[0]).toMatchObject(found)
  })

  test('an old state of the database, brought back, is found', async () => {
    await whole(5)
    await trail.inSchema(
      'create table kept_entries as table audit_entries; create table kept_seals as table audit_seals;',
    )
    await whole(3)
    await trail.tamper('truncate audit_seals, audit_entries restart identity;', everything)
    await trail.tamper(`select setval('audit_entries_id_seq', 5);`)
    expect(await trail.problems()).toMatchObject([{ kind: 'replayed', seq: 6 }])
  })
})

describe('a database behind its anchor', () => {
  const cut = () => trail.tamper('delete from audit_seals where seq > 5; delete from audit_entries where id > 5;')

  test('is not gone on with, after a start or in the middle of it, until the operator accepts it', async () => {
    await whole()
    await cut()
    await using service = trail.start()
    await trail.write(2)
    await new Promise((resolve) => setTimeout(resolve, 1_200))
    expect(service.check).toThrow(refusal)
    const { seals, anchors } = await trail.read()
    expect([seals.length, anchors.at(-1)?.seq]).toEqual([5, 8])

    const { seq, hmac } = seals.at(-1) as { seq: number; hmac: string }
    appendFileSync(trail.anchors, `\n${JSON.stringify({ writer: 'order-api', seq, hmac, at: '', accepted: true })}`)
    await eventually(async () => !throws(service.check))
    await trail.sealed()
    expect(await trail.problems(new Set([`${seq} ${hmac}`]))).toEqual([])
    expect(await trail.problems()).toMatchObject([{ kind: 'accepted', seq: 5 }])

    await trail.tamper('delete from audit_seals where seq > 3; delete from audit_entries where id > 3;')
    await eventually(async () => throws(service.check))
  })

  test('is one whose anchors are gone, too', async () => {
    await whole()
    rmSync(trail.anchors)
    await using service = trail.start()
    await trail.write(1)
    await new Promise((resolve) => setTimeout(resolve, 700))
    expect(service.check).toThrow(refusal)
  })

  test('is one whose anchors are taken away while it runs: it begins no others', async () => {
    await using service = trail.start({ patience: 300 })
    await trail.write(1)
    await trail.sealed()
    rmSync(trail.anchors)
    await trail.write(1)
    await eventually(async () => throws(service.check))
    expect(existsSync(trail.anchors)).toBe(false)
  })
})

describe('a trail that cannot be kept', () => {
  const appOf = (service: ReturnType<typeof trail.start>) =>
    supertest(
      createHttpApp({
        ...{ log: silentLog, ready: async () => {}, trail: service },
        routes: { '/notes': (_req, res) => void res.end('done') },
      }),
    )

  test('stops changes and readiness, not reads, and is made up for', async () => {
    await using service = trail.start({ patience: 300 })
    const app = appOf(service)
    await eventually(async () => !throws(service.check))
    expect((await app.post('/notes')).status).toBe(200)

    // In the way of the file: not even root can append to a folder.
    const aside = `${trail.anchors}.aside`
    renameSync(trail.anchors, aside)
    mkdirSync(trail.anchors)
    await trail.write(3)
    await eventually(async () => throws(service.check))
    expect((await app.post('/notes')).body).toMatchObject({ error: refusal })
    expect((await app.post('/notes')).status).toBe(503)
    expect((await app.get('/notes')).status).toBe(200)
    expect((await app.get('/ready')).status).toBe(503)
    expect((await app.get('/health')).status).toBe(200)

    rmSync(trail.anchors, { recursive: true })
    renameSync(aside, trail.anchors)
    await eventually(async () => !throws(service.check))
    expect((await app.get('/ready')).status).toBe(200)
    await trail.sealed()
    expect(await trail.problems()).toEqual([])
  })

  test('is one whose seals are refused, too', async () => {
    await using service = trail.start({ patience: 300 })
    await eventually(async () => !throws(service.check))
    await trail.inSchema('revoke insert on audit_seals from orderuser;')
    await trail.write(1)
    await eventually(async () => throws(service.check))
    await trail.inSchema('grant insert on audit_seals to orderuser;')
    await eventually(async () => !throws(service.check))
  })
})

test('refusals are counted, and however many come they are few entries', async () => {
  const service = trail.start()
  const app = supertest(
    createHttpApp({
      ...{ log: silentLog, ready: async () => {}, trail: service },
      routes: {
        '/notes': (req, res) => {
          res.locals.caller = { id: 'ada', role: 'customer', address: '192.0.2.1' }
          throw new ServiceError(req.query.status === '401' ? 'unauthenticated' : 'forbidden', 'no')
        },
      },
    }),
  )
  for (let n = 0; n < 3; n++) await app.get('/notes').set('x-forwarded-for', '192.0.2.1')
  await app.get('/notes?status=401').set('x-forwarded-for', '192.0.2.1')
  await app.get('/notes?status=401').set({ 'x-forwarded-for': '192.0.2.1', authorization: 'Bearer no' })
  for (let n = 0; n < 300; n++) {
    service.refusals.note({ actor: 'guest', role: 'guest', address: `192.0.2.${n}`, route: '/notes', status: 403 })
  }
  await service[Symbol.asyncDispose]()

  const { entries } = await trail.read()
  expect(entries.length).toBe(51)
  const count = ({ details }: (typeof entries)[number]) => details.count as number
  expect(entries.reduce((sum, entry) => sum + count(entry), 0)).toBe(304)
  expect(entries[0]).toMatchObject({
    ...{
      actor: 'ada',
      role: 'customer',
      address: '192.0.2.1',
      action: 'caller.refused',
      subject: 'route',
      subject_id: '/notes',
    },
    ...{ result: 'refused', request_id: expect.stringMatching(/^[0-9a-f]{32}$/), details: { status: 403, count: 3 } },
  })
  expect(entries[1]).toMatchObject({ actor: 'ada', details: { status: 401, count: 1 } })
})

test('nobody but the service reads its anchors', async () => {
  await whole(1)
  expect((statSync(trail.anchors).mode & 0o777).toString(8)).toBe('600')
})

function throws(check: () => void): boolean {
  try {
    check()
    return false
  } catch {
    return true
  }
}
