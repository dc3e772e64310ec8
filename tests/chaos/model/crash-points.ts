export type CrashPoint = { service: string; name: string }

/** The steps where a service's code may be told to die, each once; the code is the only list. */
export function crashPointsIn(service: string, source: string): CrashPoint[] {
  const names = [...source.matchAll(/\bcrashPoint\('([a-z-]+)'\)/g)].map(([, name]) => name as string)
  return [...new Set(names)].toSorted().map((name) => ({ service, name }))
}
