import { describe, expect, test } from 'vitest'
import { FAMILIES, HOST, machineOfThisFile, PORTS, SOURCES } from './machine.ts'

const machine = await machineOfThisFile()

describe('who comes in', () => {
  test.each(FAMILIES)('without it, by $family, everything is open', async ({ host }) => {
    const tcp = PORTS.map((port) => ({ host, port }))
    const udp = { host, port: 5432, protocol: 'udp' as const }
    expect(await machine.fromOutside([...tcp, udp])).toEqual([...PORTS.map(() => 'host'), 'host'])
  })

  test.each(FAMILIES)(
    'with it, by $family, SSH and the two ports of the shop are open and nothing else',
    async ({ host }) => {
      await machine.confirmed()
      const tcp = PORTS.map((port) => ({ host, port }))
      const unused = { host, port: 1 }
      const udp = { host, port: 5432, protocol: 'udp' as const }
      expect(await machine.fromOutside([...tcp, unused, udp])).toEqual([
        ...['host', 'host', 'host', 'dropped', 'dropped', 'dropped'],
        'dropped',
        'dropped',
      ])
      expect((await machine.firewall('--status')).text).toMatch(/^on\nopen: tcp 22; tcp 80, 443; .*\ndropped: [1-9]/)
    },
  )

  test.each(FAMILIES)(
    'by $family the host reaches itself and the world, and is found by its neighbours',
    async ({ host }) => {
      await machine.confirmed()
      const world = host === HOST.v4 ? SOURCES.first : SOURCES.first6
      expect(
        await machine.fromHost([
          { host: '127.0.0.1', port: 5432 },
          { host, port: 5432 },
          { host: world, port: 7777 },
        ]),
      ).toEqual(['host', 'host', 'outside'])
      await machine.router.must('ip neigh flush all; ip -6 neigh flush all')
      await machine.host.must('ip neigh flush all; ip -6 neigh flush all')
      expect(await machine.fromOutside([{ host, port: 80 }])).toEqual(['host'])
      const echo = `exit !Net::Ping->new({ proto => "${host === HOST.v4 ? 'icmp' : 'icmpv6'}", timeout => 2 })->ping("${host}")`
      expect(await machine.outside.run(`perl -MNet::Ping -e '${echo}'`)).toEqual({ status: 0, text: '' })
    },
  )

  test('a port that is allowed besides is open, by its protocol alone', async () => {
    await machine.confirmed('--allow 8080 --allow 5432/udp')
    const host = HOST.v6
    expect(
      await machine.fromOutside([
        { host, port: 8080 },
        { host, port: 8080, protocol: 'udp' },
        { host, port: 5432 },
        { host, port: 5432, protocol: 'udp' },
      ]),
    ).toEqual(['host', 'dropped', 'dropped', 'host'])
  })

  test('the ports of the shop are those of its settings', async () => {
    expect(await machine.host.run('HTTP_PORT=8080 HTTPS_PORT=5432 scripts/setup-firewall.sh <<<yes')).toMatchObject({
      status: 0,
    })
    const host = HOST.v4
    expect(await machine.fromOutside([80, 443, 8080, 5432].map((port) => ({ host, port })))).toEqual([
      ...['dropped', 'dropped', 'host', 'host'],
    ])
  })
})

describe('another port of sshd', () => {
  const host = HOST.v4

  test('is open when said, and 22 is not', async () => {
    await machine.confirmed('--ssh-port 2222')
    expect(
      await machine.fromOutside([
        { host, port: 2222 },
        { host, port: 22 },
      ]),
    ).toEqual(['host', 'dropped'])
  })

  test('is found where sshd listens, and so is the one by which this session came', async () => {
    const sshd = await machine.host.start(
      [
        'perl',
        '-MIO::Socket::INET',
        '-e',
        '$0 = "sshd"; $s = IO::Socket::INET->new(Listen => 1, LocalPort => 2200) or die; $| = 1; print "ready\n"; <STDIN>',
      ],
      'ready',
    )
    const session = `SSH_CONNECTION='${SOURCES.first} 50000 ${host} 2222'`
    const { text } = await machine.host.run(`${session} scripts/setup-firewall.sh --dry-run`)
    sshd.stdin?.end()
    expect(text).toContain('tcp dport { 2200, 2222 } accept')
  })
})
