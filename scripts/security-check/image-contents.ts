import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { promisify } from 'node:util'
import { docker } from '../stack/docker.ts'
import { readTar } from './tar.ts'

export type Package = {
  type: 'deb' | 'npm' | 'generic'
  name: string
  version: string
  /** npm: as its manifest has it. Images carry no licence texts of Debian's packages. */
  licence?: string
  /** Debian: its section, of which the part before a slash is the area of the archive; and its architecture. */
  section?: string
  architecture?: string
}

export type Contents = { distribution: string | undefined; packages: Package[] }

const DPKG = /^var\/lib\/dpkg\/(status|status\.d\/[^/]+)$/
const RELEASE = /^(usr\/lib|etc)\/os-release$/
const MANIFEST = /(^|\/)node_modules\/(@[^/]+\/)?[^/]+\/package\.json$/
const NODE = 'usr/local/bin/node'

/** What an image says that it has, read from its files; nothing of it is run but Node for its version. */
export async function imageContents(image: string): Promise<Contents> {
  const id = (await docker('create', '--network', 'none', image, 'none')).trim()
  const contents: Contents = { distribution: undefined, packages: [] }
  try {
    const exporting = spawn('docker', ['export', id], { stdio: ['ignore', 'pipe', 'inherit'] })
    const ended = once(exporting, 'close')
    for await (const { path, content } of readTar(exporting.stdout, (each) =>
      [DPKG, RELEASE, MANIFEST].some((one) => one.test(each)),
    )) {
      if (path === NODE) contents.packages.push(await nodeOf(image))
      if (!content) continue
      if (DPKG.test(path)) contents.packages.push(...debianPackages(content.toString()))
      if (MANIFEST.test(path)) contents.packages.push(...npmPackage(content.toString()))
      if (RELEASE.test(path)) contents.distribution ??= distribution(content.toString())
    }
    const [code] = await ended
    if (code !== 0) throw new Error(`docker export ended with ${code}`)
  } finally {
    await docker('rm', id)
  }
  return { ...contents, packages: unique(contents.packages) }
}

async function nodeOf(image: string): Promise<Package> {
  const apart = ['--rm', '--network', 'none', '--read-only', '--cap-drop', 'ALL', '--user', '65534', '--memory', '256m']
  const { stdout } = await promisify(execFile)('docker', [
    'run',
    ...apart,
    '--entrypoint',
    `/${NODE}`,
    image,
    '--version',
  ])
  return { type: 'generic', name: 'node', version: stdout.trim().replace(/^v/, ''), licence: 'MIT' }
}

function debianPackages(status: string): Package[] {
  return status.split(/\n\n+/).flatMap((stanza) => {
    const field = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(stanza)?.[1]
    const [name, version] = [field('Package'), field('Version')]
    // One file for each package has no Status: what is there is installed.
    if (!name || !version || !/^(install|hold) ok installed$/.test(field('Status') ?? 'install ok installed')) return []
    return [
      {
        type: 'deb',
        name,
        version,
        section: field('Section') ?? '',
        architecture: field('Architecture') ?? '',
      } as const,
    ]
  })
}

/** Packages of the repository itself have none of the registry's names. */
function npmPackage(text: string): Package[] {
  const manifest = JSON.parse(text)
  if (!manifest.name || !manifest.version || manifest.private) return []
  const licence = licenceOf(manifest)
  return [{ type: 'npm', name: manifest.name, version: manifest.version, ...(licence && { licence }) }]
}

/** Old manifests have an object, or a list of them. */
function licenceOf({ license, licenses }: { license?: unknown; licenses?: unknown }): string | undefined {
  const one = (each: unknown) => (typeof each === 'string' ? each : (each as { type?: string } | undefined)?.type)
  return Array.isArray(licenses) && !license ? licenses.map(one).join(' OR ') : one(license)
}

function distribution(release: string): string | undefined {
  const field = (name: string) => new RegExp(`^${name}="?([^"\n]*)"?$`, 'm').exec(release)?.[1]
  return field('ID') && `${field('ID')}-${field('VERSION_ID') ?? ''}`.replace(/-$/, '')
}

function unique(packages: Package[]): Package[] {
  return [
    ...new Map(
      packages.map((each) => [`${each.type} ${each.name} ${each.version} ${each.architecture}`, each]),
    ).values(),
  ]
}
