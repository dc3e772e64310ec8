// Holds what runs against what is declared: docker-compose.yml and the images built of it. It asks Docker and the kernel; nothing in a
// container is run.
// Usage: npm run drift                    one line for each deviation; exit code 1 if there is any
//        npm run drift -- --watch SECONDS  looks again and again, and logs JSON lines: what has drifted, what is repaired, each look.
//                                         npm start does so where the profile "monitoring" is on
// Looks at processes, listening ports, connections, files, mounts, networks, rights, images and strangers. Needs to read /proc of the
// host, where the containers run.
import { parseArgs } from 'node:util'
import { lineOf } from './drift/deviation.ts'
import { look } from './drift/look.ts'
import { watch } from './drift/watch.ts'
import { orUsage, runScript } from './stack/failure.ts'

const usage = 'npm run drift [-- --watch SECONDS]'

await runScript(async () => {
  const seconds = every()
  if (seconds !== undefined) return watch(seconds)
  const deviations = await look()
  for (const deviation of deviations) console.log(lineOf(deviation))
  if (deviations.length === 0) console.log('nothing has drifted')
  else process.exitCode = 1
})

function every(): number | undefined {
  return orUsage(usage, () => {
    const { watch: text } = parseArgs({ options: { watch: { type: 'string' } } }).values
    if (text === undefined) return undefined
    if (!/^[1-9]\d{0,4}$/.test(text)) throw new Error(`expected --watch to be followed by seconds but found ${text}`)
    return Number(text)
  })
}
