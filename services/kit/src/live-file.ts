import { statSync } from 'node:fs'
import { basename } from 'node:path'
import type { Logger } from './log.ts'
import { readText } from './read-text.ts'

/** What may be replaced while the service runs, and is looked at every second from `watch` on. */
export type Live = { watch(log: Logger, spread?: number): void; unwatch(): void }

/** What a file holds by now. */
export type LiveFile<Value> = Live & { current(): Value }

/** Milliseconds for which a file that has just changed is left alone: whoever writes it may not be done. */
const settling = 100

/** Throws where `parse` does not take the text. Later such a text is logged, without a word of it, and the value before stays. */
export function openLiveFile<Value>(path: string, parse: (text: string) => Value): LiveFile<Value> {
  let changed = changedAt(path)
  let value = parse(readText(path))
  let refused = changed
  let timer: NodeJS.Timeout | undefined

  function look(log: Logger): void {
    try {
      const found = changedAt(path)
      if (found === changed || Date.now() - Number(found / 1_000_000n) < settling) return
      value = parse(readText(path))
      changed = found
      tell(log)
    } catch (error) {
      // Tried again each second, and said once.
      const found = changedAt(path)
      if (found !== refused)
        log.error({ err: error, file: basename(path) }, 'the new secret is not good; the one before stays')
      refused = found
    }
  }

  /** By the time the script that replaces it knows which content has arrived; a digest would help to guess it. */
  const tell = (log: Logger) => log.info({ secret: basename(path), changed: String(changed) }, 'secret loaded')

  return {
    current: () => value,
    watch(log) {
      tell(log)
      timer = setInterval(look, 1_000, log).unref()
    },
    unwatch: () => clearInterval(timer),
  }
}

export function isLive(value: unknown): value is Live {
  return typeof (value as Partial<Live> | null | undefined)?.watch === 'function'
}

/** Nanoseconds since 1970; 0 for a file that is not there. */
function changedAt(path: string): bigint {
  return statSync(path, { bigint: true, throwIfNoEntry: false })?.mtimeNs ?? 0n
}
