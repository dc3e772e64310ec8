import { execFileSync } from 'node:child_process'
import { expect, test } from 'vitest'

/** What Compose makes of the files, with nothing set but these. */
function model(files: string[], settings: Record<string, string> = {}): object {
  const args = ['compose', '--env-file', '/dev/null', ...files.flatMap((file) => ['--file', file])]
  const { PATH = '', HOME = '' } = process.env
  const text = execFileSync('docker', [...args, 'config', '--format', 'json'], { env: { PATH, HOME, ...settings } })
  return JSON.parse(text.toString())
}

const local = ['docker-compose.yml']
const internet = [...local, 'docker-compose.security.yml']

/** Every leaf that is not the same, by its path, as the second has it. */
function changes(from: unknown, to: unknown, path = ''): Record<string, unknown> {
  if (from === to) return {}
  if (typeof from !== 'object' || typeof to !== 'object' || !from || !to) return { [path]: to }
  const keys = new Set([...Object.keys(from), ...Object.keys(to)])
  const below = [...keys].map((key) =>
    changes(Reflect.get(from, key), Reflect.get(to, key), path === '' ? key : `${path}.${key}`),
  )
  return Object.assign({}, ...below)
}

const enforced = (address: string) =>
  Object.fromEntries(
    ['nginx', 'api-gateway', 'product-api', 'order-api'].flatMap((service) => [
      [`services.${service}.environment.AUTH_MODE`, 'enforced'],
      [`services.${service}.environment.BIND_ADDRESS`, address],
    ]),
  )
const published = (address: string) => ({
  'services.nginx.ports.0.host_ip': address,
  'services.nginx.ports.1.host_ip': address,
})

/** Extensions are the files' own notes; what they mean is in the services. */
const inServices = (found: Record<string, unknown>) =>
  Object.fromEntries(Object.entries(found).filter(([path]) => !path.startsWith('x-auth-environment.')))

test('the file of the Internet changes who is let in, where nginx listens and whether the WAF stops attacks, and nothing else', () => {
  expect(inServices(changes(model(local), model(internet)))).toEqual({
    ...enforced('0.0.0.0'),
    ...published('0.0.0.0'),
    'services.nginx.environment.HTTP_MODE': 'https-only',
    'services.nginx.environment.WAF_MODE': 'On',
  })
})

test('an address and ports of your own count there too, AUTH_MODE does not', () => {
  const settings = { BIND_ADDRESS: '192.0.2.7', HTTP_PORT: '8080', HTTPS_PORT: '8443', AUTH_MODE: 'demo' }
  expect(changes(model(internet), model(internet, settings))).toMatchObject({
    ...published('192.0.2.7'),
    'services.nginx.ports.0.published': '8080',
    'services.nginx.ports.1.published': '8443',
  })
  expect(model(internet, settings)).toMatchObject({
    services: { nginx: { environment: { AUTH_MODE: 'enforced', HTTPS_PORT: '8443', BIND_ADDRESS: '192.0.2.7' } } },
  })
})
