// Fetches that many bytes and prints how many came until the end, or until nothing more came for four seconds.
// Usage: node download.ts HOST PORT BYTES
import { connect } from 'node:net'

const [host, port, bytes = ''] = process.argv.slice(2)

const socket = connect({ host, port: Number(port) })
let came = 0
socket.once('data', () => {
  socket.write(bytes)
  socket.on('data', (chunk) => (came += chunk.length))
})
socket.setTimeout(4_000, () => socket.destroy())
socket.on('close', () => console.log(came))
