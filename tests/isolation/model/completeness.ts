import type { Communication } from '../../../scripts/policy/communication.ts'
import type { Matrix } from './readme-matrix.ts'
import { hosts, type Topology } from './topology.ts'

/** Everything that runs and is not declared, or is declared and does not run: nobody would have probed it. */
export function completenessProblems(topology: Topology, communication: Communication, matrix: Matrix): string[] {
  const found = hosts(topology)
  const problems = topology.services
    .filter(({ status }) => status !== 'running')
    .map(({ name, status }) => `container of service ${name}: expected it to run, but found it ${status}`)
  const compare = (what: string, expected: string[], actual: string[]) => {
    for (const name of expected)
      if (!actual.includes(name)) problems.push(`${what} ${name}: expected it to run, but found none`)
    for (const name of actual) if (!expected.includes(name)) problems.push(`${what} ${name}: runs, but is not declared`)
  }
  const declared = communication.services
  compare(
    'container of service',
    declared.map(({ name }) => name),
    found.map(({ name }) => name),
  )
  compare(
    'address',
    declared.flatMap(({ name, interfaces }) =>
      interfaces.map(({ network, host }) => `.${host} of ${name} on ${network}`),
    ),
    found.flatMap(({ name, addresses }) =>
      addresses.map(({ network, address }) => `.${address.split('.').at(-1)} of ${name} on ${network}`),
    ),
  )
  compare(
    'network',
    communication.networks.map(({ name }) => name),
    topology.networks.map(({ name }) => name),
  )
  const known = topology.services.map(({ id }) => id)
  for (const { name, members } of topology.networks) {
    for (const id of members.filter((id) => !known.includes(id))) {
      problems.push(`network ${name}: container ${id.slice(0, 12)} is attached to it, but is none of the stack`)
    }
  }
  for (const { name, internal } of communication.networks) {
    const actual = topology.networks.find((network) => network.name === name)?.internal
    if (actual !== undefined && actual !== internal)
      problems.push(`network ${name}: expected internal to be ${internal}, but found ${actual}`)
  }
  const rows = matrix.rows.filter((name) => !['outside', 'host'].includes(name))
  compare(
    'service with a row in the README',
    rows,
    found.map(({ name }) => name),
  )
  compare(
    'service with a column in the README',
    matrix.columns.filter((name) => !['host', 'Internet', 'resolver'].includes(name)),
    found.map(({ name }) => name),
  )
  for (const { name } of topology.services.filter(({ hostNetwork }) => hostNetwork)) {
    if (name !== 'network-policy')
      problems.push(`container of service ${name}: is in the host's network, past every rule`)
  }
  return problems
}
