/** Why a script cannot go on: what was expected and what was found, and what to do about it. */
export class Failure extends Error {
  override name = 'Failure'
  readonly next: string | undefined

  constructor(message: string, next?: string) {
    super(message)
    this.next = next
  }
}

/** Runs a script. A {@link Failure} is told as `FAIL: …` with its next step, and the exit code is 1; a bug keeps its stack trace. */
export async function runScript(script: () => Promise<void>): Promise<void> {
  try {
    await script()
  } catch (error) {
    if (!(error instanceof Failure)) throw error
    console.error(`FAIL: ${error.message}`)
    if (error.next) console.error(`  Next: ${error.next}`)
    process.exitCode = 1
  }
}

/** Reads what a script was called with. @throws Failure with the usage behind whatever error that meets */
export function orUsage<Result>(usage: string, read: () => Result): Result {
  try {
    return read()
  } catch (error) {
    if (error instanceof Failure) throw error
    throw new Failure((error as Error).message, usage)
  }
}
