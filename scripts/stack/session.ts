import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { text } from 'node:stream/consumers'
import { Failure } from './failure.ts'
import { psqlIn } from './psql.ts'

export type Session = ReturnType<typeof openSession>

const end = 'end of answer'

/** A connection of the superuser that stays open from one question to the next, until it is disposed of or this process ends. */
export function openSession(container: string, database: string) {
  const child = spawn('docker', psqlIn(container, database), { stdio: 'pipe' })
  const closed = once(child, 'close')
  const complaint = text(child.stderr)
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]()
  // When psql stops at an error it reads no further; its own complaint says why.
  child.stdin.on('error', () => {})

  return {
    /** @returns the lines that psql prints */
    async ask(sql: string): Promise<string[]> {
      child.stdin.write(`${sql}\nselect '${end}';\n`)
      const answer: string[] = []
      for (;;) {
        const { value, done } = await lines.next()
        if (done) throw new Failure(`${database}: ${(await complaint).trim() || 'psql ended'}`)
        if (value === end) return answer
        answer.push(value)
      }
    },

    async [Symbol.asyncDispose](): Promise<void> {
      child.stdin.end()
      await closed
    },
  }
}
