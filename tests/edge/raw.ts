import { connect } from 'node:net'
import { stack } from '../stack.ts'

export type Answer = { status: number; headers: [name: string, value: string][]; body: string }

/** A request that is whole but for its body. */
export const request = (line: string, ...headers: string[]): string =>
  [`${line} HTTP/1.1`, 'Host: localhost', 'Connection: close', ...headers, '', ''].join('\r\n')

/**
 * Sends bytes as they are to the published port, and gives what came back until the other side closed or fell silent.
 *
 * @param silence milliseconds of it after which nothing more is expected
 */
export async function sendRaw(bytes: string, silence = 700): Promise<{ text: string; answers: Answer[] }> {
  const { hostname, port } = new URL(stack.url)
  const socket = connect(Number(port) || 80, hostname)
  const closed = new Promise((resolve) => socket.once('close', resolve))
  // A connection that is reset ends the answer as well.
  socket.on('error', () => {})
  let text = ''
  socket.setEncoding('latin1').on('data', (chunk) => {
    text += chunk
  })
  socket.setTimeout(silence, () => socket.destroy())
  socket.write(bytes, 'latin1')
  await closed
  return { text, answers: answersIn(text, bytes.startsWith('HEAD ')) }
}

/** Every answer of a connection, by the lengths that they say they have, unless they are to HEAD. */
function answersIn(text: string, toHead: boolean): Answer[] {
  const answers: Answer[] = []
  for (let rest = text; rest !== ''; ) {
    const [head = '', status] = /^HTTP\/1\.1 (\d{3}) .*?\r\n\r\n/s.exec(rest) ?? []
    if (head === '') throw new Error(`expected an answer but found ${JSON.stringify(rest.slice(0, 100))}`)
    const headers = head
      .trim()
      .split('\r\n')
      .slice(1)
      .map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 1).trim()])
    const { body, length } = toHead
      ? { body: '', length: 0 }
      : bodyIn(rest.slice(head.length), Object.fromEntries(headers))
    answers.push({ status: Number(status), headers: headers as Answer['headers'], body })
    rest = rest.slice(head.length + length)
  }
  return answers
}

function bodyIn(text: string, headers: Record<string, string>): { body: string; length: number } {
  if (headers['transfer-encoding'] !== 'chunked') {
    const length = Number(headers['content-length'] ?? 0)
    return { body: text.slice(0, length), length }
  }
  let body = ''
  for (let at = 0; ; ) {
    const end = text.indexOf('\r\n', at)
    const size = Number.parseInt(text.slice(at, end), 16)
    if (!(size > 0)) return { body, length: end + 4 }
    body += text.slice(end + 2, end + 2 + size)
    at = end + 2 + size + 2
  }
}
