import type { Router } from 'express'

/** Express's paths, one below the other, as the API's description has them: `/api/orders/{id}`. */
export function pathTemplate(...paths: string[]): string {
  const parts = paths.flatMap((path) => path.split('/')).filter((part) => part !== '')
  return `/${parts.join('/')}`.replaceAll(/:(\w+)/g, '{$1}')
}

const mounted = new WeakMap<Router, { path: string; below: Router }[]>()

/** Mounts a router on a path of another, and remembers where: Express itself cannot tell. */
export function mount(router: Router, path: string, below: Router): void {
  router.use(path, below)
  mounted.set(router, [...(mounted.get(router) ?? []), { path, below }])
}

/** The templates of a router's routes, and of those that were mounted on it. */
export function templatesOf(router: Router, base: string): string[] {
  const own = router.stack.flatMap(({ route }) => (route ? [pathTemplate(base, route.path)] : []))
  const others = (mounted.get(router) ?? []).flatMap(({ path, below }) => templatesOf(below, pathTemplate(base, path)))
  return [...own, ...others]
}

type Place = { template?: string; parts: Map<string, Place>; parameter?: Place }

const newPlace = (): Place => ({ parts: new Map() })

/** @returns finds the template that a path fits, if any does; what is written out in one counts more than a parameter */
export function templateFinder(templates: string[]): (path: string) => string | undefined {
  const root = newPlace()
  for (const template of templates) {
    let place = root
    for (const part of template.split('/').slice(1)) place = nextPlace(place, part)
    place.template = template
  }
  return (path) => find(root, path, 1)
}

function nextPlace(place: Place, part: string): Place {
  if (part === '') return place
  if (part.startsWith('{')) {
    place.parameter ??= newPlace()
    return place.parameter
  }
  const next = place.parts.get(part) ?? newPlace()
  place.parts.set(part, next)
  return next
}

function find(place: Place, path: string, from: number): string | undefined {
  if (from >= path.length) return place.template
  const slash = path.indexOf('/', from)
  const end = slash === -1 ? path.length : slash
  const written = place.parts.get(path.slice(from, end))
  const found = written && find(written, path, end + 1)
  if (found !== undefined || !place.parameter || end === from) return found
  return find(place.parameter, path, end + 1)
}
