import { logOf } from '../chaos/container-log.ts'
import { eventually } from '../stack.ts'

type Line = { service?: string; requestId?: string; method?: string; path?: string; msg?: string }

/** Whoever nginx passes requests on to, and behind them who answers for a product. */
const services = ['gateway', 'frontend', 'product-api']

/** The requests that services have logged since then, up to the one that asked for the path `last`, which was sent after all others. */
export async function loggedUntil(last: string, since: number): Promise<Line[]> {
  return eventually(5, async () => {
    const logs = await Promise.all(services.map((name) => linesOf(name, since)))
    return logs[0]?.some(({ path }) => path === last) ? logs.flat() : undefined
  })
}

async function linesOf(name: string, since: number): Promise<Line[]> {
  const lines = await logOf(name, since)
  return lines.filter(({ text }) => text.startsWith('{')).map(({ text }) => JSON.parse(text) as Line)
}
