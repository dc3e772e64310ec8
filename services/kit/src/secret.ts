import { createHash, timingSafeEqual } from 'node:crypto'
import { inspect } from 'node:util'

/** One, or while it is being replaced two: the one to use, and the other that is still or already good. */
type Values = readonly [string, string?]

/** A value that is worth stealing. It shows itself only to a caller who asks by name, never to a logger or a template. */
export class Secret {
  readonly #values: () => Values

  constructor(value: string | (() => Values)) {
    this.#values = typeof value === 'string' ? () => [value] : value
  }

  /** What to show to others. */
  reveal(): string {
    return this.#values()[0]
  }

  /** What to take from others. */
  revealAll(): string[] {
    return this.#values().filter((value) => value !== undefined)
  }

  /** Compares digests, so that the time taken tells neither content nor length. */
  equals(candidate: string): boolean {
    const digest = sha256(candidate)
    return this.revealAll().some((value) => timingSafeEqual(sha256(value), digest))
  }

  toString(): string {
    return '[secret]'
  }

  toJSON(): string {
    return '[secret]'
  }

  [inspect.custom](): string {
    return '[secret]'
  }
}

function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
