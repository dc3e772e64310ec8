import { execFileSync } from 'node:child_process'
import { profiles } from '../stack/settings.ts'
import { type Communication, readCommunication } from './communication.ts'

/** With this stack's own addresses in place of the variables, and with what is declared for profiles that are off. */
export function runningStack(): Communication {
  const config = execFileSync('docker', ['compose', '--profile', '*', 'config'], { encoding: 'utf8' })
  return readCommunication(config, profiles())
}
