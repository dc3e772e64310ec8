import type { Writer } from '../audit/writers.ts'
import { docker, runningContainer } from '../stack/docker.ts'

/** Looks into one segment, beside the data, for no tmpfs has as much room. */
const script = `set -u; export TZ=UTC; file=\${PGDATA%/*}/$2; trap 'rm -f "$file"' EXIT
pgbackrest repo-get "$1" | gzip -d >"$file" && { pg_waldump --rmgr Transaction "$file" 2>/dev/null || true; } |
sed -n 's/.* desc: COMMIT \\([0-9-]* [0-9:.]*\\) UTC.*/\\1/p' | tail -n 1`

/**
 * When the last transaction of a row of segments was committed, in milliseconds; undefined where there is none.
 *
 * One that cannot be read ends it earlier. A recovery stops before the first commit that is later than the moment it is to reach, so what lies before this one can be had.
 */
export async function newestCommit(
  writer: Writer,
  row: string[],
  paths: ReadonlyMap<string, string>,
): Promise<number | undefined> {
  const container = await runningContainer(writer.container)
  for (const name of row.toReversed()) {
    const path = paths.get(name) as string
    const time = await docker('exec', container, 'bash', '-c', script, 'bash', path, name).catch(() => 'damaged')
    if (time === 'damaged') console.log(`${writer.database}: ${path} is damaged`)
    else if (time.trim()) return Date.parse(`${time.trim().replace(' ', 'T').slice(0, 23)}Z`)
  }
  return undefined
}
