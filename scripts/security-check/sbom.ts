import { randomUUID } from 'node:crypto'
import type { Contents, Package } from './image-contents.ts'

/** A CycloneDX 1.6 document of what is in an image. */
export function sbomOf(image: { name: string; id: string }, { distribution, packages }: Contents) {
  const components = packages.map((each) => component(each, distribution))
  return {
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    serialNumber: `urn:uuid:${randomUUID()}`,
    version: 1,
    metadata: {
      timestamp: new Date().toISOString(),
      tools: { components: [{ type: 'application', name: 'security-check.sh', group: 'secure-ecommerce' }] },
      component: { type: 'container', 'bom-ref': image.id, name: image.name, version: image.id },
    },
    components,
    dependencies: [{ ref: image.id, dependsOn: components.map((each) => each['bom-ref']) }],
  }
}

function component(each: Package, distribution: string | undefined) {
  const [group, name] = each.name.startsWith('@') ? each.name.split('/') : [undefined, each.name]
  const purl = purlOf(each, distribution)
  return {
    type: each.type === 'generic' ? 'platform' : 'library',
    'bom-ref': purl,
    ...(group && { group }),
    name,
    version: each.version,
    ...(each.licence && { licenses: [licence(each.licence)] }),
    purl,
    ...(each.section && { properties: [{ name: 'debian:section', value: each.section }] }),
  }
}

/** What is no identifier of SPDX, nor made of some, is a name. */
function licence(text: string) {
  const spdx = /^\(?[A-Za-z0-9.+-]+( (AND|OR|WITH) [A-Za-z0-9.+-]+)*\)?$/.test(text)
  return spdx ? { expression: text } : { license: { name: text } }
}

function purlOf({ type, name, version, architecture }: Package, distribution: string | undefined): string {
  const at = `@${encodeURIComponent(version)}`
  switch (type) {
    case 'deb': {
      const qualifiers = [architecture && `arch=${architecture}`, distribution && `distro=${distribution}`].filter(
        Boolean,
      )
      const vendor = distribution?.split('-')[0] ?? 'debian'
      return `pkg:deb/${vendor}/${encodeURIComponent(name)}${at}${qualifiers.length ? `?${qualifiers.join('&')}` : ''}`
    }
    case 'npm':
      return `pkg:npm/${name.replace(/^@/, '%40')}${at}`
    case 'generic':
      return `pkg:generic/${name}${at}`
  }
}
