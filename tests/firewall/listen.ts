// Listens on every address, TCP and UDP, and answers with a name; a line of input is answered with that many more bytes.
// Usage: node listen.ts NAME PORT…        prints "ready"
import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { createServer } from 'node:net'

const [name = '', ...ports] = process.argv.slice(2)

for (const port of ports.map(Number)) {
  const tcp = createServer((socket) => {
    socket.on('error', () => undefined)
    socket.on('data', (line) => socket.end(Buffer.alloc(Number(line))))
    socket.write(`${name}\n`)
  })
  const udp = createSocket('udp6', (_, peer) => udp.send(name, peer.port, peer.address))
  await Promise.all([once(tcp.listen(port, '::', 4096), 'listening'), once(udp.bind(port, '::'), 'listening')])
}
console.log('ready')
