import { statSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { docker, stack } from '../stack.ts'
import { attempt, containers, declared, isDatabase, isPolicy, output } from './shop.ts'

const running = await containers()
const folder = resolve(process.env.SECRETS_DIR ?? 'secrets')

/** The secrets of a service as files: certificates are in folders, an identity with two others. */
function filesOf(service: string): string[] {
  return (declared.services[service]?.secrets ?? []).flatMap((secret) =>
    isFolder(secret) ? inFolder(secret).map((name) => `${secret}/${name}`) : [secret],
  )
}

const isFolder = (secret: string) => /_(identity|certificate)$/.test(secret)
const inFolder = (secret: string) =>
  secret.endsWith('_identity') ? ['identity.pem', 'authority.pem', 'revoked.pem'] : ['certificate.pem']
/** Certificates, and what was revoked of them, are told to everybody. */
const isPublic = (file: string) => /\/(authority|revoked)\.pem$/.test(file)

const files = [...new Set(Object.keys(declared.services).flatMap(filesOf))]
const values = await readSecrets()

/** The distinctive part of each: of a key, which has many lines, its body, of which the first line tells its kind. */
async function readSecrets(): Promise<Map<string, string>> {
  const found = new Map<string, string>()
  for (const { name, service } of running) {
    for (const file of filesOf(service).filter((file) => !isPublic(file))) {
      const content = await output(name, 'cat', `/run/secrets/${file}`)
      // The address of a receiver of alerts, where there is none.
      if (content === 'none') continue
      const [, body = content] = /-----BEGIN [A-Z ]*PRIVATE KEY-----\s+([^-]+)/.exec(content) ?? []
      found.set(file, body.trim().split('\n').slice(0, 2).at(-1)?.trim() ?? '')
    }
  }
  return found
}

test.each(running)('$service reads its own secrets and cannot change them', async (container) => {
  const { name, service } = container
  const uid = isDatabase(container) ? '999' : isPolicy(container) ? '0' : '1001'
  const secrets = declared.services[service]?.secrets ?? []
  const present = await output(name, 'sh', '-c', '[ ! -d /run/secrets ] || ls /run/secrets')
  expect(present.split(/\s+/).filter(Boolean).sort()).toEqual([...secrets].sort())
  for (const folder of secrets.filter(isFolder)) {
    expect(await output(name, 'stat', '-c', '%u %a', `/run/secrets/${folder}`)).toBe(`${uid} 555`)
    await refusesChange(name, `: >/run/secrets/${folder}/another`)
  }
  for (const file of filesOf(service)) {
    expect(await output(name, 'stat', '-c', '%u %a', `/run/secrets/${file}`)).toBe(`${uid} 400`)
    expect(await output(name, 'cat', `/run/secrets/${file}`)).not.toBe('')
    await refusesChange(name, `: >/run/secrets/${file}`)
  }
})

async function refusesChange(name: string, script: string): Promise<void> {
  const { exitCode, output: answer } = await attempt(name, script)
  expect(exitCode).not.toBe(0)
  expect(answer).toMatch(/Read-only file system|Permission denied/)
}

test('on the host only you reach the folder, and each file has one reader', () => {
  expect(statSync(folder).mode & 0o777).toBe(0o700)
  const readers = [...files, ...new Set(files.map(dirname).filter(isFolder))]
  for (const file of readers) {
    const { mode, uid } = statSync(resolve(folder, file))
    expect({ file, mode: (mode & 0o777).toString(8), uid }).toEqual({
      file,
      mode: isFolder(file) ? '555' : '400',
      uid: /_verifier$|_archive_key$|_db_identity/.test(file) ? 999 : file === 'policy_audit_key' ? 0 : 1001,
    })
  }
})

test('every secret was read', () => {
  const secret = files.filter((file) => !isPublic(file) && (file !== 'alert_webhook_url' || values.has(file)))
  expect([...values.keys()].sort()).toEqual(secret.sort())
})

test.each([...values])('%s is nothing that somebody could guess', (_, value) => {
  expect(value.length).toBeGreaterThanOrEqual(32)
  expect(new Set(value).size).toBeGreaterThanOrEqual(12)
})

describe('no secret is found', () => {
  // So that every log has something to be searched: health probes leave nothing.
  beforeAll(async () => expect((await fetch(`${stack.url}/api/products?limit=1`)).status).toBe(200))

  const found = (text: string) => [...values].filter(([, value]) => text.includes(value)).map(([secret]) => secret)

  test.each(running)('in the settings of $service', ({ info }) => {
    expect(found(JSON.stringify(info))).toEqual([])
  })

  test.each(running)('in an argument or the environment of a process of $service', async ({ name }) => {
    // Processes may end while they are read; the list itself proves that the reading worked.
    const text = await output(
      name,
      'sh',
      '-c',
      'cat /proc/[0-9]*/cmdline /proc/[0-9]*/environ 2>/dev/null | tr "\\0" "\\n"; true',
    )
    expect(text).toContain('tini')
    expect(text).toContain('PATH=')
    expect(found(text)).toEqual([])
  })

  test.each(running)('in the history of the image of $service', async ({ info }) => {
    const image = docker.getImage(info.Image)
    expect(found(JSON.stringify([await image.history(), await image.inspect()]))).toEqual([])
  })

  test.each(running)('in the log of $service', async ({ info }) => {
    const log = await docker.getContainer(info.Id).logs({ stdout: true, stderr: true })
    expect(log.length).toBeGreaterThan(0)
    expect(found(log.toString())).toEqual([])
  })
})
