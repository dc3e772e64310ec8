// What the packet filter allows and why, and what it drops.
// Usage: npm run policy -- explain FROM TO                      services, "outside", "host" as FROM; "host", "internet", "resolver",
//                                                              "metadata" as TO
//        npm run policy -- watch                                drops as they happen
//        npm run policy -- generate COMPOSE_FILE RULES_FILE    the rules for any Compose file with x-communication
// Services of a profile count where COMPOSE_PROFILES names it.
import { readFileSync, writeFileSync } from 'node:fs'
import { readCommunication } from './policy/communication.ts'
import { explain } from './policy/explain.ts'
import { openCounters } from './policy/live-counters.ts'
import { ruleSet } from './policy/rule-set.ts'
import { runningStack } from './policy/running-stack.ts'
import { watchDrops } from './policy/watch.ts'
import { profiles } from './stack/settings.ts'

const [command, ...args] = process.argv.slice(2)

try {
  if (command === 'explain' && args.length === 2) {
    const counters = openCounters()
    const [from = '', to = ''] = args
    console.log(explain(runningStack(), from, to, await counters.read()).join('\n'))
    counters.close()
  } else if (command === 'watch' && args.length === 0) {
    console.log('packets, from → to (network of the address); Ctrl-C ends this')
    await watchDrops(console.log)
  } else if (command === 'generate' && args.length === 2) {
    const [composeFile = '', rulesFile = ''] = args
    writeFileSync(rulesFile, ruleSet(readCommunication(readFileSync(composeFile, 'utf8'), profiles())))
  } else {
    throw new Error('expected explain FROM TO, watch, or generate COMPOSE_FILE RULES_FILE')
  }
} catch (error) {
  console.error(`FAIL: ${(error as Error).message}`)
  process.exit(1)
}
