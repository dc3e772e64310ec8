import { hosts } from '../model/topology.ts'
import type { Report } from '../report.ts'
import { escapeHtml } from './escape-html.ts'
import { pairState } from './pair-state.ts'

const LANE = 168
const ROW = 64
const CARD = 42
const LEFT = 190
const TOP = 64

/**
 * Networks as lanes, services as cards across the lanes that they are attached to, edges of the matrix as arcs: down on
 * the left, up and between the last network's on the right.
 */
export function topologyDrawing(report: Report): string {
  const { topology, matrix, expected } = report
  const { networks } = topology
  const order = matrix.columns
  const services = hosts(topology).sort((a, b) => order.indexOf(a.name) - order.indexOf(b.name))
  const lane = (network: string) => networks.findIndex(({ name }) => name === network)
  const laneX = (index: number) => LEFT + index * LANE
  const right = laneX(networks.length)
  const height = TOP + services.length * ROW + 20
  const middleOf = (name: string) => TOP + (services.findIndex((service) => service.name === name) + 0.5) * ROW
  const spanOf = (name: string) => {
    const lanes = services.find((service) => service.name === name)?.addresses.map(({ network }) => lane(network)) ?? []
    return { from: laneX(Math.min(...lanes)) + 10, to: laneX(Math.max(...lanes) + 1) - 10 }
  }

  const lanes = networks.map(({ name, internal, gateway }, index) => {
    const subnet = gateway.replace(/\d+$/, '0/24')
    return `<g class="lane"><rect x="${laneX(index) + 3}" y="4" width="${LANE - 6}" height="${height - 8}" rx="10"/>
      <text x="${laneX(index) + LANE / 2}" y="26" class="lane-name">${escapeHtml(name)}</text>
      <text x="${laneX(index) + LANE / 2}" y="43" class="small">${escapeHtml(subnet)}${internal ? ' · internal' : ''}</text></g>`
  })

  const cards = services.map(({ name, addresses }) => {
    const { from, to } = spanOf(name)
    const y = middleOf(name) - CARD / 2
    const pins = addresses.map(({ network, address }) => {
      const x = laneX(lane(network)) + LANE / 2
      return `<text x="${x}" y="${y + CARD - 7}" class="small">.${escapeHtml(address.split('.').at(-1) ?? '')}</text>`
    })
    const ports = expected.portsOf(name).join(', ')
    return `<g class="card" data-service="${escapeHtml(name)}"><rect x="${from}" y="${y}" width="${to - from}" height="${CARD}" rx="8"/>
      <text x="${(from + to) / 2}" y="${y + 18}" class="card-name">${escapeHtml(name)} <tspan class="small">${ports}</tspan></text>${pins.join('')}</g>`
  })

  const arcs = expected.list().map(({ from, to, ports }) => {
    const state = pairState(report, from, to)
    const title = `<title>${escapeHtml(`${from} → ${to} on ${ports.join(', ')}`)}</title>`
    if (from === 'outside') {
      const end = spanOf(to).from
      const y = middleOf(to)
      return `<g class="arc ${state}" data-from="outside" data-to="${escapeHtml(to)}">${title}<path d="M ${end - 100} ${y} L ${end - 7} ${y}" marker-end="url(#tip-${state})"/>
        <text x="${end - 104}" y="${y + 4}" class="outside">outside</text></g>`
    }
    const down = middleOf(to) > middleOf(from)
    // In the last lane there is room on the right only: on the left are the cards of the others.
    const left = down && spanOf(from).from < laneX(networks.length - 1)
    const [y1, y2] = [middleOf(from) + (down ? 8 : -8), middleOf(to) + (down ? -8 : 8)]
    const bow = 34 + Math.abs(y2 - y1) * 0.26
    const [x1, x2] = left ? [spanOf(from).from, spanOf(to).from - 6] : [spanOf(from).to, spanOf(to).to + 6]
    const edge = left ? Math.min(x1, x2) - bow : Math.max(x1, x2) + bow
    return `<g class="arc ${state}" data-from="${escapeHtml(from)}" data-to="${escapeHtml(to)}">${title}<path d="M ${x1} ${y1} C ${edge} ${y1}, ${edge} ${y2}, ${x2} ${y2}" marker-end="url(#tip-${state})"/></g>`
  })

  const tip = (state: string) =>
    `<marker id="tip-${state}" viewBox="0 0 8 8" refX="6" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path class="tip ${state}" d="M0 0 8 4 0 8z"/></marker>`
  return `<svg viewBox="0 0 ${right + 150} ${height}" role="img" aria-label="Services on their networks, and the edges of the matrix">
    <defs>${['open', 'wrong', 'untried'].map(tip).join('')}</defs>${lanes.join('')}${arcs.join('')}${cards.join('')}</svg>`
}
