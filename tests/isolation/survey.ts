import { type Communication, HOST, RESOLVER } from '../../scripts/policy/communication.ts'
import { stack } from '../stack.ts'
import { runAttacks } from './attack-run.ts'
import { onHost } from './beyond-host.ts'
import { declaredEdges, readDeclarations } from './declarations.ts'
import { readHostFacts } from './host-facts.ts'
import { hostAddresses, inspectStack } from './inspect-stack.ts'
import { type Cell, packetsOf } from './model/cell.ts'
import { classCells } from './model/class-cells.ts'
import { differences } from './model/compare-sources.ts'
import { completenessProblems } from './model/completeness.ts'
import { riseOf, riseProblems } from './model/counter-rise.ts'
import type { Edges } from './model/edges.ts'
import { insideProblems } from './model/inside-view.ts'
import { loadedEdges } from './model/loaded-policy.ts'
import { observedEdges } from './model/observed-edges.ts'
import { controlCells, directCells, publishedCells } from './model/outside-cells.ts'
import { pairCells } from './model/pair-cells.ts'
import { hosts, type Topology } from './model/topology.ts'
import type { Verdict } from './model/verdict.ts'
import { counters, loadedTables, policyProblems, policySetting } from './policy-service.ts'
import { inContainer, probe, type RunProbe } from './probe.ts'
import type { Report } from './report.ts'
import { openStage, type Stage } from './stage.ts'

/** Without the tables there are no counters, which then did not rise. */
const count = () => counters().catch(() => new Map<string, number>())

/** Tries everything against the running stack, changes nothing that stays, and says what it found. */
export async function survey(): Promise<Report> {
  const begun = performance.now()
  const { matrix, communication } = readDeclarations()
  const expected = matrix.edges
  const topology = await inspectStack(communication.networks.map(({ name }) => name))
  const tables = await loadedTables().catch((error: Error) => error)
  const loaded = tables instanceof Error ? null : tables

  const resolver = await resolverOf(communication)
  const playable = resolver?.startsWith(DOCUMENTATION) ? resolver : null
  await using stage = await openStage(topology, expected, playable)
  const before = await count()
  const verdicts = await probeAll(await probesOf(topology, expected, stage))
  const between = await count()
  const attacks = await runAttacks(stage.attacker, stage.targets, topology, expected)
  const after = await count()

  const rises = riseOf(
    verdicts.map(({ cell }) => ({ ...cell, packets: packetsOf(cell) })),
    before,
    between,
  )
  const attackRises = riseOf(
    attacks.results.map(({ strike }) => ({ ...strike, id: strike.name, packets: 1 })),
    between,
    after,
  )
  const observed = observedEdges(verdicts)
  const untried = [...(stage.beyond ? [] : ['Internet']), ...(stage.resolver ? [] : ['resolver'])]
  // What could not be tried is taken as promised: it differs from nothing, and the run says that it is partial.
  for (const { from, to, ports } of expected.list()) if (untried.includes(to)) observed.add(from, to, ports)
  const loadedAs = loaded && loadedEdges(loaded.bridge, loaded.inet, topology.services)
  // The host is filtered by no rule: what it is meant to reach, the controls have shown that it reaches.
  for (const { from, to, ports } of expected.list()) {
    if (from !== HOST) continue
    loadedAs?.add(from, to, ports)
    observed.add(from, to, ports)
  }
  return {
    project: stack.project,
    seconds: (performance.now() - begun) / 1_000,
    skipped: [
      ...(stage.beyond
        ? []
        : ['Internet and direct routing from outside: needs root on the host, for a network namespace']),
      ...(resolver === undefined || playable
        ? []
        : [`the resolver ${resolver}: only one of ${DOCUMENTATION}0/24 can be put beyond the host`]),
    ],
    facts: await readHostFacts(loaded),
    topology,
    matrix,
    expected,
    observed,
    differences: differences(matrix.rows, matrix.columns, {
      README: expected,
      'x-communication': declaredEdges(communication),
      loaded: loadedAs,
      observed,
    }),
    verdicts,
    rises,
    attacks: attacks.results,
    problems: {
      declared: completenessProblems(topology, communication, matrix),
      inside: stage.targets.targets.flatMap(({ service, view }) =>
        insideProblems(service.name, view, expected.portsOf(service.name), stage.testPort),
      ),
      rules: [
        ...(await policyProblems()),
        ...(tables instanceof Error ? [`expected both tables to be loaded, but found: ${tables.message}`] : []),
      ],
      counted: [...rises, ...attackRises].flatMap(riseProblems),
      attacks: attacks.problems,
    },
  }
}

/** What the run may have an address of: nobody has them in the Internet. */
const DOCUMENTATION = '198.51.100.'

async function resolverOf({ edges }: Communication): Promise<string | undefined> {
  const at = edges.find(({ to }) => to === RESOLVER)?.at
  return at?.startsWith('@') ? policySetting(at.replaceAll('@', '')) : at
}

type Batch = { run: RunProbe; cells: Cell[] }

/** One batch for each place that something is tried from. */
async function probesOf(
  topology: Topology,
  expected: Edges,
  { testPort, hostPort, beyond, resolver }: Stage,
): Promise<Batch[]> {
  const services = hosts(topology)
  const fromContainers = [
    ...pairCells(topology, expected, testPort),
    ...classCells(topology, expected, {
      hostAddresses: await hostAddresses(topology),
      hostTestPort: hostPort,
      publishedPorts: services.flatMap(({ published }) => published.map(({ hostPort }) => hostPort)),
      internet: beyond,
      resolver,
      outsideName: `isolation-${testPort}.example`,
    }),
  ]
  return [
    ...services.map(({ name, container }) => ({
      run: inContainer(container),
      cells: fromContainers.filter(({ from }) => from === name),
    })),
    { run: onHost, cells: [...publishedCells(topology, expected), ...controlCells(topology, expected, testPort)] },
    ...(beyond ? [{ run: beyond.run, cells: directCells(topology, expected, testPort) }] : []),
  ]
}

const probeAll = async (batches: Batch[]): Promise<Verdict[]> =>
  (await Promise.all(batches.map(({ run, cells }) => probe(run, cells)))).flat()
