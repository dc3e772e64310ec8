import type { Sabotage } from './sabotage.ts'
import { at, nft, rulesRestored, stack } from './stack-actions.ts'

/** Rules changed behind the watchdog's back; its repair is what undoes each. */
type RuleSabotage = { why: string; nft: () => string; finds: RegExp }

const productApi = at('product-api', 'database')
const orderApi = at('order-api', 'database')
const orderDb = at('order-db', 'database')
const productDb = at('product-db', 'database')
const paymentDb = at('payment-db', 'payment')
const paymentApi = at('payment-api', 'payment')
const frontend = at('frontend', 'frontend')
const bridge = `"${stack.prefix}-frontend"`
const edge = (from: string, to: string) => `${from} . ${to} . 5432`

const changes: RuleSabotage[] = [
  {
    why: 'the table of the bridges is deleted',
    nft: () => 'delete table bridge TABLE',
    finds: /product-api → order-db .* tcp\/5432: expected dropped .* but found open/,
  },
  {
    why: 'the table of the host is deleted',
    nft: () => 'delete table inet TABLE',
    finds: /frontend → host .*: expected dropped .* but found open/,
  },
  {
    why: 'both tables are deleted',
    nft: () => 'delete table bridge TABLE\ndelete table inet TABLE',
    finds: /expected both tables to be loaded/,
  },
  {
    why: 'both tables are emptied, but stay',
    nft: () => 'flush table bridge TABLE\nflush table inet TABLE',
    finds: /order-api → product-api .* tcp\/8001: expected dropped .* but found open/,
  },
  {
    why: 'one edge too many, without the way back',
    nft: () =>
      `add counter bridge TABLE sabotage\nadd element bridge TABLE edges { ${edge(productApi.address, orderDb.address)} : "sabotage" }`,
    finds: /product-api → order-db: README denied · x-communication denied · loaded 5432/,
  },
  {
    why: 'one edge too many, with the way back',
    nft: () =>
      `add counter bridge TABLE sabotage
       add element bridge TABLE edges { ${edge(productApi.address, orderDb.address)} : "sabotage" }
       add element bridge TABLE replies { ${orderDb.address} . ${productApi.address} . 5432 }`,
    finds: /product-api → order-db .* tcp\/5432: expected dropped .* but found open/,
  },
  {
    why: 'one edge too few',
    nft: () => `delete element bridge TABLE edges { ${edge(orderApi.address, orderDb.address)} }`,
    finds: /order-api → order-db .* tcp\/5432: expected open .* but found dropped/,
  },
  {
    why: 'one way back too few',
    nft: () => `delete element bridge TABLE replies { ${paymentDb.address} . ${paymentApi.address} . 5432 }`,
    finds: /payment-api → payment-db .* tcp\/5432: expected open .* but found dropped/,
  },
  {
    why: 'the targets of two edges are swapped',
    nft: () =>
      `delete element bridge TABLE edges { ${edge(orderApi.address, orderDb.address)}, ${edge(productApi.address, productDb.address)} }
       add element bridge TABLE edges { ${edge(orderApi.address, productDb.address)} : "accept_order-api__order-db", ${edge(productApi.address, orderDb.address)} : "accept_product-api__product-db" }`,
    finds: /order-api → product-db: README denied · x-communication denied · loaded 5432/,
  },
  {
    why: 'a rule above all others lets one pair through on every port',
    nft: () =>
      `insert rule bridge TABLE prerouting ip saddr ${productApi.address} ip daddr ${orderApi.address} accept
       insert rule bridge TABLE prerouting ip saddr ${orderApi.address} ip daddr ${productApi.address} accept`,
    finds: /product-api → order-api .* tcp\/\d+ undeclared: expected dropped .* but found open/,
  },
  {
    why: 'UDP is let through between neighbours',
    nft: () => 'insert rule bridge TABLE to_neighbour ip protocol udp accept',
    finds: /product-api → product-db .* udp\/\d+: expected dropped .* but found open/,
  },
  {
    why: 'a denied pair may ping',
    nft: () => 'insert rule bridge TABLE to_neighbour ip protocol icmp accept',
    finds: /order-db → product-db .* icmp echo: expected dropped .* but found open/,
  },
  {
    why: 'an allowed pair may not ping',
    nft: () => `delete element bridge TABLE pings { ${orderApi.address} . ${orderDb.address} }`,
    finds: /order-api → order-db .* icmp echo: expected open .* but found dropped/,
  },
  {
    why: 'whoever replies may also open connections',
    nft: () => `insert rule bridge TABLE to_neighbour tcp sport 5432 accept`,
    finds: /: a connection opened from a port that may only reply: expected to be dropped/,
  },
  {
    why: 'a foreign rule drops what ours should, uncounted',
    nft: () =>
      `add chain bridge TABLE sabotage { type filter hook prerouting priority -400; }
       add rule bridge TABLE sabotage ip saddr ${productApi.address} ip daddr ${orderDb.address} drop`,
    finds: /counter drop_product-api__order-db__database rose by 0/,
  },
  {
    why: 'one container may use another’s address',
    nft: () => `insert rule bridge TABLE from_known ip saddr ${orderApi.address} accept`,
    finds: /: a denied neighbour with the address of an allowed one: expected to be dropped/,
  },
  {
    why: 'ARP is not looked at',
    nft: () =>
      'insert rule bridge TABLE prerouting ether type arp accept\ninsert rule bridge TABLE forward ether type arp accept',
    // The lie may take hold before the watcher has its signal.
    finds:
      /: ARP: the address of an allowed container .*: expected to be dropped|an allowed ping from \S+ was not answered/,
  },
  {
    why: 'foreign ethertypes pass',
    nft: () =>
      'insert rule bridge TABLE prerouting ether type 0x88b5 accept\ninsert rule bridge TABLE forward ether type 0x88b5 accept',
    finds: /: an ethertype of one’s own: expected to be dropped/,
  },
  {
    why: 'VLAN tags hide what they carry',
    nft: () =>
      'insert rule bridge TABLE prerouting ether type 8021q accept\ninsert rule bridge TABLE forward ether type 8021q accept',
    finds: /: IPv4 behind a VLAN tag: expected to be dropped/,
  },
  {
    why: 'IPv6 passes',
    nft: () =>
      'insert rule bridge TABLE prerouting ether type ip6 accept\ninsert rule bridge TABLE forward ether type ip6 accept\ninsert rule inet TABLE prerouting meta nfproto ipv6 accept',
    // Docker's own rules for IPv6 may still drop it.
    finds: /: IPv6 to a neighbour: expected to be dropped|counter class_ipv6 rose by 0/,
  },
  {
    why: 'multicast passes',
    nft: () =>
      'insert rule bridge TABLE prerouting ip daddr 224.0.0.0/4 accept\ninsert rule bridge TABLE forward ip daddr 224.0.0.0/4 accept',
    finds: /: multicast: expected to be dropped/,
  },
  {
    why: 'fragments pass',
    nft: () => 'insert rule bridge TABLE prerouting ip frag-off & 0x3fff != 0 accept',
    // With bridge-nf-call-iptables the host waits for the rest of it.
    finds: /: the first fragment of an allowed connection: expected to be dropped|counter class_fragment rose by 0/,
  },
  {
    why: 'a container on two networks may be sent what is for others',
    nft: () =>
      'insert rule bridge TABLE prerouting ether daddr . ip daddr != @identities accept\ninsert rule inet TABLE from_container accept',
    finds: /by way of [a-z-]+: expected to be dropped/,
  },
  {
    why: 'the frontend may reach the host',
    nft: () => `insert rule inet TABLE input iifname ${bridge} accept`,
    finds: /frontend → host .*: expected dropped .* but found open/,
  },
  {
    why: 'the frontend may reach the Internet, and be answered',
    nft: () =>
      `insert rule inet TABLE leaving ip saddr ${frontend.address} accept
       insert rule inet TABLE entering ip daddr ${frontend.address} ct state established accept`,
    finds: /frontend → Internet 198\.51\.100\.\d+ .*: expected dropped .* but found open/,
  },
  {
    why: 'the cloud’s metadata may be asked',
    nft: () => 'insert rule inet TABLE leaving ip daddr 169.254.169.254 accept',
    finds: /169\.254\.169\.254 tcp\/80: expected dropped|counter class_metadata rose by 0/,
  },
  {
    why: 'only Docker keeps the outside from containers',
    nft: () => 'insert rule inet TABLE prerouting accept\ninsert rule inet TABLE entering accept',
    finds: /counter class_from_outside rose by 0/,
  },
]

export const ruleSabotages: Sabotage[] = changes.map(({ why, nft: script, finds }) => ({
  why: `rules: ${why}`,
  suite: 'isolation',
  finds,
  break: () => nft(script()),
  repair: rulesRestored,
}))
