import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { release } from 'node:os'
import { docker } from '../stack.ts'
import type { LoadedTables } from './policy-service.ts'

/** What a result holds for: another kernel or engine may behave differently. */
export type HostFacts = Record<string, string>

const unlessItFails = (read: () => string) => {
  try {
    return read().trim()
  } catch {
    return 'unknown'
  }
}

const volatile = ['handle', 'packets', 'bytes', 'metainfo']

/** Of the rules themselves: handles, counts and what a dynamic set learned differ between two loads of the same rules. */
export function ruleSetHash(tables: LoadedTables): string {
  const text = JSON.stringify(tables, function (key, value) {
    const learned = key === 'elem' && [this.flags].flat().includes('dynamic')
    return learned || volatile.includes(key) ? undefined : value
  })
  return createHash('sha256').update(text).digest('hex')
}

export async function readHostFacts(tables: LoadedTables | null): Promise<HostFacts> {
  const [version, info] = await Promise.all([docker.version(), docker.info()])
  const metainfo = (tables?.bridge.nftables[0] as { metainfo?: { version: string } } | undefined)?.metainfo
  return {
    date: new Date().toISOString(),
    kernel: `${release()} ${version.Arch}`,
    engine: version.Version,
    'engine firewall': info.FirewallBackend?.Driver ?? 'iptables',
    compose: unlessItFails(() => execFileSync('docker', ['compose', 'version', '--short'], { encoding: 'utf8' })),
    nft: metainfo?.version ?? 'unknown',
    'bridge-nf-call-iptables': unlessItFails(() =>
      readFileSync('/proc/sys/net/bridge/bridge-nf-call-iptables', 'utf8'),
    ),
    'rule set': tables === null ? 'none loaded' : `sha256:${ruleSetHash(tables)}`,
  }
}
