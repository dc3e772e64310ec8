import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Finding, Gap } from './finding.ts'
import { gitleaks, hasGitleaks } from './gitleaks.ts'
import { lookAtImage } from './image.ts'
import { lockedLicences } from './licences.ts'
import { copyFiles, latestTags, repositoryFiles } from './repository.ts'
import { containerFindings, stackContainers, stackImages } from './stack.ts'
import { findTrivy, type Trivy } from './trivy.ts'
import { findingsOf, readReport } from './trivy-report.ts'

export type Looked = { findings: Finding[]; gaps: Gap[]; sboms: string[]; tools: Record<string, string> }

type Place = { root: string; work: string; reports: string; say: (line: string) => void }

/** Looks at these images; with none named, at all of the stack, the repository and what runs. */
export async function look(images: string[], { root, work, reports, say }: Place): Promise<Looked> {
  say('Trivy and its database')
  const { trivy, gaps } = await findTrivy(work)
  const leaks = images.length === 0 && (await hasGitleaks())
  const tools = {
    trivy: trivy ? `${trivy.version}, database of ${trivy.database?.toJSON() ?? 'none'}` : 'none',
    ...(images.length === 0 && { gitleaks: leaks ? 'installed' : 'none' }),
  }
  const seen: Looked = { findings: [], gaps, sboms: [], tools }
  const add = (more: { findings?: Finding[]; gaps?: Gap[] }) => {
    seen.findings.push(...(more.findings ?? []))
    seen.gaps.push(...(more.gaps ?? []))
  }

  const named = images.length > 0 ? images : await orGap('images of the stack', add, stackImages)
  for (const image of named) {
    say(image)
    await orGap(`image ${image}`, add, async () => {
      const looked = await lookAtImage(image, trivy, work, reports)
      add(looked)
      if (looked.sbom) seen.sboms.push(looked.sbom)
      return []
    })
  }
  if (images.length > 0) return seen

  say('The repository')
  await orGap('repository', add, () => lookAtRepository({ root, work, trivy, leaks }, add))
  say('The running stack')
  await orGap('running stack', add, async () => {
    const running = await stackContainers()
    if (running.length === 0) add({ gaps: [{ what: 'running stack', why: 'nothing of it runs: npm start' }] })
    add({ findings: running.flatMap(containerFindings) })
    return []
  })
  return seen
}

type Add = (more: { findings?: Finding[]; gaps?: Gap[] }) => void

/** What cannot be looked at is said, and the rest goes on. */
async function orGap<Value>(what: string, add: Add, action: () => Promise<Value[]>): Promise<Value[]> {
  try {
    return await action()
  } catch (error) {
    add({ gaps: [{ what, why: (error as Error).message }] })
    return []
  }
}

type Repository = { root: string; work: string; trivy: Trivy | undefined; leaks: boolean }

async function lookAtRepository({ root, work, trivy, leaks }: Repository, add: Add): Promise<[]> {
  const files = await repositoryFiles(root)
  add({ findings: latestTags(root, files) })
  const lock = join(root, 'package-lock.json')
  if (existsSync(lock)) add({ findings: lockedLicences(JSON.parse(readFileSync(lock, 'utf8'))) })

  const copy = join(work, 'repository')
  mkdirSync(copy)
  copyFiles(root, files, copy)
  await orGap('repository (Trivy)', add, async () => {
    if (!trivy) return []
    const scanners = ['misconfig', ...(trivy.database ? ['vuln'] : []), ...(leaks ? [] : ['secret'])].join()
    const output = ['--no-progress', '--format', 'json', '--output', 'files.json']
    await trivy.run('fs', '--scanners', scanners, ...output, 'repository')
    add({ findings: findingsOf('repository', readReport(readFileSync(join(work, 'files.json'), 'utf8'))) })
    return []
  })
  await orGap('secrets in the repository (gitleaks)', add, async () => {
    if (leaks) add({ findings: await gitleaks(root, copy, work) })
    return []
  })
  if (!leaks && !trivy)
    add({ gaps: [{ what: 'secrets in the repository', why: 'neither gitleaks nor Trivy is there' }] })
  return []
}
