import { readFileSync } from 'node:fs'

const dotEnv = new URL('../../.env', import.meta.url)

/** A setting that Compose reads too: from the environment, else from .env, else the default. */
export function setting(name: string, fallback: string): string {
  return process.env[name] || valueIn(readDotEnv(), name) || fallback
}

/** The Compose profiles that are on. */
export function profiles(): string[] {
  return setting('COMPOSE_PROFILES', '').split(',').filter(Boolean)
}

/** The last line that sets `name`, as Compose reads it: without its quotes, or else without a comment at its end. */
export function valueIn(env: string, name: string): string | undefined {
  const line = env.split('\n').findLast((each) => each.startsWith(`${name}=`))
  const value = line?.slice(name.length + 1).trim()
  return /^(['"])(.*?)\1/.exec(value ?? '')?.[2] ?? value?.replace(/\s+#.*$/, '')
}

function readDotEnv(): string {
  try {
    return readFileSync(dotEnv, 'utf8')
  } catch {
    return ''
  }
}
