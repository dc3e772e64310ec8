// The last step of the build: beside each file whose name changes with its content, its compressed forms. What is written once and
// read often is worth the most effort.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'

const folder = new URL('dist/client/assets/', import.meta.url)
const best = constants.Z_BEST_COMPRESSION

for (const name of readdirSync(folder)) {
  if (!/\.(css|js|svg)$/.test(name)) continue
  const file = new URL(name, folder)
  const content = readFileSync(file)
  writeFileSync(`${file.pathname}.br`, brotliCompressSync(content))
  writeFileSync(`${file.pathname}.gz`, gzipSync(content, { level: best }))
}
