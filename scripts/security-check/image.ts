import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
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
  const sbom = join(reports, 'sbom', `${target.replace(/[/:]/g, '-')}.cdx.json`)
  mkdirSync(join(reports, 'sbom'), { recursive: true })
  // Of another run, and of the image before.
  for (const old of [sbom, join(work, REPORT)]) rmSync(old, { force: true })
  const gaps: Gap[] = []
  const tryTo = async (what: string, action: () => Promise<void>) =>
    action().catch((error: Error) => gaps.push({ what: `image ${image}`, why: `${what}: ${error.message}` }))

  await tryTo('Trivy did not look', async () => {
    if (trivy) findings.push(...(await scan(image, target, trivy, work, gaps)))
  })
  await tryTo('it could not be read', async () => {
    const contents = await imageContents(image)
    if (contents.packages.length === 0) throw new Error('nothing in it says what is installed')
    const ours = sbomOf({ name: image, id: Id }, contents)
    findings.push(...licenceFindings(target, ours))
    writeFileSync(sbom, `${JSON.stringify(ours, null, 2)}\n`)
  })
  await tryTo('Trivy made no SBOM', async () => {
    if (trivy && existsSync(join(work, REPORT))) writeFileSync(sbom, await trivysSbom(trivy, work))
  })
  return { findings, gaps, ...(existsSync(sbom) && { sbom }) }
}

const REPORT = 'image.json'

async function scan(image: string, target: string, trivy: Trivy, work: string, gaps: Gap[]): Promise<Finding[]> {
  const archive = join(work, 'image.tar')
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

async function trivysSbom(trivy: Trivy, work: string): Promise<string> {
  await trivy.run('convert', '--format', 'cyclonedx', '--output', 'sbom.json', REPORT)
  return readFileSync(join(work, 'sbom.json'), 'utf8')
}
