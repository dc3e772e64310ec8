import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { docker } from '../stack/docker.ts'
import { imageControls } from './controls.ts'
import type { Finding, Gap } from './finding.ts'
import { imageContents } from './image-contents.ts'
import { licenceFindings } from './licences.ts'
import { sbomOf } from './sbom.ts'
import type { Trivy } from './trivy.ts'
import { findingsOf, knowsDistribution, readReport } from './trivy-report.ts'

export type Looked = { findings: Finding[]; gaps: Gap[]; sbom?: string }

/** Everything that is said of one image. `work` is the folder that Trivy works in. */
export async function lookAtImage(
  image: string,
  trivy: Trivy | undefined,
  work: string,
  reports: string,
): Promise<Looked> {
  const inspected = await docker('image', 'inspect', image).catch((error: Error) => {
    if (/no such image/i.test(error.message)) return undefined
    throw error
  })
  if (!inspected) return { findings: [], gaps: [{ what: `image ${image}`, why: 'there is none of that name' }] }
  const [{ Id, Config }] = JSON.parse(inspected)
  const target = image.replace(/(:[^:/]+)?(@sha256:.*)?$/, '')
  const findings = imageControls.flatMap(({ id, title, problems }) =>
    problems(image, Config).map(
      (where): Finding => ({ kind: 'control', id, severity: 'HIGH', target, where, what: `expected ${title}` }),
    ),
  )
  const gaps: Gap[] = []
  if (trivy) {
    try {
      findings.push(...(await scan(image, target, trivy, work, gaps)))
    } catch (error) {
      gaps.push({ what: `image ${image}`, why: `Trivy did not look: ${(error as Error).message}` })
    }
  }
  mkdirSync(join(reports, 'sbom'), { recursive: true })
  const sbom = join(reports, 'sbom', `${target.replace(/[/:]/g, '-')}.cdx.json`)
  writeFileSync(sbom, await makeSbom({ name: image, id: Id }, trivy, work))
  findings.push(...licenceFindings(target, JSON.parse(readFileSync(sbom, 'utf8'))))
  return { findings, gaps, sbom }
}

const REPORT = 'image.json'

async function scan(image: string, target: string, trivy: Trivy, work: string, gaps: Gap[]): Promise<Finding[]> {
  const archive = join(work, 'image.tar')
  rmSync(join(work, REPORT), { force: true })
  try {
    await docker('save', '--output', archive, image)
    const scanners = trivy.database ? 'vuln,misconfig,secret' : 'misconfig,secret'
    const what = ['--input', 'image.tar', '--scanners', scanners, '--image-config-scanners', 'misconfig,secret']
    await trivy.run('image', ...what, '--no-progress', '--timeout', '15m', '--format', 'json', '--output', REPORT)
  } finally {
    rmSync(archive, { force: true })
  }
  const report = readReport(readFileSync(join(work, REPORT), 'utf8'))
  if (trivy.database && !knowsDistribution(report)) {
    gaps.push({ what: `image ${image}`, why: 'Trivy knows no vulnerabilities of its distribution' })
  }
  return findingsOf(target, report)
}

/** Trivy's, from the report that it has made; ours where there is none. */
async function makeSbom(image: { name: string; id: string }, trivy: Trivy | undefined, work: string): Promise<string> {
  if (trivy) {
    try {
      await trivy.run('convert', '--format', 'cyclonedx', '--output', 'sbom.json', REPORT)
      return readFileSync(join(work, 'sbom.json'), 'utf8')
    } catch {
      // What it could not look at has no report to convert.
    }
  }
  return `${JSON.stringify(sbomOf(image, await imageContents(image.name)), null, 2)}\n`
}
