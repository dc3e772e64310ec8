// Cuts one service off from everybody by the packet filter, within a second; it goes on running, to be looked into. Then collects evidence.
// Usage: npm run quarantine -- SERVICE [--no-evidence]      service or database; also after a restart of anything
//        npm run quarantine -- SERVICE --release            lets it take part again
//        npm run quarantine                                 says who is in quarantine
// Evidence goes to reports/quarantine/SERVICE-TIME, for you alone: what Docker says, the log, processes, connections, changed files.
import { parseArgs } from 'node:util'
import { placeIn, writeDown } from './audit/operator-trail.ts'
import { runningStack } from './policy/running-stack.ts'
import { collectEvidence } from './quarantine/collect-evidence.ts'
import { docker, runningContainer } from './stack/docker.ts'
import { Failure, orUsage, runScript } from './stack/failure.ts'
import { auditFolder, secretsFolder } from './stack/folders.ts'

const usage = 'npm run quarantine -- SERVICE [--no-evidence | --release]'

await runScript(async () => {
  const { service, release, evidence } = options()
  if (service === undefined) return console.log((await policy('quarantined')).trim() || 'Nobody is in quarantine')

  const { name, interfaces, next, container } = serviceNamed(service)
  const action = release ? 'service.released' : 'service.quarantined'
  // The second copy too, which an update may be about to make.
  const addresses = [...interfaces, ...next].flatMap(({ mac, address }) => [mac, address])
  writeDown(placeIn(auditFolder(), secretsFolder()), { action, subject: 'service', subject_id: name, details: {} })
  const started = performance.now()
  if (release) {
    await policy('release', name)
    return console.log(`${name} takes part again`)
  }
  await policy('quarantine', name, ...addresses)
  console.log(`${name} is cut off, after ${Math.round(performance.now() - started)} ms; it goes on running`)
  if (evidence) console.log(`Evidence: ${await collectEvidence(container)}`)
  console.log(`Undo: npm run quarantine -- ${name} --release`)
})

async function policy(...words: string[]): Promise<string> {
  return docker('exec', await runningContainer('network-policy'), 'network-policy', ...words)
}

function serviceNamed(name: string) {
  const { services } = runningStack()
  const service = services.find((each) => each.name === name)
  if (!service) throw new Failure(`expected ${services.map((each) => each.name).join(', ')} but found ${name}`, usage)
  return service
}

function options() {
  return orUsage(usage, () => {
    const { positionals, values } = parseArgs({
      allowPositionals: true,
      options: { release: { type: 'boolean', default: false }, 'no-evidence': { type: 'boolean', default: false } },
    })
    if (positionals.length > 1) throw new Error(`expected one service but found ${positionals.join(', ')}`)
    return { service: positionals[0], release: values.release, evidence: !values['no-evidence'] }
  })
}
