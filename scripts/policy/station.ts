/**
 * A small Compose file for the tests of this folder: a sensor, a collector on both networks, an archive, and a publisher
 * that is let out and is there with the profile "open" only.
 */
export function station({ edge = '', beside = '' } = {}): string {
  return `
x-communication:
  - { from: outside, to: collector, ports: [9000], why: other stations }
  - { from: sensor, to: collector, ports: [9000], why: readings }
  - { from: collector, to: archive, ports: [9001], why: checked readings }
  - { from: archive, to: publisher, ports: [9002], why: what is to be published }
  - { from: publisher, to: resolver, at: "\${NAMES:-198.51.100.1}", ports: [53], why: names }
  - { from: publisher, to: internet, ports: [443], why: subscribers }
${edge}
x-replaced-beside: [${beside}]
services:
  network-policy:
    network_mode: host
  sensor:
    container_name: \${PREFIX:-w}-sensor
    networks:
      field: { ipv4_address: "\${NET_FIELD:-10.0.1}.2", mac_address: "\${MAC:-02:5e:05}:01:00:02" }
  collector:
    container_name: \${PREFIX:-w}-collector
    ports: ["9000:9000"]
    networks:
      field: { ipv4_address: "\${NET_FIELD:-10.0.1}.3", mac_address: "\${MAC:-02:5e:05}:01:00:03" }
      storage: { ipv4_address: 10.0.2.3, mac_address: "\${MAC:-02:5e:05}:02:00:03" }
  archive:
    container_name: \${PREFIX:-w}-archive
    networks:
      storage: { ipv4_address: 10.0.2.4, mac_address: "\${MAC:-02:5e:05}:02:00:04" }
  publisher:
    container_name: \${PREFIX:-w}-publisher
    profiles: [open]
    networks:
      field: { ipv4_address: "\${NET_FIELD:-10.0.1}.5", mac_address: "\${MAC:-02:5e:05}:01:00:05" }
      storage: { ipv4_address: 10.0.2.5, mac_address: "\${MAC:-02:5e:05}:02:00:05" }
networks:
  field:
    driver_opts: { com.docker.network.bridge.name: "\${PREFIX:-w}-field" }
    ipam: { config: [{ subnet: "\${NET_FIELD:-10.0.1}.0/24" }] }
  storage:
    internal: true
    driver_opts: { com.docker.network.bridge.name: storage }
    ipam: { config: [{ subnet: 10.0.2.0/24 }] }
`
}
