import type { Log, ReportingDescriptor, Result as SarifResult } from 'sarif'
import type { Finding } from './finding.ts'
import type { Result } from './result.ts'

const level = { CRITICAL: 'error', HIGH: 'error', MEDIUM: 'warning', LOW: 'note', UNKNOWN: 'note' } as const

/** SARIF 2.1.0: accepted findings are suppressed results, what was not looked at makes the run unsuccessful. */
export function sarifOf({ at, findings, accepted, gaps }: Result): Log {
  const all: Finding[] = [...findings, ...accepted]
  const ruleOf = ({ kind, id }: Finding) => `${kind}/${id}`
  const rules = [
    ...new Map(
      all.map((finding): [string, ReportingDescriptor] => [ruleOf(finding), rule(finding, ruleOf(finding))]),
    ).values(),
  ]
  const result = (finding: Finding): SarifResult => ({
    ruleId: ruleOf(finding),
    ruleIndex: rules.findIndex(({ id }) => id === ruleOf(finding)),
    level: level[finding.severity],
    message: { text: [finding.what || finding.id, finding.fix && `Repair: ${finding.fix}`].filter(Boolean).join('. ') },
    locations: [location(finding)],
    partialFingerprints: { 'finding/v1': [finding.kind, finding.id, finding.target, finding.where].join('|') },
  })
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'security-check', rules } },
        invocations: [
          {
            executionSuccessful: gaps.length === 0,
            endTimeUtc: at,
            toolExecutionNotifications: gaps.map(({ what, why }) => ({
              level: 'error',
              message: { text: `Not looked at: ${what}: ${why}` },
            })),
          },
        ],
        results: [
          ...findings.map(result),
          ...accepted.map((finding) => ({
            ...result(finding),
            suppressions: [
              { kind: 'external' as const, justification: `${finding.reason} (until ${finding.expires})` },
            ],
          })),
        ],
      },
    ],
  }
}

const rule = ({ kind, id }: Finding, ruleId: string): ReportingDescriptor => ({
  id: ruleId,
  name: id,
  shortDescription: { text: `${kind} ${id}` },
  ...(id.startsWith('CVE-') && { helpUri: `https://www.cve.org/CVERecord?id=${id}` }),
})

/** A line of a file of the repository, or a package or setting of an image or a service. */
function location({ target, where }: Finding) {
  const [, file, line] = /^(.*?)(?::(\d+))?$/.exec(where) ?? []
  if (target !== 'repository' || where.includes('@')) {
    return { logicalLocations: [{ name: where || target, fullyQualifiedName: `${target} ${where}`.trim() }] }
  }
  const region = line ? { region: { startLine: Number(line) } } : {}
  return { physicalLocation: { artifactLocation: { uri: encodeURI(file ?? '') }, ...region } }
}
