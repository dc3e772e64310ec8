import type { Finding, Severity } from './finding.ts'

/** What is read of the JSON that Trivy writes, version 2 of its schema. */
export type TrivyReport = {
  SchemaVersion: number
  Results?: {
    Target: string
    Class?: string
    Vulnerabilities?: {
      VulnerabilityID: string
      PkgName: string
      InstalledVersion: string
      FixedVersion?: string
      Severity: Severity
      Title?: string
    }[]
    Misconfigurations?: {
      ID: string
      Status: string
      Severity: Severity
      Title: string
      Message: string
      Resolution?: string
      CauseMetadata?: { StartLine?: number }
    }[]
    Secrets?: { RuleID: string; Severity: Severity; Title: string; StartLine: number }[]
  }[]
}

export function readReport(text: string): TrivyReport {
  const report = JSON.parse(text)
  if (report.SchemaVersion !== 2) {
    throw new Error(`expected a report of Trivy's schema 2 but found ${report.SchemaVersion}`)
  }
  return report
}

/** Trivy says nothing of a distribution that it does not know; that is no clean one. */
export const knowsDistribution = ({ Results = [] }: TrivyReport): boolean =>
  Results.some((result) => result.Class === 'os-pkgs')

/** A secret itself is never taken over. */
export function findingsOf(target: string, { Results = [] }: TrivyReport): Finding[] {
  return Results.flatMap((result) => [
    ...(result.Vulnerabilities ?? []).map(
      (each): Finding => ({
        kind: 'vulnerability',
        id: each.VulnerabilityID,
        severity: each.Severity,
        target,
        where: `${each.PkgName}@${each.InstalledVersion}`,
        what: each.Title ?? '',
        ...(each.FixedVersion && { fix: each.FixedVersion }),
      }),
    ),
    ...(result.Misconfigurations ?? [])
      .filter(({ Status }) => Status === 'FAIL')
      .map(
        (each): Finding => ({
          kind: 'misconfiguration',
          id: ruleId(each.ID),
          severity: each.Severity,
          target,
          where: at(result.Target, each.CauseMetadata?.StartLine),
          what: each.Message || each.Title,
          fix: each.Resolution || 'see the rule',
        }),
      ),
    ...(result.Secrets ?? []).map(
      (each): Finding => ({
        kind: 'secret',
        id: each.RuleID,
        severity: each.Severity,
        target,
        where: at(result.Target, each.StartLine),
        what: each.Title,
        fix: 'replace it, then take it out',
      }),
    ),
  ])
}

/** Trivy has written DS002, AVD-DS-0002 and DS-0002 for the same rule, each in its time. */
const ruleId = (id: string) =>
  id.replace(/^(?:AVD-)?([A-Z]+)-?(\d+)$/, (_, rules: string, number: string) => `${rules}-${number.padStart(4, '0')}`)

const at = (file: string, line: number | undefined) => (line ? `${file}:${line}` : file)
