import type { Finding } from './finding.ts'

/** Those that ask for a notice, or for changes to the package itself, and not for the shop's own source. */
const free = new Set(
  `0BSD AFL-2.1 Apache-2.0 Artistic-2.0 BlueOak-1.0.0 BSD-2-Clause BSD-3-Clause BSD-3-Clause-Clear CC-BY-3.0 CC-BY-4.0 CC0-1.0
  ISC MIT MIT-0 MPL-2.0 OFL-1.1 PostgreSQL Python-2.0 Unicode-3.0 Unlicense WTFPL Zlib`.split(/\s+/),
)

/** Whether an expression of SPDX can be met with free licences alone: one of those joined by OR, all of those by AND. */
export function isFree(expression: string): boolean {
  const tokens = expression.match(/\(|\)|[^\s()]+/g) ?? []
  const either = (): boolean => {
    let found = both()
    while (tokens[0] === 'OR') {
      tokens.shift()
      found = both() || found
    }
    return found
  }
  const both = (): boolean => {
    let found = one()
    while (tokens[0] === 'AND') {
      tokens.shift()
      found = one() && found
    }
    return found
  }
  const one = (): boolean => {
    const token = tokens.shift()
    if (token !== '(') return token !== undefined && free.has(token)
    const found = either()
    return tokens.shift() === ')' && found
  }
  return either() && tokens.length === 0
}

type Component = {
  purl?: string
  group?: string
  name: string
  version?: string
  licenses?: { expression?: string; license?: { id?: string; name?: string } }[]
  properties?: { name: string; value: string }[]
}

/**
 * What an SBOM has that is not free to use. Packages of npm by their licence; those of Debian by the area of the archive that they
 * come from, for its guidelines let only free software into the main one.
 */
export function licenceFindings(target: string, { components = [] }: { components?: Component[] }): Finding[] {
  return components.flatMap((component): Finding[] => {
    const { purl = '', name, group, version = '' } = component
    const where = `${group ? `${group}/` : ''}${name}@${version}`
    if (purl.startsWith('pkg:deb/')) {
      const section = component.properties?.find((each) => each.name === 'debian:section')?.value ?? ''
      return /^(non-free|contrib)/.test(section) ? [licenceFinding(target, where, `of Debian's area ${section}`)] : []
    }
    if (!purl.startsWith('pkg:npm/')) return []
    const stated = (component.licenses ?? []).map(
      ({ expression, license }) => expression ?? license?.id ?? license?.name ?? '',
    )
    return stated.length > 0 && stated.every(isFree)
      ? []
      : [licenceFinding(target, where, stated.join(', ') || 'no licence is stated')]
  })
}

/** The same from a lock file of npm: what is installed where the shop runs. */
export function lockedLicences(lock: { packages: Record<string, LockedPackage> }): Finding[] {
  return Object.entries(lock.packages).flatMap(([path, { version = '', license, dev, link }]) => {
    const name = path.split('node_modules/').at(-1) ?? ''
    if (!path.includes('node_modules/') || dev || link || (license && isFree(license))) return []
    return [licenceFinding('repository', `${name}@${version}`, license ?? 'no licence is stated')]
  })
}

type LockedPackage = { version?: string; license?: string; dev?: boolean; link?: boolean }

function licenceFinding(target: string, where: string, what: string): Finding {
  return { kind: 'licence', id: 'licence', severity: 'HIGH', target, where, what, fix: 'another package' }
}
