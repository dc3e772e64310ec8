import { expect, test } from 'vitest'
import { container } from '../stack.ts'
import { getByHttps } from './https.ts'
import { nginxApart } from './nginx-apart.ts'
import { sendRaw } from './raw.ts'

const { NetworkSettings } = await container('nginx').inspect()
const [ownAddress = ''] = Object.values(NetworkSettings.Networks).map(({ IPAddress }) => IPAddress)

const known = [
  'localhost',
  'LOCALHOST',
  'localhost.',
  'localhost:12345',
  'localhost:x',
  '127.0.0.1',
  '127.0.0.1:80',
  '[::1]',
  '[::1]:443',
  ownAddress,
]
const unknown = [
  ...[
    'rebound.example',
    'localhost.rebound.example',
    'rebound.example:80',
    'localhost.localdomain',
    'xlocalhost',
    'api-gateway',
  ],
  ...['127.0.0.2', '169.254.169.254', '[::ffff:127.0.0.1]', '2130706433', '_', '[::1'],
]

test.each([
  ...known.map((host) => ({ host, status: 200 })),
  ...unknown.map((host) => ({ host, status: 421 })),
  ...['local host', 'a/b'].map((host) => ({ host, status: 400 })),
])('the host "$host" is answered $status, by HTTP and HTTPS', async ({ host, status }) => {
  const { answers } = await sendRaw(`GET /api/health HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`)
  expect(answers.map((answer) => answer.status)).toEqual([status])
  if (status === 421) {
    const requestId = new Map(answers[0]?.headers).get('x-request-id')
    expect(JSON.parse(answers[0]?.body ?? '')).toEqual({ error: 'This host is not served here', requestId })
  }
  expect(await getByHttps('/api/health', { host })).toMatchObject({ status })
})

test('a request of HTTP/1.0, which needs no host, is answered', async () => {
  const { answers } = await sendRaw('GET /api/health HTTP/1.0\r\n\r\n')
  expect(answers).toMatchObject([{ status: 200, body: '{"status":"healthy"}' }])
})

test('SHOP_HOSTS names further hosts, in any case, and those below a name by a star', async () => {
  await using nginx = await nginxApart({ SHOP_HOSTS: 'Shop.example, *.branch.example [2001:db8::1]' })
  const statusFor = (host: string) => nginx.ask('http://127.0.0.1/api', '%{http_code}', '--header', `Host: ${host}`)
  // What is known and leads nowhere is 404.
  for (const host of ['shop.example', 'SHOP.EXAMPLE:80', 'a.branch.example', '[2001:db8::1]', 'localhost']) {
    expect({ host, status: await statusFor(host) }).toEqual({ host, status: '404' })
  }
  for (const host of ['www.shop.example', 'branch.example', 'rebound.example', '[2001:db8::2]']) {
    expect({ host, status: await statusFor(host) }).toEqual({ host, status: '421' })
  }
})

test.each(['shop.example;', 'a{}', '*', '~^.*$', '"', '$host'])(
  'SHOP_HOSTS=%j would be configuration, and nginx does not start',
  async (SHOP_HOSTS) => {
    await expect(nginxApart({ SHOP_HOSTS })).rejects.toThrow('expected SHOP_HOSTS to be names or addresses but found')
  },
)
