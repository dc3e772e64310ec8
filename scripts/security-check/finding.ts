export type Severity = 'CRITICAL' | 'HIGH' | 'MEDIUM' | 'LOW' | 'UNKNOWN'

type Kind = 'vulnerability' | 'misconfiguration' | 'secret' | 'control' | 'licence' | 'acceptance'

export type Finding = {
  kind: Kind
  /** As its source calls it: CVE-2026-1234, DS-0002, CIS 5.4. */
  id: string
  severity: Severity
  /** An image without its tag, a service of the stack, or "repository". */
  target: string
  /** The package, file or setting. */
  where: string
  what: string
  /** What removes it: the version that has the repair, or what to change. */
  fix?: string
}

/** Something that was not looked at. */
export type Gap = { what: string; why: string }

const order: Severity[] = ['CRITICAL', 'HIGH', 'MEDIUM', 'LOW', 'UNKNOWN']
export const bySeverity = (a: Finding, b: Finding): number => order.indexOf(a.severity) - order.indexOf(b.severity)

/** Whether the check fails for it. What nobody can repair yet is told and does not fail; all else that is HIGH or CRITICAL does. */
export function fails({ kind, severity, fix }: Finding): boolean {
  switch (kind) {
    case 'vulnerability':
    case 'misconfiguration':
      return ['HIGH', 'CRITICAL'].includes(severity) && fix !== undefined
    default:
      return true
  }
}

/** 1 where something was found, even if something else was not looked at. */
export function exitCode(open: Finding[], gaps: Gap[]): 0 | 1 | 2 {
  if (open.some(fails)) return 1
  return gaps.length > 0 ? 2 : 0
}
