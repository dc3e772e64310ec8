import { setTimeout as sleep } from 'node:timers/promises'
import { containerName, docker } from '../stack/docker.ts'
import { forgetClients, leadClients } from './clients.ts'
import { copyName } from './second-copy.ts'
import { type Shop, serviceOf } from './shop.ts'

/** Whom nginx asks; nginx/snippets/next.conf says how it is led to the second copy. Others ask Docker for a name, but for clients. */
const askedByNginx = ['api-gateway', 'frontend']

/** Milliseconds for requests that nginx has yet to receive whole, whose way it knows already, and for the files of pages just given out. */
const underWay = 2_000

/** Milliseconds for clients to end connections that they do not use; a browser keeps some for longer, and asks again when one is ended. */
const mostPatience = 10_000

/** A line for each, on ports 80 and 443. */
const connectedClients = `awk '$2 ~ /:(0050|01BB)$/ && $4 == "01"' /proc/net/tcp`

/** In nginx/snippets/policies.conf: of a service that has just begun, less is asked at first. */
const shares = ['first', 'second', 'third']

/** Milliseconds from one share to the next. */
const pause = 1_500

/** Requests go to the second copy from here on. */
export async function leadToCopy(shop: Shop, service: string): Promise<void> {
  if (serviceOf(shop, service).ports) {
    await leadClients(shop, service)
    await sayFarewell(serviceOf(shop, service).container_name)
  }
  await lead(service, (file) => `mkdir -p /tmp/next && touch ${file}`)
}

/** And to the service itself again. */
export async function leadBack(shop: Shop, service: string): Promise<void> {
  if (serviceOf(shop, service).ports) {
    await forgetClients()
    await sayFarewell(copyName(shop, service))
  }
  await lead(service, (file) => `rm -f ${file}`)
}

async function lead(service: string, change: (file: string) => string): Promise<void> {
  if (!askedByNginx.includes(service)) return
  for (const share of shares) {
    await run(containerName('nginx'), change(`/tmp/next/${service}-${share}`))
    await sleep(pause)
  }
  await sleep(underWay - pause)
}

/**
 * Who is connected is told with the next answer to connect anew, and then is led elsewhere. Who does not ask meanwhile ends a connection that
 * it has no use for, most programs in a few seconds; were it nginx that ends it, a request could be on its way.
 */
async function sayFarewell(nginx: string): Promise<void> {
  const deadline = Date.now() + mostPatience
  try {
    await run(nginx, 'mkdir -p /tmp/next && touch /tmp/next/nginx')
    do await sleep(underWay)
    while (Date.now() < deadline && (await run(nginx, connectedClients)) !== '')
  } catch {
    // What is told to one that does not run ends with it.
  }
}

/** Nobody is led to a second copy, and no client is sent away. */
export async function clearTheEdge(): Promise<void> {
  await run(containerName('nginx'), 'rm -rf /tmp/next').catch(() => '')
  await forgetClients()
}

async function run(container: string, script: string): Promise<string> {
  return docker('exec', container, 'sh', '-c', script)
}
