import type { Report } from './report.ts'

type CellText = (from: string, to: string) => string

const ports = (numbers: number[]) => (numbers.length === 0 ? '·' : numbers.join(' '))

/** Three matrices, as people read them: what should be, what is, and where the two part. */
export function matrixText(report: Report): string {
  const { expected, observed, verdicts, differences, matrix } = report
  const wrong = new Set([
    ...verdicts.filter(({ problems }) => problems.length > 0).map(({ cell }) => `${cell.from}→${cell.to}`),
    ...differences.map(({ from, to }) => `${from}→${to}`),
  ])
  const extra = [...new Set(verdicts.flatMap(({ cell }) => [cell.from, cell.to]))].filter((name) => name !== 'control')
  const rows = [
    ...new Set([...matrix.rows, ...extra.filter((name) => !matrix.columns.includes(name) && name !== 'host')]),
  ]
  const columns = [...new Set([...matrix.columns, ...extra.filter((name) => name !== 'outside')])]
  const grid = (title: string, text: CellText) => table([title, ...columns], rows, text)
  return [
    grid('expected', (from, to) => ports(expected.ports(from, to))),
    grid('observed', (from, to) => ports(observed.ports(from, to))),
    grid('difference', (from, to) => (wrong.has(`${from}→${to}`) ? 'X' : '.')),
  ].join('\n')
}

function table(header: string[], rows: string[], text: CellText): string {
  const [, ...columns] = header
  const lines = [header, ...rows.map((from) => [from, ...columns.map((to) => (from === to ? ' ' : text(from, to)))])]
  const widths = header.map((_, index) => Math.max(...lines.map((line) => line[index]?.length ?? 0)))
  return `${lines
    .map((line) =>
      line
        .map((cell, index) => cell.padEnd(widths[index] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')}\n`
}
