import { readFileSync } from 'node:fs'
import { type Duplex, PassThrough } from 'node:stream'
import { docker } from '../stack.ts'

const program = (name: string) => readFileSync(new URL(`programs/${name}.pl`, import.meta.url), 'utf8')
const source = {
  probe: program('probe'),
  listener: program('listener'),
  frames: program('frames'),
  sniffer: program('sniffer'),
  insist: program('insist'),
}
export type Program = keyof typeof source

export const perl = (name: Program, ...args: string[]): string[] => ['perl', '-e', source[name], ...args]

export type Running = {
  stdin: Duplex
  /** What both outputs printed so far. */
  printed: () => string
  /** Resolves when enough was printed; rejects when the program ends or the time is over. */
  until: (enough: (printed: string) => boolean, what: string, seconds: number) => Promise<void>
  /** Resolves when this very line was printed, as often as asked. */
  line: (expected: string, seconds: number, times?: number) => Promise<void>
  ended: Promise<string>
}

/** Starts a program in a container as the container's own user, its standard input open. */
export async function startIn(container: string, command: string[]): Promise<Running> {
  const exec = await docker
    .getContainer(container)
    .exec({ Cmd: command, AttachStdin: true, AttachStdout: true, AttachStderr: true })
  const stream = await exec.start({ hijack: true, stdin: true })
  const output = new PassThrough()
  docker.modem.demuxStream(stream, output, output)
  let text = ''
  output.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk
  })
  const ended = new Promise<string>((resolve, reject) => {
    stream.on('end', () => resolve(text)).on('error', reject)
  })
  // Awaited by whoever needs it; a listener that is ended by closing its input is awaited by nobody.
  ended.catch(() => undefined)
  const until: Running['until'] = (enough, what, seconds) =>
    new Promise<void>((resolve, reject) => {
      const failed = (why: string) =>
        reject(new Error(`${container}: ${why} without printing ${what}: ${text.slice(-300)}`))
      const timer = setTimeout(() => failed(`${seconds} s passed`), seconds * 1_000)
      const look = () => {
        if (!enough(text)) return
        clearTimeout(timer)
        output.off('data', look)
        resolve()
      }
      output.on('data', look)
      ended.then(
        () => failed('ended'),
        (error: Error) => failed(error.message),
      )
      look()
    })
  const line: Running['line'] = (expected, seconds, times = 1) =>
    until((printed) => printed.split('\n').filter((one) => one === expected).length >= times, `"${expected}"`, seconds)
  return { stdin: stream, printed: () => text, until, line, ended }
}

/** Runs a program to its end and returns what it printed. */
export async function runIn(container: string, command: string[], input = ''): Promise<string> {
  const running = await startIn(container, command)
  running.stdin.end(input)
  return running.ended
}
