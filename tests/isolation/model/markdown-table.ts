export type Table = { heading: string; header: string[]; rows: string[][] }

const cellsOf = (line: string) =>
  line
    .trim()
    .replace(/^\||\|$/g, '')
    .split('|')
    .map((cell) => cell.trim().replaceAll('`', ''))

/** The tables of a Markdown text, each with the heading it stands under. */
export function readTables(markdown: string): Table[] {
  const tables: Table[] = []
  let heading = ''
  let open: Table | undefined
  for (const line of markdown.split('\n')) {
    if (!line.startsWith('|')) open = undefined
    if (line.startsWith('#')) heading = line.replace(/^#+\s*/, '')
    if (!line.startsWith('|')) continue
    if (open === undefined) {
      open = { heading, header: cellsOf(line), rows: [] }
      tables.push(open)
    } else if (!/^\|[\s:|-]+\|$/.test(line.trim())) open.rows.push(cellsOf(line))
  }
  return tables
}
