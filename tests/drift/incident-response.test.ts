import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { parse } from 'yaml'
import { commandsOf, onThisStack } from '../commands.ts'
import { eventually, healthy, requireTestStack } from '../stack.ts'
import { drift, nothing } from './run.ts'

beforeAll(requireTestStack)

const root = new URL('../../', import.meta.url)
const read = (file: string) => readFileSync(new URL(file, root), 'utf8')
const page = read('docs/incident-response.md')
const { scripts }: { scripts: Record<string, string> } = JSON.parse(read('package.json'))
const services = Object.keys(parse(read('docker-compose.yml'), { merge: true }).services)

const runnable = commandsOf(page)
const others = commandsOf(page, ' not-run')
const mentioned = [...page.matchAll(/`((?:npm |scripts\/|docker )[^`\n]*)`/g)].map(([, command = '']) => command)

const releaseAll = () =>
  Promise.all(['order-api', 'payment-api'].map((service) => execute(`npm run quarantine -- ${service} --release`)))
afterAll(releaseAll)

const execute = (command: string) => promisify(execFile)('bash', ['-o', 'pipefail', '-c', command], { cwd: root })

/** The forms that the comment at a script's top shows, without what it says of them. */
function usageOf(file: string): string {
  const lines = read(file).split('\n')
  const from = lines[0]?.startsWith('#!') ? 1 : 0
  const end = lines.findIndex((line, index) => index >= from && !/^(#|\/\/)/.test(line))
  return lines
    .slice(from, end)
    .map((line) => line.replace(/^(#|\/\/)\s*(Usage: )?/, '').split(/\s{3,}/)[0])
    .filter((form) => /^(npm|scripts\/)/.test(form ?? ''))
    .join('\n')
}

/** The script that a command of this repository runs, and the words behind it; of a suite and of other programs nothing. */
function scriptOf(command: string): { file: string; words: string[] } | undefined {
  const [program = '', ...rest] = (command.split(/\s+#\s/)[0] ?? '').split(/\s+/).filter(Boolean)
  if (program.startsWith('scripts/')) return { file: program, words: rest }
  if (program !== 'npm') {
    expect(command).toMatch(/^docker (compose (ps|logs|up|rm)|exec|export|volume rm) /)
    return undefined
  }
  const [name = '', ...words] = rest[0] === 'run' ? rest.slice(1) : rest
  if (!(name in scripts)) throw new Error(`package.json has no script ${name}`)
  const [file] = /scripts\/(?!with-packages)\S+/.exec(scripts[name] ?? '') ?? []
  return file === undefined ? undefined : { file, words: words.filter((word) => word !== '--') }
}

/** Throws where the command's script is not there, or its usage does not know an option or what it is told to do. */
function check(command: string): void {
  const script = scriptOf(command)
  if (!script) return
  const usage = usageOf(script.file)
  const [first = ''] = script.words
  const isVerb = /^[a-z][a-z-]*$/.test(first) && !services.includes(first)
  const known = [...script.words.filter((word) => word.startsWith('--')), ...(isVerb ? [first] : [])]
  for (const word of known) if (!usage.includes(word)) throw new Error(`the usage of ${script.file} has no ${word}`)
}

test('every page has commands', () => {
  expect(
    page
      .split(/^## /m)
      .slice(1)
      .filter((each) => commandsOf(each).length === 0),
  ).toEqual([])
})

test.each([...new Set([...runnable, ...others, ...mentioned])])('%s is there, and takes that', check)

test.each([
  { command: 'npm run quarantin -- order-api', why: 'no script quarantin' },
  { command: 'npm run quarantine -- order-api --undo', why: 'no --undo' },
  { command: 'scripts/rotate-secrets.sh passwords', why: 'no passwords' },
  { command: 'scripts/recover.sh', why: 'ENOENT' },
])('$command would be noticed', ({ command, why }) => {
  expect(() => check(command)).toThrow(why)
})

const [, search = ''] = /docker compose logs --no-color \| (.+)/.exec(page) ?? []

test.each([
  ['{"card":"4242424242424242"}', 1],
  ['paid with 378282246310005', 1],
  ['"traceparent":"00-67f20e1f72c24eceae471b223e0c2695-4242424242424242-01"', 0],
  ['"requestId":"42424242424242424242424242424242"', 0],
])('the search for card numbers counts %s as %i', async (line, count) => {
  expect((await execute(`echo '${line}' | ${search}`)).stdout).toBe(`${count}\n`)
})

/** What an answer has to say, beside that the command succeeds. */
const says: [RegExp, RegExp][] = [
  [/quarantine -- \S+$/, /is cut off, after \d+ ms/],
  [/--release$/, /takes part again/],
  [/npm run quarantine$/, /^order-api$/m],
  [/explain api-gateway payment-db/, /❌|dropped|not declared|denied/i],
  [/grep -cP/, /^0\n$/],
]

test.each(runnable.map((command, index) => ({ command, index })))('$index: $command', async ({ command }) => {
  if (command === 'npm run drift') {
    // What a quarantine did to a service's health is over some seconds after its end.
    await eventually(60, async () => (await drift()).code === 0)
    expect(await drift()).toEqual(nothing)
    return
  }
  const { stdout } = await execute(onThisStack(command))
  expect(stdout).not.toBe('')
  for (const [when, what] of says) if (when.test(command)) expect(stdout).toMatch(what)
  if (command.endsWith('--release')) await Promise.all(['order-api', 'payment-api'].map((name) => healthy(name)))
})
