import { readdirSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { sample } from '../sabotage/model/seeded-sample.ts'
import { eventually } from '../stack.ts'
import { everyRow } from './every-row.ts'
import { backup, backupsFolder, restore } from './operate.ts'
import { runBeside } from './run-beside.ts'
import { changePriceThere, orderThere, sealedThere, second } from './second-stack.ts'

/** Each line that a restore prints at a step; `swapped` says whether the first database is in its place by then. */
const steps = [
  { step: 'Stopping', swapped: 'no' },
  { step: ': loaded', swapped: 'no' },
  { step: 'Swapping products', swapped: 'perhaps' },
  { step: 'Swapping orders', swapped: 'yes' },
  { step: 'Swapping payments', swapped: 'yes' },
  { step: 'Starting', swapped: 'yes' },
]
const { BACKUP_KILLS = steps.length, BACKUP_SEED = Date.now() % 100_000 } = process.env

let folder: ReturnType<typeof backupsFolder>
let file: string
let backedUp: unknown

beforeAll(async () => {
  console.log(
    `To kill at the same steps again: BACKUP_SEED=${BACKUP_SEED} npm run test:backup -- --kills ${BACKUP_KILLS}`,
  )
  folder = backupsFolder()
  await sealedThere()
  backedUp = await everyRow(second.prefix)
  file = await backup(folder.path, second.env)
})
afterAll(() => folder[Symbol.dispose]())

test('a killed backup leaves nothing that looks like one, holds up no order, and does not hinder the next', async () => {
  const before = readdirSync(folder.path)
  const env = { ...second.env, BACKUP_DIR: folder.path }
  const { status } = await runBeside(
    env,
    'scripts/backup.sh',
    (line, kill) => line.startsWith('The state of') && kill(),
  )
  expect(status).toBeNull()
  expect(readdirSync(folder.path).toSorted()).toEqual(['.draft', ...before])
  expect(await orderThere()).toBe(201)
  const next = await backup(folder.path, second.env)
  expect(readdirSync(folder.path).toSorted()).toEqual([...before, next.split('/').at(-1)].toSorted())
})

test('a restore that is told to end gives the shop back as it was, and the trail does not say that it restored anything', async () => {
  const told = async () => (await runBeside(second.env, 'node scripts/audit.ts show --since 1h')).text
  const count = (text: string) => text.split('restored the backup').length
  const before = await told()
  const { status, text } = await runBeside(second.env, `scripts/restore.sh ${file} --yes`, (line, kill) => {
    if (line.includes('Stopping')) setTimeout(() => kill('SIGTERM'), 300)
  })
  expect({ status, text }).toEqual({ status: 1, text: expect.stringContaining('FAIL: ') })
  for (const path of ['/api/orders/health', '/api/products/health'])
    await eventually(60, async () => (await fetch(second.url + path)).status === 200)
  expect(count(await told())).toBe(count(before))
})

test.each(sample(steps, Number(BACKUP_KILLS), Number(BACKUP_SEED)))(
  'a restore killed at $step has lost nothing, and the next run completes it',
  async ({ step, swapped }) => {
    await changePriceThere()
    const before = await everyRow(second.prefix)
    expect(before).not.toEqual(backedUp)
    const { status } = await runBeside(second.env, `scripts/restore.sh ${file} --yes`, (line, kill) => {
      if (line.includes(step)) kill()
    })
    expect(status).toBeNull()
    if (swapped === 'no') expect(await everyRow(second.prefix)).toEqual(before)

    const said = await restore(file, second.env)
    if (swapped !== 'perhaps') expect(said.includes('was interrupted; it is gone on with')).toBe(swapped === 'yes')
    expect(await everyRow(second.prefix)).toEqual(backedUp)
    expect(await everyRow(second.prefix, '_replaced')).toEqual(before)
    expect(await runBeside(second.env, 'node scripts/audit.ts verify')).toMatchObject({ status: 0 })
  },
)
