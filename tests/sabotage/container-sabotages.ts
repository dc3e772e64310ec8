import { chmod, readFile, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { Sabotage } from './sabotage.ts'
import { docker, recreate, serviceOf } from './stack-actions.ts'

/** A container made again with something given back to it. */
type Change = { why: string; service: string; lines: string; finds: RegExp }

const changes: Change[] = [
  {
    why: 'NET_RAW is restored',
    service: 'frontend',
    lines: 'cap_add: [NET_RAW]',
    finds: /frontend'? has no way to more rights|frontend'? runs as its user, without capabilities/,
  },
  {
    why: 'Docker’s default capabilities are restored',
    service: 'payment-api',
    lines: 'cap_drop: !reset []',
    finds: /payment-api'? (has no way to more rights|runs as its user, without capabilities)/,
  },
  {
    why: 'a container runs as root',
    service: 'product-api',
    lines: "user: '0:0'",
    finds: /product-api'? runs as its user/,
  },
  {
    why: 'a container is privileged',
    service: 'order-api',
    lines: 'privileged: true',
    finds: /order-api'? has no way to more rights/,
  },
  {
    why: 'new privileges are allowed',
    service: 'frontend',
    lines: 'security_opt: !reset []',
    finds: /frontend'? (has no way to more rights|runs as its user)/,
  },
  {
    why: 'seccomp is off',
    service: 'frontend',
    lines: 'security_opt: !override [seccomp:unconfined, no-new-privileges:true]',
    finds: /frontend'? (has no way to more rights|runs as its user)/,
  },
  {
    why: 'the root file system is writable',
    service: 'payment-api',
    lines: 'read_only: false',
    finds: /payment-api'? (cannot write to its root file system|has a read-only root)/,
  },
  {
    why: '/tmp may hold programs',
    service: 'frontend',
    lines: "tmpfs: !override ['/tmp:size=16m,mode=1777,exec']",
    finds: /frontend'? runs no program from its tmpfs|frontend'? can write to its sized tmpfs/,
  },
  {
    why: 'no memory limit',
    service: 'frontend',
    lines: 'mem_limit: 0\nmemswap_limit: 0',
    finds: /frontend'? is held to its memory/,
  },
  {
    why: 'no processor limit',
    service: 'frontend',
    lines: 'cpus: 0',
    finds: /frontend'? is held to its share of the processors/,
  },
  {
    why: 'no limit of processes',
    service: 'product-api',
    lines: 'pids_limit: -1',
    finds: /product-api'? is held to its number of processes/,
  },
  {
    why: 'restarted for ever',
    service: 'frontend',
    lines: 'restart: always',
    finds: /frontend'? has bounded logs and is not restarted for ever/,
  },
  {
    why: 'logs without bound',
    service: 'frontend',
    lines: 'logging: !override { driver: json-file }',
    finds: /frontend'? has bounded logs/,
  },
  {
    why: 'docker.sock is mounted',
    service: 'product-api',
    lines: "volumes: ['/var/run/docker.sock:/var/run/docker.sock']",
    finds: /product-api'? mounts its declared secrets and volume, and nothing of the host/,
  },
  {
    why: 'a folder of the host is mounted',
    service: 'frontend',
    lines: "volumes: ['/etc:/host-etc:ro']",
    finds: /frontend'? mounts its declared secrets and volume, and nothing of the host/,
  },
  {
    why: 'the host’s processes are seen',
    service: 'payment-api',
    lines: 'pid: host',
    finds: /payment-api'? has no way to more rights/,
  },
  {
    why: 'the host’s memory is shared',
    service: 'payment-api',
    lines: 'ipc: host\nshm_size: !reset null',
    finds: /payment-api'? has no way to more rights/,
  },
  {
    why: 'a port of a database is published',
    service: 'product-db',
    lines: "ports: ['127.0.0.1:35432:5432']",
    finds: /nothing is published but the two ports of nginx/,
  },
  {
    why: 'nginx listens for everybody',
    service: 'nginx',
    lines: "ports: !override ['39080:80', '39443:443']",
    finds: /nothing is published but the two ports of nginx, on the bind address/,
  },
  {
    why: 'a secret in the environment',
    service: 'payment-api',
    lines: 'environment: { STRIPE_KEY: SECRET_STRIPE_KEY }',
    finds: /no secret is found in the settings of '?payment-api/,
  },
  {
    why: 'no health check',
    service: 'frontend',
    lines: 'healthcheck: { disable: true }',
    finds: /frontend'? is healthy by a check of its own/,
  },
]

const secret = (name: string) => join(process.env.SECRETS_DIR ?? 'secrets', name)
/** Of the test stack, which charges nobody. */
const stripeKey = async () => (await readFile(secret('stripe_key'), 'utf8')).trim()

let kept: Buffer | undefined
const defaultSecret: Sabotage = {
  why: 'a secret that everybody knows',
  suite: 'hardening',
  finds: /'?payment_api_key'? is nothing that somebody could guess/,
  async break() {
    if (resolve(secret('')) === resolve('secrets'))
      throw new Error("expected SECRETS_DIR of a test stack, but found the shop's own")
    kept = await readFile(secret('payment_api_key'))
    await writeFile(secret('payment_api_key'), 'changeme')
  },
  async repair() {
    if (kept) await writeFile(secret('payment_api_key'), kept)
  },
}

const readableKey: Sabotage = {
  why: 'the key of an archive is readable by others',
  suite: 'hardening',
  tests: ['secrets'],
  finds: /on the host only you reach the folder, and each file has one reader/,
  break: () => chmod(secret('order_archive_key'), 0o444),
  repair: () => chmod(secret('order_archive_key'), 0o400),
}

const latestTag: Sabotage = {
  why: 'an image by the tag "latest"',
  suite: 'hardening',
  finds: /frontend'? runs a pinned image/,
  async break() {
    await docker.getImage(serviceOf('frontend').image).tag({ repo: 'secure-ecommerce/frontend', tag: 'latest' })
    await recreate('frontend', 'image: secure-ecommerce/frontend:latest')
  },
  async repair() {
    await recreate('frontend')
    await docker.getImage('secure-ecommerce/frontend:latest').remove()
  },
}

const recreated: Sabotage[] = changes.map(({ why, service, lines, finds }) => ({
  why: `${service}: ${why}`,
  suite: 'hardening',
  finds,
  break: async () => recreate(service, lines.replace('SECRET_STRIPE_KEY', await stripeKey())),
  repair: () => recreate(service),
}))

export const containerSabotages: Sabotage[] = [...recreated, defaultSecret, readableKey, latestTag]
