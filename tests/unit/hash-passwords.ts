// Hashes passwords two at a time, as order-api does, and says how many MiB that took at most. For password-memory.test.ts.
import { readFileSync } from 'node:fs'
import { passwords } from '@secure-ecommerce/order-api/password-hash'

const { hash } = passwords()
const peak = () => Number(/^VmHWM:\s+(\d+)/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1]) / 1_024

const before = peak()
for (let n = 0; n < 12; n++) await Promise.all([hash('correct horse'), hash('battery staple')])
console.log(Math.round(peak() - before))
