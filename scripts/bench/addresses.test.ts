import { expect, test } from 'vitest'
import { addressOn, type Inspected, publishedUrl } from './addresses.ts'

const container: Inspected = {
  Name: '/shop-product-api',
  State: { Status: 'running' },
  Config: { Env: ['PORT=8001', 'LOG_LEVEL=info'] },
  Image: 'sha256:0',
  HostConfig: { Memory: 134_217_728, NanoCpus: 1e9 },
  NetworkSettings: {
    Networks: {
      'secure-ecommerce_backend': { IPAddress: '172.21.0.13' },
      'secure-ecommerce_database': { IPAddress: '172.22.0.13' },
    },
    Ports: {},
  },
}

const publishing = (HostIp: string, HostPort: string): Inspected => ({
  ...container,
  NetworkSettings: { ...container.NetworkSettings, Ports: { '80/tcp': [{ HostIp, HostPort }] } },
})

test('a service is reached on the network that is asked for', () => {
  expect(addressOn(container, 'database')).toBe('172.22.0.13')
})

test.each([
  { why: 'the usual port', nginx: publishing('127.0.0.1', '80'), url: 'http://127.0.0.1' },
  { why: 'another port', nginx: publishing('127.0.0.1', '8480'), url: 'http://127.0.0.1:8480' },
  { why: 'all addresses', nginx: publishing('0.0.0.0', '8080'), url: 'http://127.0.0.1:8080' },
])('nginx published on $why is reached over loopback at $url', ({ nginx, url }) => {
  expect(publishedUrl(nginx)).toBe(url)
})

test('a network or port that is not there fails by name', () => {
  expect(() => addressOn(container, 'payment')).toThrow('/shop-product-api on the network payment')
  expect(() => publishedUrl(container)).toThrow('/shop-product-api to publish its port 80')
})
