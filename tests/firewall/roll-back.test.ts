import { describe, expect, test } from 'vitest'
import { HOST, machineOfThisFile } from './machine.ts'

const machine = await machineOfThisFile()

describe('a change that nobody confirms', () => {
  const rolledBack = { status: 1, text: expect.stringContaining('the state before is back') }
  const open8080 = { host: HOST.v4, port: 8080 }

  test('is rolled back to nothing when there was nothing', async () => {
    const before = await machine.loaded()
    expect(await machine.firewall('--seconds 2 </dev/null')).toMatchObject(rolledBack)
    expect(await machine.loaded()).toBe(before)
  })

  test('is rolled back to the rules of before, and those of others stay', async () => {
    await machine.host.must(
      "nft 'add table inet others; add chain inet others in { type filter hook input priority 5; }'",
    )
    await machine.confirmed('--allow 8080')
    const before = await machine.loaded()
    expect(await machine.firewall('--seconds 2 </dev/null')).toMatchObject(rolledBack)
    expect(await machine.loaded()).toBe(before)
    expect(await machine.fromOutside([open8080])).toEqual(['host'])
    await machine.host.must('nft delete table inet others')
  })

  test('is rolled back at once when the answer is another', async () => {
    const started = Date.now()
    expect(await machine.firewall('--seconds 600 <<<no')).toMatchObject(rolledBack)
    expect(Date.now() - started).toBeLessThan(10_000)
  })

  const untilLoaded = `
    for i in $(seq 100); do
      [ -e /run/shop-firewall/pid ] && nft list table inet shop_firewall >/dev/null 2>&1 && exit
      sleep 0.1
    done
    exit 1`
  const killed = (command: string) => `
    (bash -c 'echo $$ >/run/script; exec ${command}' </dev/null >/dev/null 2>&1 &)
    (${untilLoaded}) && kill -9 $(cat /run/script)`
  test.each([
    { why: 'the script was killed', script: killed('scripts/setup-firewall.sh --seconds 3') },
    {
      why: 'its terminal is gone',
      script: killed('script --quiet --command "scripts/setup-firewall.sh --seconds 3" /dev/null'),
    },
  ])('is rolled back though $why', async ({ script }) => {
    await machine.host.must(script)
    expect(await machine.fromOutside([open8080])).toEqual(['dropped'])
    expect(await machine.host.must('pgrep --full "[b]ash scripts/setup-firewall" || echo none')).toBe('none\n')
    await expect.poll(() => machine.fromOutside([open8080]), { timeout: 10_000 }).toEqual(['host'])
    expect((await machine.firewall('--status')).text).toBe('off\n')
  })

  test('stays when another session confirms it', async () => {
    const running = machine.firewall('--seconds 30 </dev/null')
    await expect
      .poll(() => machine.firewall('--status'), { timeout: 10_000 })
      .toMatchObject({ text: expect.stringMatching(/waits for a yes: \d+ s left/) })
    expect(await machine.firewall('')).toMatchObject({
      status: 1,
      text: expect.stringContaining('waits for its confirmation'),
    })
    expect(await machine.firewall('--confirm')).toMatchObject({ status: 0 })
    expect(await running).toMatchObject({ status: 0, text: expect.stringContaining('another session') })
    expect(await machine.firewall('--confirm')).toMatchObject({ status: 1 })
    expect((await machine.firewall('--status')).text).toMatch(/^on\n/)
  })

  test('whose roll-back was killed too is told, and the next change goes back to what was before both', async () => {
    const before = await machine.loaded()
    const running = machine.firewall('--seconds 30 </dev/null')
    await machine.host.must(untilLoaded)
    await machine.host.must('kill -9 $(cat /run/shop-firewall/pid)')
    expect(await running).toMatchObject({ status: 1, text: expect.stringContaining('it is gone') })
    expect((await machine.firewall('--status')).text).toMatch(/^on, never confirmed/)
    expect(await machine.firewall('--seconds 1 </dev/null')).toMatchObject(rolledBack)
    expect(await machine.loaded()).toBe(before)
  })
})

test('--dry-run prints rules that the kernel takes, and changes nothing', async () => {
  const before = await machine.loaded()
  const { status, text } = await machine.firewall('--dry-run')
  expect(status).toBe(0)
  expect(text).toMatch(/^# The firewall of the host[\s\S]*policy drop;[\s\S]*Nothing was changed\n$/)
  expect(text).not.toContain('@SSH')
  expect(await machine.loaded()).toBe(before)
  expect(await machine.host.must('ls /run')).not.toContain('shop-firewall')
})

test('a second run changes nothing', async () => {
  await machine.confirmed('--allow 8080')
  const before = await machine.loaded()
  await machine.confirmed('--allow 8080')
  expect(await machine.loaded()).toBe(before)
  expect(before.match(/^table /gm)).toHaveLength(1)
})

describe('it refuses', () => {
  test.each([
    { options: '--ssh-port 70000', says: 'expected a port from 1 to 65535 but found 70000' },
    { options: '--allow 80x', says: 'expected a port from 1 to 65535 but found 80x' },
    { options: '--seconds soon', says: 'expected a number of seconds from 1 to 9999 but found soon' },
    { options: '--open', says: 'expected an option but found --open' },
    { options: '--remove --confirm', says: 'expected --remove or --confirm but found both' },
  ])('$options', async ({ options, says }) => {
    expect(await machine.firewall(options)).toMatchObject({ status: 1, text: expect.stringContaining(says) })
  })

  test('anybody but root', async () => {
    const { status, text } = await machine.host.run(
      'setpriv --reuid 65534 --clear-groups scripts/setup-firewall.sh --dry-run',
    )
    expect({ status, text }).toMatchObject({ status: 1, text: expect.stringContaining('expected root but found') })
  })

  test('an nft that dies of the tables of a newer one, where there is no other', async () => {
    await machine.host.must(
      `mkdir /run/old; printf '#!/bin/sh\\nkill -SEGV $$\\n' >/run/old/nft; chmod +x /run/old/nft`,
    )
    const { status, text } = await machine.host.run('PATH=/run/old:$PATH scripts/setup-firewall.sh --dry-run')
    expect({ status, text }).toMatchObject({
      status: 1,
      text: expect.stringContaining('install nftables 1.1.2 or later'),
    })
  })
})
