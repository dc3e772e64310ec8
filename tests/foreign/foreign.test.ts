import { execFile, execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'

// The three steps of the README's appendix, on a Compose file that has nothing to do with the shop.
const file = 'tests/foreign/compose.yaml'
const folder = mkdtempSync(join(tmpdir(), 'weather-'))
const rules = join(folder, 'policy.nft')

/** The image settings of this checkout count here too; the project's name does not. */
const settings = existsSync('.env') ? ['--env-file', '.env'] : []

function compose(...args: string[]): string {
  return execFileSync('docker', ['compose', ...settings, '--file', file, '--project-name', 'weather', ...args], {
    encoding: 'utf8',
    env: { ...process.env, POLICY_FILE: rules },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
}

beforeAll(() => {
  execFileSync(process.execPath, ['scripts/policy.ts', 'generate', file, rules])
  compose('up', '--detach', '--wait')
})

afterAll(() => {
  compose('stop')
  once('network-policy', 'remove')
  compose('down')
  rmSync(folder, { recursive: true })
})

/** What a connection comes to: the name that the target answers, or how it failed. */
function connect(from: string, host: string, port: number): Promise<string> {
  const script = `exec 3<>/dev/tcp/${host}/${port} && read -r name <&3 && echo "$name"`
  return new Promise((resolve, reject) => {
    execFile('docker', ['exec', `weather-${from}`, 'timeout', '4', 'bash', '-c', script], (error, stdout, stderr) => {
      if (!error) resolve(stdout.trim())
      else if (error.code === 124) resolve('dropped')
      else if (/Network is unreachable/.test(stderr)) resolve('no route')
      else reject(new Error(`the probe failed: ${stderr}`))
    })
  })
}

test.each(['sensor', 'collector', 'archive'])('%s listens on both ports', async (name) => {
  expect(await Promise.all([9000, 9001].map((port) => connect(name, '127.0.0.1', port)))).toEqual([name, name])
})

test('connections go where x-communication says, and nowhere else', async () => {
  const cells = [
    { from: 'sensor', to: '10.213.1.3', 9000: 'collector', 9001: 'dropped' },
    { from: 'sensor', to: '10.213.2.3', 9000: 'no route', 9001: 'no route' },
    { from: 'sensor', to: '10.213.2.4', 9000: 'no route', 9001: 'no route' },
    { from: 'collector', to: '10.213.1.2', 9000: 'dropped', 9001: 'dropped' },
    { from: 'collector', to: '10.213.2.4', 9000: 'dropped', 9001: 'archive' },
    { from: 'archive', to: '10.213.2.3', 9000: 'dropped', 9001: 'dropped' },
    { from: 'archive', to: '10.213.1.2', 9000: 'no route', 9001: 'no route' },
  ]
  const observed = await Promise.all(
    cells.map(async ({ from, to }) => {
      const [first, second] = await Promise.all([connect(from, to, 9000), connect(from, to, 9001)])
      return { from, to, 9000: first, 9001: second }
    }),
  )
  expect(observed).toEqual(cells)
})

test('each drop was counted for its cell', () => {
  const counters = compose(
    'exec',
    '-T',
    'network-policy',
    'nft',
    'list',
    'counters',
    'table',
    'bridge',
    'weather_policy',
  )
  for (const cell of [
    'sensor__collector__field',
    'collector__sensor__field',
    'collector__archive__storage',
    'archive__collector__storage',
  ]) {
    expect(counters).toMatch(new RegExp(`drop_${cell} \\{\\s+packets [1-9]`))
  }
})

test('a table that is deleted is back within 5 s, and the incident is logged', async () => {
  nft('delete table inet weather_policy')
  await expect.poll(() => nft('list tables'), { timeout: 5_000 }).toContain('table inet weather_policy')
  await expect
    .poll(() => compose('logs', 'network-policy'), { timeout: 5_000 })
    .toContain('"reason":"table inet weather_policy is gone","count":"1"')
})

test('rules that cannot be loaded change nothing, and the log names the line', () => {
  const before = ourTables()
  const broken = join(folder, 'broken.nft')
  writeFileSync(broken, 'table inet @POLICY_TABLE@\ndelete table inet @POLICY_TABLE@\ntable inet other { nonsense }\n')
  const load = 'network-policy && echo loaded || true'
  expect(
    once(
      '--volume',
      `${broken}:/broken.nft:ro`,
      '--env',
      'RULES=/broken.nft',
      '--entrypoint',
      'bash',
      'network-policy',
      '-c',
      load,
    ),
  ).toMatch(/^\{.*"msg":"policy not loaded","error":"[^"]*:3:.*\}\n$/)
  expect(ourTables()).toBe(before)
})

test('stop leaves the rules in place; remove deletes both tables and nothing else', () => {
  compose('stop')
  const tables = () => once('--entrypoint', 'nft', 'network-policy', 'list', 'tables').trim().split('\n')
  const before = tables()
  expect(before).toEqual(expect.arrayContaining(['table bridge weather_policy', 'table inet weather_policy']))
  once('network-policy', 'remove')
  expect(tables()).toEqual(before.filter((table) => !table.endsWith(' weather_policy')))
})

function nft(command: string): string {
  return compose('exec', '-T', 'network-policy', 'nft', ...command.split(' '))
}

/** Both tables as they are loaded, but for the ports that the rules themselves learn. */
function ourTables(): string {
  const tables = ['bridge', 'inet'].map((family) => nft(`--stateless list table ${family} weather_policy`)).join('')
  expect(tables).toContain('\tset ports {')
  return tables.replace(/^\tset ports \{.*?^\t\}/ms, '')
}

/** A container of its own for one command, as "npm stop" does it. */
function once(...args: string[]): string {
  return compose('run', '--rm', '--no-deps', '-T', ...args)
}
