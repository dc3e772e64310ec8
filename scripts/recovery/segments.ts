/** The segments of PostgreSQL's log that follow each other without a gap, from `first` on. */
export function withoutGap(first: string, archived: ReadonlySet<string>): string[] {
  const row: string[] = []
  for (let each = first; archived.has(each); each = following(each)) row.push(each)
  return row
}

/** A name is a timeline, a log and a segment of it, in eight digits each; a log has 256 segments of 16 MiB. */
function following(segment: string): string {
  const [timeline, log, number] = [0, 8, 16].map((from) => Number.parseInt(segment.slice(from, from + 8), 16))
  const isLast = number === 0xff
  return [timeline, Number(log) + Number(isLast), isLast ? 0 : Number(number) + 1].map(inEightDigits).join('')
}

const inEightDigits = (number: number | undefined) => Number(number).toString(16).toUpperCase().padStart(8, '0')
