import { setTimeout as sleep } from 'node:timers/promises'
import { writers } from '../audit/writers.ts'
import { containerName, docker } from '../stack/docker.ts'
import { Failure } from '../stack/failure.ts'
import { secondCopyOf } from '../update/second-copy.ts'

/** What works on the databases. All else may stay: it tells customers that the shop is away for a moment. */
const names = writers.map(({ writer }) => containerName(writer))

/** What an update that was killed has left would go on working on the databases. */
export async function refuseCopies(): Promise<void> {
  const running = (await docker('ps', '--format', '{{.Names}}')).split('\n')
  const copies = names.map(secondCopyOf).filter((name) => running.includes(name))
  if (copies.length === 0) return
  throw new Failure(`expected no second copies but found ${copies.join(', ')}`, 'scripts/update.sh --finish')
}

export async function stopServices(): Promise<void> {
  await docker('inspect', ...names).catch((error: Failure) => {
    throw new Failure(`expected the containers ${names.join(', ')}: ${error.message}`, 'npm start')
  })
  await docker('stop', ...names)
}

export async function startServices(): Promise<void> {
  await docker('start', ...names)
}

export async function servicesHealthy(): Promise<void> {
  const deadline = Date.now() + 60_000
  for (;;) {
    const states = await docker('inspect', '--format', '{{.Name}} {{.State.Health.Status}}', ...names)
    const ill = states.split('\n').filter((line) => line !== '' && !line.endsWith(' healthy'))
    if (ill.length === 0) return
    if (Date.now() > deadline) {
      const found = ill.map((line) => line.slice(1)).join(', ')
      throw new Failure(`expected the services to be healthy within 60 s but found ${found}`, 'see docker compose logs')
    }
    await sleep(300)
  }
}
