import { Edges } from './edges.ts'
import { readTables, type Table } from './markdown-table.ts'

/** The contract: who may open a connection to whom, and every pair it speaks of. */
export type Matrix = { edges: Edges; rows: string[]; columns: string[] }

const numbers = (text: string) => (text.match(/\d+/g) ?? []).map(Number)

/** Rows and columns are named for people: "any database" is three rows, "Internet / host" is who is not a container. */
function namesOf(row: string, columns: string[]): string[] {
  if (row === 'any database') return columns.filter((name) => name.endsWith('-db'))
  if (row === 'Internet / host') return ['outside']
  return [row]
}

function listening(tables: Table[]): Map<string, number[]> {
  const services = tables.find(({ header }) => header.includes('listens'))
  const column = services?.header.indexOf('listens') ?? -1
  return new Map(services?.rows.map((row) => [(row[0] ?? '').split(' ')[0] ?? '', numbers(row[column] ?? '')]))
}

/** What a table of a profile says of everybody it has no row or column for: either no, or what the first table says. */
const OTHERS = 'any other'

/**
 * Reads the table under "The communication matrix" in the README, and those that add to it where a profile is on: their
 * first column is "with PROFILE, from \\ to". A tick may name its ports; without, it means those in the "listens" column of
 * the table of services. Anything that is neither tick, cross nor dash is an error.
 */
export function readMatrix(readme: string, profiles: string[] = []): Matrix {
  const tables = readTables(readme)
  const first = tables.find(({ header }) => /^from/.test(header[0] ?? ''))
  if (first === undefined)
    throw new Error('expected a table whose first column is "from \\ to" in the README, but found none')
  const more = tables.filter(({ header }) => profiles.some((name) => header[0]?.startsWith(`with ${name}, from`)))
  const ports = listening(tables)
  const edges = new Edges()
  for (const { header, rows } of [first, ...more]) {
    const columns = header.slice(1)
    for (const [label = '', ...cells] of rows) {
      for (const from of namesOf(label, columns)) {
        for (const [index, to] of columns.entries()) readCell(edges, from, to, cells[index] ?? '', ports.get(to))
      }
    }
  }
  const named = (names: (table: Table) => string[]) =>
    [...new Set([first, ...more].flatMap(names))].filter((name) => name !== OTHERS)
  return {
    edges,
    rows: named(({ header, rows }) => rows.flatMap(([label = '']) => namesOf(label, header.slice(1)))),
    columns: named(({ header }) => header.slice(1)),
  }
}

function readCell(edges: Edges, from: string, to: string, cell: string, listening: number[] = []): void {
  const others = from === OTHERS || to === OTHERS
  if (cell.startsWith('✅') && !others) {
    const allowed = numbers(cell).length > 0 ? numbers(cell) : listening
    if (allowed.length === 0)
      throw new Error(`${from} → ${to}: expected ports in the cell or under "listens", but found none`)
    edges.add(from, to, allowed)
  } else if (!(others ? /^(❌|as above$)/ : /^(❌|–|-)/).test(cell)) {
    const known = others ? '❌ or as above' : '✅, ❌ or –'
    throw new Error(`${from} → ${to}: expected ${known} in the README, but found "${cell}"`)
  }
}
