import { chmodSync, cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Failure } from '../../stack/failure.ts'

const here = fileURLToPath(new URL('.', import.meta.url))
const shopConf = new URL('../../../nginx/conf.d/shop.conf', import.meta.url)

/** Fills a folder with what containers mount to speak plain HTTP. They read it as another user, whatever the checkout's modes are. */
export function createPlainFolder(folder: string): void {
  mkdirSync(folder)
  for (const name of ['stand-ins.ts', 'http-server.ts', 'connections.ts']) cpSync(join(here, name), join(folder, name))
  writeFileSync(join(folder, 'shop.conf'), inPlainHttp(readFileSync(shopConf, 'utf8')))
  chmodSync(folder, 0o755)
  for (const name of readdirSync(folder)) chmodSync(join(folder, name), 0o644)
}

/** nginx's own configuration but for the scheme; what it has to say on certificates counts for https alone. */
export function inPlainHttp(configuration: string): string {
  const plain = configuration.replaceAll('proxy_pass https://', 'proxy_pass http://')
  if (plain === configuration) throw new Failure('expected nginx to pass requests on by https but it does not')
  return plain
}
