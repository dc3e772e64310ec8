import { createHmac } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { createClient } from '@redis/client'
import { checkService } from '@secure-ecommerce/kit/check-service'
import type { Identity } from '@secure-ecommerce/kit/identity'
import type { Logger } from '@secure-ecommerce/kit/log'
import type { Secret } from '@secure-ecommerce/kit/secret'
import { withTimeLimit } from '@secure-ecommerce/kit/time-limit'
import { MemoryStore, type Options, type Store } from 'express-rate-limit'
import { RedisStore } from 'rate-limit-redis'

type Dependencies = {
  /** Host and port of Redis. */
  redis: string
  password: Secret
  identity: Identity
  log: Logger
}

/** Milliseconds for an answer. Who waits is a customer. */
const patience = 250

/** Milliseconds for which one that did not come is not asked for again. */
const pause = 1_000

/**
 * Counters in Redis, which outlive this process and are the same for every gateway. Each counts for itself beside that, and goes on
 * with what it has where Redis does not answer: nobody is let in without limit, and nobody is kept out. Both changes are logged once.
 */
export function sharedCounters({ redis, password, identity, log }: Dependencies) {
  const [host = '', port] = redis.split(':')
  const scripts: (() => Promise<void>)[] = []
  let state: 'here' | 'away' | 'unknown' = 'unknown'
  let hasScripts = false
  let askAgainAt = 0
  let client = open()
  // What is under way ends on the connection it began on.
  identity.onChange(() => {
    const before = client
    client = open()
    setTimeout(close, 2 * patience, before).unref()
  })

  function open() {
    const opened = createClient({
      ...{ username: 'gateway', password: password.reveal(), RESP: 2 },
      ...{ disableOfflineQueue: true, disableClientInfo: true, maintNotifications: 'disabled' },
      socket: {
        ...{ host, port: Number(port), tls: true, servername: host },
        ...{ secureContext: identity.secureContext(), checkServerIdentity: checkService },
        ...{ connectTimeout: 2_000, reconnectStrategy: (tries) => Math.min(100 * 2 ** tries, 2_000) },
      },
    })
    opened.on('ready', () => void loadScripts(opened))
    opened.on('error', (error) => {
      if (opened === client) isAway(error)
    })
    // It goes on trying by itself, and tells by the events above.
    opened.connect().catch(() => {})
    return opened
  }

  async function loadScripts(opened: typeof client): Promise<void> {
    hasScripts = false
    while (opened === client && opened.isReady && !hasScripts) {
      try {
        await withTimeLimit(patience, () => Promise.all(scripts.map((load) => load())))
        hasScripts = true
        isHere()
      } catch (error) {
        isAway(error)
        await sleep(pause, undefined, { ref: false })
      }
    }
  }

  function isHere(): void {
    askAgainAt = 0
    if (state !== 'here') log.info('requests are counted in Redis')
    state = 'here'
  }

  function isAway(error: unknown): void {
    askAgainAt = Date.now() + pause
    if (state !== 'away') log.error({ err: error }, 'Redis does not answer: this gateway counts alone')
    state = 'away'
  }

  async function orAlone<Result>(ask: () => Promise<Result>, alone: Result): Promise<Result> {
    if (!client.isReady || !hasScripts || Date.now() < askAgainAt) return alone
    try {
      const result = await withTimeLimit(patience, ask)
      isHere()
      return result
    } catch (error) {
      isAway(error)
      return alone
    }
  }

  // Nobody who reads Redis learns who was here.
  const hidden = (key: string) => createHmac('sha256', password.reveal()).update(key).digest('base64url')

  return {
    counters(kind: string): Store {
      const own = new MemoryStore()
      const shared = new RedisStore({
        prefix: `limit:${kind}:`,
        sendCommand: (...command: string[]) => client.sendCommand(command),
      })
      return {
        prefix: shared.prefix,
        init(options: Options) {
          own.init(options)
          scripts.push(() => shared.init(options))
        },
        async increment(key) {
          const counted = await own.increment(key)
          return orAlone(() => shared.increment(hidden(key)), counted)
        },
        async decrement(key) {
          await own.decrement(key)
          await orAlone(() => shared.decrement(hidden(key)), undefined)
        },
        async resetKey(key) {
          await own.resetKey(key)
          await orAlone(() => shared.resetKey(hidden(key)), undefined)
        },
      }
    },
    close: () => close(client),
  }
}

function close(client: { isOpen: boolean; destroy(): void }): void {
  if (client.isOpen) client.destroy()
}
