import { docker, runningContainer } from '../stack/docker.ts'
import { Failure } from '../stack/failure.ts'

/** The packet filter knows a second copy of the service: where it asks others, and once it serves where others ask it. */
export async function knowCopy(service: string, serves = false): Promise<void> {
  await policy('next', service, ...(serves ? ['serving'] : []))
}

/** Of which services there may be second copies. */
export async function knownCopies(): Promise<string[]> {
  return (await policy('known')).split('\n').filter(Boolean)
}

/** Of which services the second copies are asked by others. */
export async function servingCopies(): Promise<string[]> {
  return (await policy('serving')).split('\n').filter(Boolean)
}

/** The addresses of second copies are nobody's again. */
export async function forgetCopies(): Promise<void> {
  await policy('next')
}

/** What was cut off is kept as it is, for whoever looks into it. */
export async function refuseQuarantined(services: string[]): Promise<void> {
  const held = (await policy('quarantined')).split('\n').filter((name) => services.includes(name))
  if (held.length === 0) return
  const name = held.join(', ')
  throw new Failure(
    `expected services that take part but ${name} is in quarantine`,
    `npm run quarantine -- ${held[0]} --release`,
  )
}

export async function policy(...words: string[]): Promise<string> {
  return docker('exec', await runningContainer('network-policy'), 'network-policy', ...words)
}
