import { networkInterfaces } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'
import { containerName, docker } from '../stack/docker.ts'
import { setting } from '../stack/settings.ts'
import { policy } from './policy.ts'

/** Whom nginx asks; nginx/snippets/next.conf says how it is led to the second copy. All others ask Docker for a name. */
const atTheEdge = ['api-gateway', 'frontend']

/** Milliseconds for requests that nginx has yet to receive whole, whose way it knows already, and for the files of pages just given out. */
const underWay = 2_000

/** In nginx/snippets/policies.conf: of a service that has just begun, less is asked at first. */
const shares = ['first', 'second', 'third']

/** Milliseconds from one share to the next. */
const pause = 1_500

/** Requests go to the second copy from here on. */
export async function leadToCopy(service: string): Promise<void> {
  await lead(service, (file) => `mkdir -p /tmp/next && touch ${file}`)
}

/** And to the service itself again. */
export async function leadBack(service: string): Promise<void> {
  await lead(service, (file) => `rm -f ${file}`)
}

async function lead(service: string, change: (file: string) => string): Promise<void> {
  if (!atTheEdge.includes(service)) return
  for (const share of shares) {
    await inNginx(change(`/tmp/next/${service}-${share}`))
    await sleep(pause)
  }
  await sleep(underWay - pause)
}

async function inNginx(script: string): Promise<void> {
  await docker('exec', containerName('nginx'), 'sh', '-c', script)
}

/** Clients of nginx end their connections, and new ones wait until nginx is another. It takes some seconds at most, whatever becomes of us. */
export async function holdClients(): Promise<void> {
  await inNginx('mkdir -p /tmp/next && touch /tmp/next/nginx')
  await sleep(1_000)
  const ports = [setting('HTTP_PORT', '80'), setting('HTTPS_PORT', '443')]
  for (const address of addresses()) await policy('hold', '15', address, ...ports)
  await sleep(300)
}

export async function letClientsIn(): Promise<void> {
  await policy('hold')
}

/** Nobody is led to a second copy, and no client is sent away or waits. */
export async function clearTheEdge(): Promise<void> {
  // What is told to one that does not run ends with it.
  await inNginx('rm -rf /tmp/next').catch(() => {})
  await letClientsIn()
}

/** Of this machine, where nginx is published. */
function addresses(): string[] {
  const bound = setting('BIND_ADDRESS', '127.0.0.1')
  if (bound !== '0.0.0.0') return [bound]
  const all = Object.values(networkInterfaces()).flatMap((each) => each ?? [])
  return all.filter(({ family }) => family === 'IPv4').map(({ address }) => address)
}
