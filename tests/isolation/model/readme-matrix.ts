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

/**
 * Reads the table under "The communication matrix" in the README. A tick may name its ports; without, it means those in the
 * "listens" column of the table of services. Anything that is neither tick, cross nor dash is an error.
 */
export function readMatrix(readme: string): Matrix {
  const tables = readTables(readme)
  const table = tables.find(({ header }) => /^from/.test(header[0] ?? ''))
  if (table === undefined)
    throw new Error('expected a table whose first column is "from \\ to" in the README, but found none')
  const ports = listening(tables)
  const columns = table.header.slice(1)
  const edges = new Edges()
  const rows: string[] = []
  for (const [label = '', ...cells] of table.rows) {
    for (const from of namesOf(label, columns)) {
      rows.push(from)
      for (const [index, to] of columns.entries()) {
        const cell = cells[index] ?? ''
        if (cell.startsWith('✅')) {
          const allowed = numbers(cell).length > 0 ? numbers(cell) : (ports.get(to) ?? [])
          if (allowed.length === 0)
            throw new Error(`${from} → ${to}: expected ports in the cell or under "listens", but found none`)
          edges.add(from, to, allowed)
        } else if (!/^(❌|–|-)/.test(cell)) {
          throw new Error(`${from} → ${to}: expected ✅, ❌ or – in the README, but found "${cell}"`)
        }
      }
    }
  }
  return { edges, rows, columns }
}
