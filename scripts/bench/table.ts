/** A Markdown table whose columns line up in a terminal too. Columns of numbers are aligned to the right. */
export function table(head: string[], rows: string[][]): string {
  const widths = head.map((title, column) => Math.max(3, title.length, ...rows.map((row) => row[column]?.length ?? 0)))
  const numeric = head.map((_, column) => rows.every((row) => /^[\d–—]/.test(row[column] ?? '–')))
  const line = (cells: string[]) =>
    `| ${widths.map((width, column) => pad(cells[column] ?? '', width, numeric[column])).join(' | ')} |`
  const rule = widths.map((width, column) => (numeric[column] ? `${'-'.repeat(width - 1)}:` : '-'.repeat(width)))
  return [line(head), line(rule), ...rows.map(line)].join('\n')
}

function pad(text: string, width: number, right = false): string {
  return right ? text.padStart(width) : text.padEnd(width)
}

export const count = (value: number) => value.toLocaleString('en')
export const milliseconds = (value: number) => `${value < 10 ? value.toFixed(2) : value.toFixed(1)} ms`
export const mebibytes = (bytes: number) => `${(bytes / 2 ** 20).toFixed(1)} MiB`
export const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(1)} MB`
export const ratio = (value: number) => `${value.toFixed(2)} ×`
