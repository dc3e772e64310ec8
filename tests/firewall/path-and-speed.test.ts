import { describe, expect, test } from 'vitest'
import { count, many } from './attempts.ts'
import { FAMILIES, HOST, machineOfThisFile, SOURCES } from './machine.ts'

const machine = await machineOfThisFile()

describe('the size of packets on a narrow path', () => {
  const bytes = 200_000
  const download = (host: string) =>
    machine.outside.must(`'${process.execPath}' tests/firewall/download.ts ${host} 80 ${bytes}`).then(Number)
  const forget = () => machine.host.must('ip route flush cache; ip -6 route flush cache')

  test.each(FAMILIES)('is found by $family', async ({ host }) => {
    await machine.confirmed()
    await forget()
    expect(await download(host)).toBe(bytes)
  })

  test('is what that download needs: without the message it stalls', async () => {
    await machine.router.must(
      "nft 'add table inet mute; add chain inet mute out { type filter hook output priority 0; }; add rule inet mute out icmpv6 type packet-too-big drop'",
    )
    await forget()
    expect(await download(HOST.v6)).toBeLessThan(bytes)
    await machine.router.must('nft delete table inet mute')
  })
})

describe('who comes too fast', () => {
  test.each([
    { family: 'IPv4', host: HOST.v4, from: SOURCES.first, other: SOURCES.second, neighbour: SOURCES.first },
    { family: 'IPv6', host: HOST.v6, from: SOURCES.first6, other: SOURCES.other6, neighbour: SOURCES.neighbour6 },
  ])('by $family is slowed down, and nobody else', async ({ host, from, other, neighbour }) => {
    await machine.confirmed()
    const outcomes = await machine.fromOutside([
      ...many(400, { host, port: 80, from }),
      { host, port: 80, from: other },
    ])
    expect(outcomes.pop()).toBe('host')
    expect(count(outcomes, 'host')).toBeGreaterThanOrEqual(200)
    expect(count(outcomes, 'dropped')).toBeGreaterThan(20)
    expect(count(outcomes, 'host') + count(outcomes, 'dropped')).toBe(400)
    expect(Number(await tooFast())).toBeGreaterThan(20)

    // Whoever shares the source shares its speed, and has it back in no time.
    const again = await machine.fromOutside([
      ...many(700, { host, port: 80, from }),
      ...many(100, { host, port: 80, from: neighbour }),
    ])
    expect(count(again.slice(700), 'dropped')).toBeGreaterThan(0)
    await new Promise((resolve) => setTimeout(resolve, 1_000))
    expect(await machine.fromOutside([{ host, port: 80, from }])).toEqual(['host'])
  })

  const tooFast = async () => /(\d+) that came too fast/.exec((await machine.firewall('--status')).text)?.[1]

  test('at SSH is slowed down sooner, and a connection that stands goes on', async () => {
    await machine.confirmed()
    const host = HOST.v4
    const standing = await machine.outside.start(
      [
        process.execPath,
        '-e',
        `const s = require('net').connect(22, '${host}'); process.stdin.on('data', () => s.write('3\\n')); s.on('data', (d) => console.log(d.length > 3 ? 'connected' : 'came ' + d.length))`,
      ],
      'connected',
    )
    const outcomes = await machine.fromOutside(many(40, { host, port: 22 }))
    expect(count(outcomes, 'host')).toBeLessThanOrEqual(22)
    expect(count(outcomes, 'host')).toBeGreaterThanOrEqual(18)
    expect(count(outcomes, 'dropped')).toBe(40 - count(outcomes, 'host'))
    const came = new Promise((resolve) => standing.stdout?.once('data', (text) => resolve(`${text}`)))
    standing.stdin?.write('go')
    expect(await came).toBe('came 3\n')
    standing.kill()
  })
})
