import { readFileSync } from 'node:fs'
import { bridgeSets } from './bridge-sets.ts'
import type { Communication } from './communication.ts'
import { inetSets } from './inet-sets.ts'
import { counters } from './nft-text.ts'

/**
 * The packet filter that enforces a communication matrix, as input of nft(8): one transaction that replaces both tables,
 * so that a reload leaves no gap. The chains are the same for every matrix (network-policy/chains); what they look up is
 * derived here. Every `@NAME@` is filled in by the network-policy container from its environment.
 */
export function ruleSet(communication: Communication): string {
  return [
    '# Written by "npm run generate" from x-communication and the networks of the Compose file; do not edit.',
    ...table('bridge', bridgeSets(communication)),
    ...table('inet', inetSets(communication)),
    '',
  ].join('\n')
}

/** Declares the table, throws away what it held, and fills it: nft(8) does all of it or nothing. */
function table(family: 'bridge' | 'inet', sets: string[]): string[] {
  const chains = readFileSync(new URL(`../../network-policy/chains/${family}.nft`, import.meta.url), 'utf8')
  const classes = [...chains.matchAll(/counter name "(\w+)"/g)].map(([, name]) => name ?? '')
  const name = `${family} @POLICY_TABLE@`
  const indented = chains.trimEnd().replace(/^(?=.)/gm, '  ')
  return [
    '',
    `table ${name}`,
    `delete table ${name}`,
    `table ${name} {`,
    ...counters(classes),
    ...sets,
    '',
    indented,
    '}',
  ]
}
