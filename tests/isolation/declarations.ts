import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { type Communication, INTERNET, readCommunication } from '../../scripts/policy/communication.ts'
import { profiles } from '../../scripts/stack/settings.ts'
import { Edges } from './model/edges.ts'
import { type Matrix, readMatrix } from './model/readme-matrix.ts'

const { env } = process
const file = (name: string) => fileURLToPath(new URL(`../../${name}`, import.meta.url))

/** What is promised and what is declared. The environment may name other files: the foreign example, an edited copy. */
export function readDeclarations(): { matrix: Matrix; communication: Communication } {
  return {
    matrix: readMatrix(readFileSync(env.MATRIX_README ?? file('README.md'), 'utf8'), profiles()),
    communication: readCommunication(
      readFileSync(env.MATRIX_COMPOSE ?? file('docker-compose.yml'), 'utf8'),
      profiles(),
    ),
  }
}

export function declaredEdges({ edges }: Communication): Edges {
  const declared = new Edges()
  for (const { from, to, ports } of edges) declared.add(from, to === INTERNET ? 'Internet' : to, ports)
  return declared
}
