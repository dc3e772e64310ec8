import Docker from 'dockerode'

const { env } = process

/** The stack that the suites look at: the running shop, unless the environment names another. */
export const stack = {
  project: env.COMPOSE_PROJECT_NAME ?? 'secure-ecommerce',
  prefix: env.ECOM_PREFIX ?? 'ecom',
  url: env.STACK_URL ?? `http://localhost:${env.HTTP_PORT ?? 80}`,
}

/** Of a request that nginx's cache has no part in: somebody with a cookie is answered by the shop itself. */
export const pastTheCache = { cookie: 'a=b' }

export const docker = new Docker()

/** Compose's own containers. Images carry the project's label too, and with it whatever else is made from them. */
export const ownContainers = {
  label: [`com.docker.compose.project=${stack.project}`, 'com.docker.compose.config-hash'],
}

/** A container by the name behind the prefix: `nginx`, `gateway`, `product-api`, `product-db`, … */
export function container(name: string): Docker.Container {
  return docker.getContainer(`${stack.prefix}-${name}`)
}

/** For suites that stop, kill and restart: refuses the shop itself. */
export function requireTestStack(): void {
  if (stack.project !== 'secure-ecommerce') return
  throw new Error(
    'expected a test stack, but found the shop itself (COMPOSE_PROJECT_NAME is secure-ecommerce). Run: npm test',
  )
}

/** Runs a command in a container as its own user. Throws when it cannot be started; a failing command is an answer. */
export async function exec(name: string, command: string[]): Promise<{ exitCode: number; output: string }> {
  return execIn(container(name), name, command)
}

/** The same in a container that is no service's; failures call it `name`. */
export async function execIn(
  where: Docker.Container,
  name: string,
  command: string[],
): Promise<{ exitCode: number; output: string }> {
  const run = await where.exec({ Cmd: command, AttachStdout: true, AttachStderr: true, Tty: true })
  const stream = await run.start({ Tty: true })
  let output = ''
  for await (const chunk of stream) output += chunk
  const { ExitCode } = await run.inspect()
  if (ExitCode === null) throw new Error(`${name}: ${command.join(' ')} has no exit code`)
  return { exitCode: ExitCode, output: output.replaceAll('\r\n', '\n') }
}

/** Polls until `check` neither throws nor gives a falsy value. */
export async function eventually<Value>(seconds: number, check: () => Promise<Value>): Promise<NonNullable<Value>> {
  const deadline = Date.now() + seconds * 1_000
  for (;;) {
    const last = await check().then(
      (value) => value || new Error('not yet'),
      (error: Error) => error,
    )
    if (!(last instanceof Error)) return last
    if (Date.now() > deadline) throw new Error(`not within ${seconds} s: ${last.message}`, { cause: last })
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}

/** Resolves when the container's health check says so. */
export async function healthy(name: string, seconds = 30): Promise<void> {
  await eventually(seconds, async () => (await container(name).inspect()).State.Health?.Status === 'healthy')
}
