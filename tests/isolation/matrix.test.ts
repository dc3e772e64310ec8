import { afterAll, beforeAll, describe, test } from 'vitest'
import { readDeclarations } from './declarations.ts'
import { matrixText } from './matrix-text.ts'
import { attacks } from './model/attacks.ts'
import type { Report } from './report.ts'
import { reproduce } from './reproduce.ts'
import { survey } from './survey.ts'
import { writeReport } from './write-report.ts'

const { matrix } = readDeclarations()
const services = matrix.rows.filter((name) => !['outside', 'host'].includes(name))
let report: Report

beforeAll(async () => {
  report = await survey()
})

afterAll(async () => {
  if (report === undefined) return
  console.log(matrixText(report))
  console.log(await writeReport(report))
})

/** Fails with the problems themselves, each on a line of its own. */
function none(problems: string[]): void {
  if (problems.length > 0) throw new Error(problems.join('\n'))
}

/** What is wrong with some of the cells, each with the command that shows it. */
function wrong(of: (cell: { from: string; to: string }) => boolean): string[] {
  return report.verdicts
    .filter(({ cell, problems }) => of(cell) && problems.length > 0)
    .map(({ cell, problems }) => `${cell.id}: ${problems.join('; ')}\n    ${reproduce(cell, report.topology)}`)
}

describe('the run itself', () => {
  test('everything that runs is declared, and everything declared runs', () => none(report.problems.declared))
  test('every target listens, on what is declared and nothing else', () => none(report.problems.inside))
  test('the host reaches every port that is denied to others', () => none(wrong(({ from }) => from === 'control')))
  test('the rules are loaded, and their watchdog agrees', () => none(report.problems.rules))
  test('the packet filter counted every packet where it should', () => none(report.problems.counted))
  test('every cell of the cross product was tried', () => {
    const pairs = new Set(report.verdicts.map(({ cell }) => `${cell.from} → ${cell.to}`))
    const all = services.flatMap((from) => [...services, 'host', 'Internet'].map((to) => `${from} → ${to}`))
    none(all.filter((pair) => !pairs.has(pair)))
  })
})

test('README, x-communication, loaded rules and probes agree on every pair', () => {
  none(report.differences.map(({ problem }) => problem))
})

describe.each([...services, 'outside'])('%s', (from) => {
  const targets = from === 'outside' ? services : [...services, 'host', 'Internet']
  test.each(targets)(`${from} → %s`, (to) => {
    none(wrong((cell) => cell.from === from && cell.to === to))
  })
})

test('no cell is without a test of its own', () => {
  const known = (name: string) => [...services, 'host', 'Internet', 'outside', 'control'].includes(name)
  none(wrong(({ from, to }) => !known(from) || !known(to)))
})

describe('raw frames of an intruder', () => {
  test('he can be watched', () => none(report.problems.attacks))
  const delivered = (of: (name: string) => boolean) =>
    report.attacks.filter(({ strike }) => of(strike.name)).flatMap(({ problems }) => problems)
  test.each(attacks.map(({ name }) => name))('%s', (name) => none(delivered((other) => other === name)))
  test('nobody on two networks passes anything on, and forged in full a frame arrives', () => {
    none(delivered((name) => !attacks.some((attack) => attack.name === name)))
  })
})
