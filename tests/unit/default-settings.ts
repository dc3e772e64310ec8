import { readFileSync } from 'node:fs'

/** What the shop has where nobody set anything else: the values in docker-compose.yml, by the names of their variables. */
export function defaultSettings(prefix: string): Record<string, string> {
  const compose = readFileSync(new URL('../../docker-compose.yml', import.meta.url), 'utf8')
  const found = [...compose.matchAll(/^ +([A-Z_]+): \$\{\1:-(.*)\}$/gm)].map(([, name = '', value = '']) => [
    name,
    value,
  ])
  return Object.fromEntries(found.filter(([name]) => name?.startsWith(prefix)))
}

/** The same by what .env.example says of them. */
export function describedSettings(prefix: string): Record<string, string> {
  const example = readFileSync(new URL('../../.env.example', import.meta.url), 'utf8')
  const found = [...example.matchAll(/^([A-Z_]+)=(.*)$/gm)].map(([, name = '', value = '']) => [name, value])
  return Object.fromEntries(found.filter(([name]) => name?.startsWith(prefix)))
}
