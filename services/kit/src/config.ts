import Joi from 'joi'
import { identityFolder } from './identity.ts'
import { type LiveFile, openLiveFile } from './live-file.ts'
import { Secret } from './secret.ts'

/** One environment variable: its name, and how its text becomes a value. `read` throws an Error that says what was expected. */
export type Setting<Value> = { variable: string; read: (text: string | undefined) => Value }

type Settings = Record<string, Setting<unknown>>
export type ConfigOf<S extends Settings> = { [Name in keyof S]: S[Name] extends Setting<infer Value> ? Value : never }

/** A start that must not happen. The message lists every problem at once and reveals no secret. */
export class ConfigError extends Error {
  override name = 'ConfigError'
}

/** A setting checked by a Joi schema, which also gives the default. */
export function setting<Value>(variable: string, schema: Joi.Schema): Setting<Value> {
  return {
    variable,
    read: (text) => {
      const { value, error } = schema.label('value').validate(text)
      if (!error) return value
      const expectation = error.message.replace('"value" ', '')
      throw new Error(text === undefined ? expectation : `${expectation}, got ${JSON.stringify(text)}`)
    },
  }
}

/**
 * A secret, read from the file that the variable names. There is no default, and an empty file is refused. A second line is a second
 * value that is taken from others, while the secret is being replaced.
 */
export function secretFile(variable: string): Setting<Secret> {
  return liveFile(variable, secretLines, (file) => new Secret(file.current))
}

/** A setting that follows its file: `make` builds from it what the service uses. */
export function liveFile<Content, Value extends object>(
  variable: string,
  parse: (text: string) => Content,
  make: (file: LiveFile<Content>) => Value,
): Setting<Value> {
  return {
    variable,
    read: (path) => {
      if (!path) throw new Error('expected the path of a secret file, but it is not set')
      const file = openLiveFile(path, (text) => {
        if (text.trim() === '') throw new Error(`${path}: the file is empty`)
        return parse(text)
      })
      return Object.assign(make(file), { watch: file.watch, unwatch: file.unwatch })
    },
  }
}

function secretLines(text: string): [string, string?] {
  const [first = '', second, ...others] = text.trim().split('\n')
  if (others.length > 0)
    throw new Error(`expected one line, or two during a replacement, but found ${others.length + 2}`)
  return second === undefined ? [first] : [first, second]
}

export const serverSettings = {
  /** In plain HTTP: whether the service works. */
  port: setting<number>('PORT', Joi.number().port().required()),
  /** With certificates on both sides: everything else. */
  businessPort: setting<number>('BUSINESS_PORT', Joi.number().port().default(8443)),
  identity: identityFolder('IDENTITY_FOLDER'),
  logLevel: setting<string>(
    'LOG_LEVEL',
    Joi.string().valid('trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent').default('info'),
  ),
  metricsMode: setting<'on' | 'off'>('METRICS', Joi.string().valid('on', 'off').default('on')),
}

/** The base URL of another service, without a path. */
export function urlSetting(variable: string): Setting<string> {
  return setting<string>(
    variable,
    Joi.string()
      .uri({ scheme: 'https' })
      .pattern(/^[^?#]*[^/?#]$/, 'no trailing slash')
      .required(),
  )
}

/**
 * Reads all settings, or throws one {@link ConfigError} that names every variable with its problem.
 *
 * @param service the name that heads the report
 */
export function readConfig<S extends Settings>(service: string, settings: S, env: NodeJS.ProcessEnv): ConfigOf<S> {
  const problems: string[] = []
  const config: Record<string, unknown> = {}
  const width = Math.max(...Object.values(settings).map(({ variable }) => variable.length))

  for (const [name, { variable, read }] of Object.entries(settings)) {
    try {
      config[name] = read(env[variable] === '' ? undefined : env[variable])
    } catch (error) {
      problems.push(`  ${variable.padEnd(width)}  ${(error as Error).message}`)
    }
  }

  if (problems.length === 0) return config as ConfigOf<S>
  const count = problems.length === 1 ? '1 problem' : `${problems.length} problems`
  throw new ConfigError(`${service} cannot start, ${count} in its configuration:\n${problems.join('\n')}`)
}
