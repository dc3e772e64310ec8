import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'

/** Packets by table family and counter, as in `inet/class_to_host`. */
export type Counters = Map<string, number>

type Listing = { nftables?: { counter?: { family: string; name: string; packets: number } }[] }

/**
 * The running stack's counters. One `docker compose exec` answers every question: a new one for each would cost more than
 * the answer, and this one ends with its input.
 */
export function openCounters() {
  const exec = spawn('docker', ['compose', 'exec', '-T', 'network-policy', 'network-policy', 'counters'], {
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  let complaint = ''
  exec.stderr.on('data', (text) => {
    complaint += text
  })
  const lines = createInterface({ input: exec.stdout })[Symbol.asyncIterator]()

  async function table(): Promise<[string, number][]> {
    const { value, done } = await lines.next()
    if (done)
      throw new Error(`expected the counters of a running network-policy but found: ${complaint.trim() || 'nothing'}`)
    return ((JSON.parse(value) as Listing).nftables ?? []).flatMap(({ counter }) =>
      counter ? [[`${counter.family}/${counter.name}`, counter.packets]] : [],
    )
  }

  return {
    async read(): Promise<Counters> {
      exec.stdin.write('\n')
      return new Map([...(await table()), ...(await table())])
    },
    close: () => exec.stdin.end(),
  }
}
