// The shop on one screen: who is healthy, what nginx answered, what was dropped, what runs out, what can be brought back, who is in quarantine, what is unfinished.
// Usage: npm run status [-- --minutes N]      of how many minutes requests are counted; 5 by default
// Exits 1 where something wants somebody's attention; those lines begin with "!".
import { parseArgs } from 'node:util'
import { orUsage, runScript } from './stack/failure.ts'
import { setting } from './stack/settings.ts'
import { certificateLines } from './status/certificates.ts'
import { backupLine, quarantineLine, rotationLine, unfinishedLines } from './status/chores.ts'
import { dropLines } from './status/drops.ts'
import { healthLines } from './status/health.ts'
import { type Line, textOf } from './status/line.ts'
import { momentLines } from './status/moments.ts'
import { requestLines } from './status/requests.ts'

const usage = 'npm run status [-- --minutes N]'

await runScript(async () => {
  const minutes = givenMinutes()
  const sections: (readonly [title: string, lines: Line[] | Promise<Line[]>])[] = [
    ['Health', healthLines()],
    [`Requests of the last ${minutes} min`, requestLines(minutes)],
    ['Dropped packets since the policy was loaded', dropLines()],
    ['Certificates', certificateLines()],
    ['Backup', [backupLine()]],
    ...(setting('POINT_IN_TIME', 'off') === 'on' ? ([['Any moment', momentLines()]] as const) : []),
    ['Quarantine', quarantineLine()],
    ['Rotation', [rotationLine()]],
    ['Unfinished', unfinishedLines()],
  ]
  // All are under way by now. What cannot be had is told in its place; the rest is there all the same.
  const failed = ({ message }: Error): Line[] => [{ text: message, alarm: true }]
  const answers = sections.map(([title, lines]) => ({ title, answer: Promise.resolve(lines).catch(failed) }))
  for (const { title, answer } of answers) {
    const told = await answer
    console.log([title, ...told.map(textOf)].join('\n'))
    if (told.some(({ alarm }) => alarm)) process.exitCode = 1
  }
})

function givenMinutes(): number {
  return orUsage(usage, () => {
    const { minutes } = parseArgs({ options: { minutes: { type: 'string', default: '5' } } }).values
    if (!/^[1-9]\d{0,3}$/.test(minutes)) throw new Error(`expected minutes from 1 up but found ${minutes}`)
    return Number(minutes)
  })
}
