import { existsSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { parse } from 'yaml'

type Step = { name?: string; uses?: string; run?: string }
type Job = { permissions?: Record<string, string>; needs?: string; steps: Step[] }
type Workflow = { permissions: Record<string, string>; jobs: Record<string, Job> }

const root = new URL('../', import.meta.url)
const text = readFileSync(new URL('.github/workflows/ci.yml', root), 'utf8')
const { permissions, jobs }: Workflow = parse(text)
const { scripts } = JSON.parse(readFileSync(new URL('package.json', root), 'utf8'))
const steps = Object.values(jobs).flatMap((job) => job.steps)
const commands = steps.flatMap(({ run = '' }) => run.split('\n'))

test('the gates are in order', () => {
  const gates = ['Check', 'Unit tests', 'Build', 'Isolation', 'Hardening', 'Sabotage', 'Security check', 'SBOM', 'Sign']
  expect(steps.flatMap(({ name = '' }) => (gates.includes(name) ? [name] : []))).toEqual(gates)
  expect(jobs.sign?.needs).toBe('gates')
})

test('every npm script and every file that it runs is there', () => {
  const names = commands.flatMap((line) => [...line.matchAll(/\bnpm (?:run )?([\w:-]+)/g)].map(([, name = '']) => name))
  expect(names.length).toBeGreaterThan(5)
  expect(names.filter((name) => name !== 'ci' && !(name in scripts))).toEqual([])
  const files = commands.flatMap((line) => line.match(/\bscripts\/[\w./-]+/g) ?? [])
  expect(files.filter((file) => !existsSync(new URL(file, root)))).toEqual([])
})

test('every action is pinned by its commit, and says which version that is', () => {
  const uses = text.split('\n').filter((line) => line.includes('uses: '))
  expect(uses.length).toBe(steps.filter((step) => step.uses).length)
  expect(uses.filter((line) => !/uses: [\w.-]+\/[\w.-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(line))).toEqual([])
})

test('only who signs may write, and no script has text of others put into it', () => {
  expect(permissions).toEqual({ contents: 'read' })
  expect(jobs.gates?.permissions).toBeUndefined()
  expect(jobs.sign?.permissions).toEqual({ packages: 'write', 'id-token': 'write' })
  expect(commands.filter((line) => line.includes('${{'))).toEqual([])
})
