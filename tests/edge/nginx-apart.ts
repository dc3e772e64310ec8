import { container, docker, eventually, execIn } from '../stack.ts'

/** nginx once more, from the stack's image and with its secrets, but with other settings and without a network: only asked from inside. */
export async function nginxApart(settings: Record<string, string>) {
  const { Config, Image, HostConfig } = await container('nginx').inspect()
  const kept = Config.Env.filter((line) => !(line.slice(0, line.indexOf('=')) in settings))
  const created = await docker.createContainer({
    Image,
    Env: [...kept, ...Object.entries(settings).map(([name, value]) => `${name}=${value}`)],
    User: Config.User,
    Labels: { 'com.docker.compose.project': '' },
    HostConfig: {
      Mounts: (HostConfig.Mounts ?? []).filter(({ Type }) => Type === 'bind'),
      Tmpfs: HostConfig.Tmpfs,
      NetworkMode: 'none',
      ReadonlyRootfs: true,
      CapDrop: ['ALL'],
      ExtraHosts: HostConfig.ExtraHosts,
    },
  })
  const remove = () => created.remove({ force: true })

  /** What curl says of an answer in the form of its `--write-out`. */
  async function ask(url: string, format: string, ...options: string[]): Promise<string> {
    const always = ['--silent', '--insecure', '--output', '/dev/null', '--write-out', format]
    const { output } = await execIn(created, 'nginx apart', ['curl', ...always, ...options, url])
    return output.trim()
  }

  const isRunning = async () => (await created.inspect()).State.Running
  const isReady = async () => (await ask('http://127.0.0.1:8081/ready', '%{http_code}')) === '200'

  try {
    await created.start()
    await eventually(10, async () => !(await isRunning()) || isReady())
    if (!(await isRunning())) throw new Error('nginx did not start')
  } catch (error) {
    const log = (await created.logs({ stdout: true, stderr: true })).toString()
    await remove()
    throw new Error(`${(error as Error).message}: ${log}`)
  }
  return { ask, [Symbol.asyncDispose]: remove }
}
