import { dropped } from './counter-names.ts'
import { ARP_REPLY, ARP_REQUEST, arp, ethernet, ipv4, ipv6, tcpSyn, udp } from './frame.ts'

/** Somebody on a bridge, as frames know him. */
export type Identity = { name: string; mac: string; address: string }

/** A bridge with everybody who plays a part in the attacks on it. */
export type Scene = {
  network: string
  gateway: string
  attacker: Identity
  victim: Identity
  /** May open connections to the victim on `port`. */
  friend: Identity
  /** On the same bridge, and may not. */
  stranger: Identity
  port: number
  /** A port of the friend that the victim may not open. */
  friendPort: number
}

export type Attack = {
  name: string
  frame: (scene: Scene, marker: Buffer) => Buffer
  /** The counter that must count it. */
  counter: string | ((scene: Scene) => string)
}

const IPV4 = 0x0800
const ARP = 0x0806
const BROADCAST = 'ff:ff:ff:ff:ff:ff'
const SCTP = 132
/** An address that is on none of the stack's networks. */
const NOBODY = '203.0.113.7'
const syn = (from: Identity, to: Identity, port: number, marker: Buffer) =>
  tcpSyn(from.address, to.address, { from: 40_000, to: port }, marker)

/** Whatever a container with NET_RAW could write onto its bridge. None of it may reach the victim. */
export const attacks: Attack[] = [
  {
    name: 'a stranger to the stack opens a connection',
    frame: ({ attacker, victim, port }, marker) =>
      ethernet(victim.mac, attacker.mac, IPV4, syn(attacker, victim, port, marker)),
    counter: 'class_spoofed_mac',
  },
  {
    name: 'the address of an allowed container, from another MAC',
    frame: ({ attacker, victim, friend, port }, marker) =>
      ethernet(victim.mac, attacker.mac, IPV4, syn(friend, victim, port, marker)),
    counter: 'class_spoofed_mac',
  },
  {
    name: 'the MAC of an allowed container, with another address',
    frame: ({ attacker, victim, friend, port }, marker) =>
      ethernet(victim.mac, friend.mac, IPV4, syn(attacker, victim, port, marker)),
    counter: 'class_spoofed_ip',
  },
  {
    name: 'a denied neighbour with the address of an allowed one',
    frame: ({ victim, friend, stranger, port }, marker) =>
      ethernet(victim.mac, stranger.mac, IPV4, syn(friend, victim, port, marker)),
    counter: 'class_spoofed_ip',
  },
  {
    name: 'an address of no network of the stack',
    frame: ({ victim, friend, port }, marker) =>
      ethernet(victim.mac, friend.mac, IPV4, syn({ ...friend, address: NOBODY }, victim, port, marker)),
    counter: 'class_spoofed_ip',
  },
  {
    name: 'an address of no network of the stack, from another MAC',
    frame: ({ attacker, victim, port }, marker) =>
      ethernet(victim.mac, attacker.mac, IPV4, syn({ ...attacker, address: NOBODY }, victim, port, marker)),
    counter: 'class_unknown_source',
  },
  {
    name: 'a broadcast from another MAC, of an ethertype of one’s own',
    frame: ({ attacker }, marker) => ethernet(BROADCAST, attacker.mac, 0x88b5, marker),
    counter: 'class_unknown_source',
  },
  {
    name: 'a broadcast from another MAC, from an address of no network',
    frame: ({ attacker }, marker) =>
      ethernet(BROADCAST, attacker.mac, IPV4, udp(NOBODY, '255.255.255.255', 67, marker)),
    counter: 'class_unknown_source',
  },
  {
    name: 'IPv6 to all nodes from another MAC',
    frame: ({ attacker }, marker) => ethernet('33:33:00:00:00:01', attacker.mac, 0x86dd, ipv6(marker)),
    counter: 'class_unknown_source',
  },
  {
    name: 'ARP: the address of an allowed container is said to be here',
    frame: ({ attacker, victim, friend }, marker) =>
      ethernet(victim.mac, attacker.mac, ARP, arp(ARP_REPLY, { ...attacker, address: friend.address }, victim, marker)),
    counter: 'class_spoofed_arp',
  },
  {
    name: 'ARP: the gateway’s address is said to be here, to everybody',
    frame: ({ attacker, gateway }, marker) =>
      ethernet(
        BROADCAST,
        attacker.mac,
        ARP,
        arp(ARP_REQUEST, { ...attacker, address: gateway }, { mac: '00:00:00:00:00:00', address: gateway }, marker),
      ),
    counter: 'class_spoofed_arp',
  },
  {
    name: 'ARP: sender in the frame and sender in the message differ',
    frame: ({ attacker, victim, friend }, marker) =>
      ethernet(victim.mac, friend.mac, ARP, arp(ARP_REPLY, { ...friend, mac: attacker.mac }, victim, marker)),
    counter: 'class_spoofed_arp',
  },
  {
    name: 'an ethertype of one’s own',
    frame: ({ victim, stranger }, marker) => ethernet(victim.mac, stranger.mac, 0x88b5, marker),
    counter: 'class_ethertype',
  },
  {
    name: 'a length instead of an ethertype (802.3)',
    frame: ({ victim, stranger }, marker) => ethernet(victim.mac, stranger.mac, marker.length, marker),
    counter: 'class_ethertype',
  },
  {
    name: 'IPv4 behind a VLAN tag',
    frame: ({ victim, friend, port }, marker) =>
      ethernet(
        victim.mac,
        friend.mac,
        0x8100,
        Buffer.concat([Buffer.from([0, 1, 8, 0]), syn(friend, victim, port, marker)]),
      ),
    counter: 'class_ethertype',
  },
  {
    name: 'IPv6 to a neighbour',
    frame: ({ victim, stranger }, marker) => ethernet(victim.mac, stranger.mac, 0x86dd, ipv6(marker)),
    counter: 'class_ipv6',
  },
  {
    name: 'IPv6 to all nodes',
    frame: ({ stranger }, marker) => ethernet('33:33:00:00:00:01', stranger.mac, 0x86dd, ipv6(marker)),
    counter: 'class_ipv6',
  },
  {
    name: 'multicast',
    frame: ({ friend }, marker) =>
      ethernet('01:00:5e:00:00:fb', friend.mac, IPV4, udp(friend.address, '224.0.0.251', 5353, marker)),
    counter: 'class_multicast',
  },
  {
    name: 'broadcast to everybody',
    frame: ({ friend }, marker) =>
      ethernet(BROADCAST, friend.mac, IPV4, udp(friend.address, '255.255.255.255', 67, marker)),
    counter: 'class_multicast',
  },
  {
    name: 'broadcast to the subnet',
    frame: ({ friend, victim }, marker) =>
      ethernet(BROADCAST, friend.mac, IPV4, udp(friend.address, victim.address.replace(/\d+$/, '255'), 67, marker)),
    counter: 'class_multicast',
  },
  {
    name: 'the first fragment of an allowed connection',
    frame: ({ victim, friend, port }, marker) =>
      ethernet(
        victim.mac,
        friend.mac,
        IPV4,
        ipv4(
          friend.address,
          victim.address,
          6,
          Buffer.concat([Buffer.from([0x9c, 0x40, port >> 8, port & 255]), marker]),
          0x2000,
        ),
      ),
    counter: 'class_fragment',
  },
  {
    name: 'a later fragment of an allowed connection',
    frame: ({ victim, friend }, marker) =>
      ethernet(victim.mac, friend.mac, IPV4, ipv4(friend.address, victim.address, 6, marker, 0x0010)),
    counter: 'class_fragment',
  },
  {
    name: 'UDP along an edge',
    frame: ({ victim, friend, port }, marker) =>
      ethernet(victim.mac, friend.mac, IPV4, udp(friend.address, victim.address, port, marker)),
    counter: 'class_protocol',
  },
  {
    name: 'SCTP along an edge',
    frame: ({ victim, friend }, marker) =>
      ethernet(victim.mac, friend.mac, IPV4, ipv4(friend.address, victim.address, SCTP, marker)),
    counter: 'class_protocol',
  },
  {
    name: 'a connection opened from a port that may only reply',
    frame: ({ victim, friend, port, friendPort }, marker) =>
      ethernet(
        friend.mac,
        victim.mac,
        IPV4,
        tcpSyn(victim.address, friend.address, { from: port, to: friendPort }, marker),
      ),
    counter: ({ victim, friend, network }) => dropped(victim.name, friend.name, network),
  },
]
