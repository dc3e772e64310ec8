import { Failure } from '../stack/failure.ts'

/** Tables go to standard output as they are ready, progress to standard error. */
export function print(text: string): void {
  say('')
  console.log(`${text}\n`)
}

/** Shows what is being done: on a terminal in one line that changes, elsewhere a line each. */
export function say(text: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${text}`)
  else if (text !== '') process.stderr.write(`${text}\n`)
}

/** Runs `work` so that the first Ctrl-C ends the load, and lets it clean up; a second one ends the process at once. */
export async function interruptible(work: (signal: AbortSignal) => Promise<void>): Promise<void> {
  const controller = new AbortController()
  const stop = () => controller.abort()
  process.once('SIGINT', stop).once('SIGTERM', stop)
  try {
    await work(controller.signal)
  } catch (error) {
    throw controller.signal.aborted ? new Failure('interrupted; what the bench had made is removed') : error
  } finally {
    process.off('SIGINT', stop).off('SIGTERM', stop)
  }
}
