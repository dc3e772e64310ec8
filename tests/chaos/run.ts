const { CHAOS_SEED, CHAOS_SECONDS } = process.env

/** What was asked for on the command line. */
export const seed = Number(CHAOS_SEED ?? Date.now() % 100_000)
export const seconds = Number(CHAOS_SECONDS ?? 60)

/** Names what this run leaves behind: a seed may be used twice. */
export const run = `chaos-${seed}-${Date.now().toString(36)}`
