/** What the packets of each class counter were; the other counters belong to a cell of the matrix and are named for it. */
export const dropClasses: Record<string, string> = {
  class_spoofed_ip: 'a container with an address that is not its own',
  class_spoofed_mac: 'an address of the stack from a MAC that is not',
  class_spoofed_arp: 'ARP that claims the address of another',
  class_unknown_source: 'a sender that does not belong to the stack',
  class_foreign_destination: 'an address that the addressed MAC does not have, or nobody',
  class_ipv6: 'IPv6',
  class_ethertype: 'neither IP nor ARP',
  class_multicast: 'IP multicast or broadcast',
  class_fragment: 'a fragment',
  class_protocol: 'neither TCP nor ICMP between neighbours (counted for its cell as well)',
  class_to_host: 'container to host',
  class_hairpin: 'container to a published port of the host',
  class_internet: 'container to the Internet',
  class_metadata: 'container to the metadata address of a cloud',
  class_quarantined: 'from or to a service in quarantine',
  class_from_outside: 'outside to a container other than by a published port',
}
