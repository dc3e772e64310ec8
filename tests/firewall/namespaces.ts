import { type ChildProcess, execFile, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'

type Ran = { status: number; text: string }

/** A machine of its own as far as the network, the processes and, where asked, its files in /etc and /run go. */
export type Namespace = {
  /** Runs a script in it as root and gives what a user would see. */
  run: (script: string) => Promise<Ran>
  /** The same, but anything else than exit code 0 is an error. */
  must: (script: string) => Promise<string>
  /** Starts a program in it and waits for the word. */
  start: (command: string[], word: string) => Promise<ChildProcess>
  /** Gives it one end of a cable, under another name. */
  plug: (end: string, name: string) => void
  remove: () => void
}

/** Own files: what is written to /etc and /run is seen and kept nowhere else, and no socket of the real machine is in reach. */
const ownFiles = `
  mount -t tmpfs tmpfs /run
  mkdir /run/etc /run/work
  mount -t overlay overlay -o lowerdir=/etc,upperdir=/run/etc,workdir=/run/work /etc`

export async function openNamespace({ files = false } = {}): Promise<Namespace> {
  const set = ['--net', '--mount', '--pid', '--fork', '--kill-child', '--mount-proc', '--propagation', 'private']
  const script = `set -e; ip link set lo up; ${files ? ownFiles : ''}\necho ready; exec sleep infinity`
  const holder = spawn('unshare', [...set, 'sh', '-c', script], { stdio: ['ignore', 'pipe', 'inherit'] })
  await said(holder, 'ready')
  const init = readFileSync(`/proc/${holder.pid}/task/${holder.pid}/children`, 'utf8').trim()
  const enter = ['--target', init, '--net', '--mount', '--pid', '--wd=.']

  // What the test stack is told of its ports is not for this machine.
  const { HTTP_PORT: _http, HTTPS_PORT: _https, ...env } = process.env
  const run = (text: string) =>
    new Promise<Ran>((resolve) => {
      execFile('nsenter', [...enter, 'bash', '-c', text], { timeout: 60_000, env }, (error, stdout, stderr) => {
        resolve({ status: error ? Number(error.code ?? -1) : 0, text: stdout + stderr })
      })
    })
  const must = async (text: string) => {
    const ran = await run(text)
    if (ran.status !== 0) throw new Error(`${text} ended with ${ran.status}: ${ran.text}`)
    return ran.text
  }
  const start = async (command: string[], word: string) => {
    const child = spawn('nsenter', [...enter, ...command], { stdio: ['pipe', 'pipe', 'inherit'] })
    await said(child, word)
    return child
  }
  return {
    run,
    must,
    start,
    plug: (end, name) => execFileSync('ip', ['link', 'set', end, 'netns', init, 'name', name]),
    remove: () => holder.kill('SIGKILL'),
  }
}

async function said(child: ChildProcess, word: string): Promise<void> {
  let printed = ''
  child.stdout?.on('data', (chunk) => (printed += chunk))
  const ended = once(child, 'exit')
  while (!printed.includes(word)) {
    const went = await Promise.race([once(child.stdout as NodeJS.ReadableStream, 'data'), ended.then(() => null)])
    if (!went) throw new Error(`expected "${word}" but it ended with: ${printed}`)
  }
}
