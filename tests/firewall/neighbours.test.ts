import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { count, many } from './attempts.ts'
import { HOST, machineOfThisFile, SOURCES } from './machine.ts'

const machine = await machineOfThisFile()

describe('beside Docker', () => {
  const host = HOST.v4
  let docker: string
  beforeAll(async () => {
    await machine.host.must('nft --file tests/firewall/docker-like.nft')
    docker = await machine.loaded()
    expect(
      await machine.fromOutside([
        { host, port: 80 },
        { host, port: 8081 },
      ]),
    ).toEqual(['container', 'container'])
  })
  afterAll(async () => {
    await machine.host.must('nft delete table ip nat; nft delete table ip filter')
  })

  test('the published port of the shop is open, at a bounded speed, and that of another container is not', async () => {
    await machine.confirmed()
    expect(
      await machine.fromOutside([
        { host, port: 80 },
        { host, port: 443 },
        { host, port: 8081 },
      ]),
    ).toEqual([...['container', 'host', 'dropped']])
    const outcomes = await machine.fromOutside(many(400, { host, port: 80 }))
    expect(count(outcomes, 'dropped')).toBeGreaterThan(20)
  })

  test('that of another container is open when allowed', async () => {
    await machine.confirmed('--allow 8081')
    expect(await machine.fromOutside([{ host, port: 8081 }])).toEqual(['container'])
  })

  test('a container gets out, and at the host no further than anybody', async () => {
    await machine.confirmed()
    const attempts = [
      { host: SOURCES.first, port: 7777 },
      { host: '203.0.113.1', port: 5432 },
    ]
    expect(await machine.fromContainer(attempts)).toEqual(['outside', 'dropped'])
  })

  test('its tables are as they were: with the firewall, after a roll-back, after --remove', async () => {
    await machine.confirmed()
    expect(await machine.loaded()).toContain(docker)
    await machine.firewall('--seconds 1 </dev/null')
    expect(await machine.loaded()).toContain(docker)
    await machine.firewall('--remove')
    expect(await machine.loaded()).toBe(docker)
  })
})

describe('at a start of the machine', () => {
  test('nothing is there unless asked for', async () => {
    await machine.confirmed()
    expect((await machine.firewall('--status')).text).toContain('at a start of the machine: gone')
    expect(await machine.firewall('--remove')).toMatchObject({ status: 0 })
    expect(await machine.firewall('--persist')).toMatchObject({
      status: 1,
      text: expect.stringContaining('expected confirmed rules'),
    })
  })

  test('the rules are loaded by a unit that systemd takes, until they are removed', async () => {
    await machine.confirmed('--allow 8080')
    expect(await machine.firewall('--persist')).toMatchObject({ status: 0 })
    expect((await machine.firewall('--status')).text).toContain('at a start of the machine: loaded again')
    const before = await machine.loaded()

    const unit = '/etc/systemd/system/shop-firewall.service'
    await machine.host.must(`systemd-analyze verify ${unit}`)
    expect(await machine.host.must('ls /etc/systemd/system/sysinit.target.wants')).toContain('shop-firewall.service')
    await machine.host.must(
      `nft delete table inet shop_firewall; rm -r /run/shop-firewall; eval "$(sed -n s/^ExecStart=//p ${unit})"`,
    )
    expect(await machine.loaded()).toBe(before)
    expect((await machine.firewall('--status')).text).toMatch(/^on\n/)

    await machine.confirmed()
    expect((await machine.firewall('--status')).text).toContain('those of before; --persist takes over these')

    await machine.firewall('--remove')
    expect((await machine.host.must('find /etc -name "shop-firewall*"')).trim()).toBe('')
  })
})
