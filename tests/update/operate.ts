import { runBeside } from '../backup/run-beside.ts'
import { runIn } from '../isolation/run-in.ts'
import { container, docker, stack } from '../stack.ts'

/** Each with a second copy meanwhile, by its container. */
export const besides = {
  'payment-api': 'payment-api',
  'product-api': 'product-api',
  'order-api': 'order-api',
  'api-gateway': 'gateway',
  frontend: 'frontend',
  nginx: 'nginx',
}

export const update = (words: string, onLine?: Parameters<typeof runBeside>[2]) =>
  runBeside({}, `scripts/update.sh --no-build ${words}`, onLine)

/** Which image a container runs. */
export async function imageOf(name: string): Promise<string> {
  return (await container(name).inspect()).Image
}

/** Second copies that are there, and conditions under which the packet filter knows one. */
export async function leftBehind(): Promise<string[]> {
  const all = await docker.listContainers({
    all: true,
    filters: { label: [`com.docker.compose.project=${stack.project}`] },
  })
  const copies = all.flatMap(({ Names }) => Names).filter((name) => name.endsWith('-next'))
  const addresses = (await rules()).split('\n').filter((line) => /\.1(10|11|12|13|14|15)\b/.test(line))
  return [...copies, ...addresses]
}

/** Both tables as they are loaded, without what counts or is learned. */
export async function rules(): Promise<string> {
  const table = `${stack.prefix}_policy`
  const script = `nft --stateless list table bridge ${table}; nft --stateless list table inet ${table}`
  const listed = await runIn(`${stack.prefix}-network-policy`, ['sh', '-c', script])
  return listed.replace(/^\tset ports \{.*?^\t\}/ms, '')
}
