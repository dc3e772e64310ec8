import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Failure } from '../stack/failure.ts'
import { type Cost, costOf, type Pair } from './cost.ts'
import type { Options } from './options.ts'
import { withOwnStack } from './own-stack.ts'
import { say } from './session.ts'
import { productIds } from './shop-api.ts'
import { runWrk } from './wrk.ts'

/** The same answer as a file, with the headers that every answer has. */
const staticServer = `server {
  listen 8082;
  location / {
    root /bench;
    default_type application/json;
    include snippets/response-headers.conf;
  }
}
`

/** `with` the cache, and `without` it: as a file of nginx's own. */
export type CacheSpeed = Cost & { bytes: number }

/**
 * Reads of one product from nginx's cache, and of the same bytes as a file from the same nginx, two seconds each in turn, on a stack of
 * its own: what the cache costs beyond the answer itself.
 */
export function measureCacheSpeed({ pairs, connections }: Options, signal: AbortSignal): Promise<CacheSpeed> {
  let folder = ''
  const settings = (own: string) => {
    folder = own
    writeFileSync(join(folder, 'static.conf'), staticServer)
    writeFileSync(join(folder, 'answer.json'), '')
    return {
      CACHE_SECONDS: '1',
      BENCH_FOLDER: folder,
      COMPOSE_FILE: 'docker-compose.yml:scripts/bench/static-answer.yml',
    }
  }
  return withOwnStack(async ({ url, run, addressOf }) => {
    say('starting a stack of its own')
    await run('bash', 'scripts/start.sh')
    const path = `/api/products/${(await productIds(url))[0]}`
    const answer = await (await fetch(url + path)).text()
    writeFileSync(join(folder, 'answer.json'), answer)
    const address = `http://${await addressOf('nginx', 'frontend')}`

    const reads = async (of: string, paths: string[], seconds = 2) => {
      const round = await runWrk(of, { method: 'GET', paths }, { connections, seconds, signal })
      const failed = round.refused + round.broken
      if (failed > 0) throw new Failure(`${failed} of ${round.requests} requests failed at ${of}`)
      return round.requests / round.seconds
    }
    const cached = (seconds?: number) => reads(address, [path], seconds)
    const file = (seconds?: number) => reads(`${address}:8082`, ['/answer.json'], seconds)
    await cached(3)
    await file(1)

    // Each round takes four seconds, and what is measured is large: fewer are enough.
    const rounds = Math.max(2, Math.ceil(pairs / 6))
    const measured: Pair[] = []
    for (let round = 1; round <= rounds; round++) {
      say(`cache, round ${round} of ${rounds}`)
      // They take turns at being first.
      if (round % 2 === 0) measured.push({ with: await cached(), without: await file() })
      else measured.push({ without: await file(), with: await cached() })
    }
    return { ...costOf(measured), bytes: Buffer.byteLength(answer) }
  }, settings)
}
