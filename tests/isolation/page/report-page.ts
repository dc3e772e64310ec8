import { readFileSync } from 'node:fs'
import { findings } from '../findings.ts'
import type { Report } from '../report.ts'
import { escapeHtml } from './escape-html.ts'
import { evidenceOf, pairState } from './pair-state.ts'
import { topologyDrawing } from './topology-drawing.ts'

const asset = (name: string) => readFileSync(new URL(name, import.meta.url), 'utf8')

/** The evidence as one page that needs nothing else: no server, no network, no script from elsewhere. */
export function reportPage(report: Report): string {
  const problems = findings(report)
  const rows = report.matrix.rows
  const columns = report.matrix.columns
  const evidence = Object.fromEntries(
    rows.flatMap((from) => columns.map((to) => [`${from}→${to}`, evidenceOf(report, from, to)] as const)),
  )
  const verdict = problems.length > 0 ? 'broken' : report.skipped.length > 0 ? 'partial' : 'proven'
  const sentence = {
    proven: 'The communication matrix holds.',
    partial: 'The communication matrix holds as far as it was tried.',
    broken: `The communication matrix does not hold: ${problems.length} ${problems.length === 1 ? 'finding' : 'findings'}.`,
  }[verdict]
  const attempts = report.verdicts.reduce((sum, { attempts }) => sum + attempts.length, 0)
  const figures: [string, string][] = [
    [String(report.verdicts.length), 'cells'],
    [String(attempts), 'attempts'],
    [String(report.attacks.length), 'forged frames'],
    [String(report.rises.length), 'counters held to'],
    [`${report.seconds.toFixed(1)} s`, 'to prove it'],
  ]
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Isolation: ${escapeHtml(report.project)}</title><style>${asset('report.css')}</style></head><body>
<header class="${verdict}"><p class="project">${escapeHtml(report.project)} · ${escapeHtml(report.facts.date ?? '')}</p><h1>${escapeHtml(sentence)}</h1>
<ul class="figures">${figures.map(([value, name]) => `<li><b>${value}</b> ${name}</li>`).join('')}</ul></header>
<main>
${report.skipped.length > 0 ? section('Not tried', list(report.skipped)) : ''}
${problems.length > 0 ? section('Findings', list(problems), 'findings') : ''}
${section('The matrix', `<p class="hint">Rows open connections to columns. Point at a cell, or move to it with Tab, for its evidence.</p><div class="matrix"><div class="scroll">${grid(report)}</div><aside id="evidence" aria-live="polite"><p class="hint">No cell chosen.</p></aside></div>${legend}`)}
${section('The stack', `<div class="scroll drawing">${topologyDrawing(report)}</div>`)}
${section('Forged frames', attackTable(report))}
${section(
  'The host',
  `<p class="hint">A result holds for what it was found on.</p><dl>${Object.entries(report.facts)
    .map(([name, value]) => `<dt>${escapeHtml(name)}</dt><dd>${escapeHtml(value)}</dd>`)
    .join('')}</dl>`,
)}
</main>
<script type="application/json" id="data">${JSON.stringify(evidence).replaceAll('<', '\\u003c')}</script>
<script>${asset('report-script.js')}</script></body></html>
`
}

const section = (title: string, body: string, name = '') =>
  `<section class="${name}"><h2>${title}</h2>${body}</section>`
const list = (items: string[]) => `<ul>${items.map((item) => `<li>${escapeHtml(item)}</li>`).join('')}</ul>`
const legend = `<p class="legend"><span class="key open"></span> allowed, and open <span class="key denied"></span> denied, and closed <span class="key wrong"></span> not as it should be <span class="key untried"></span> nothing to try</p>`

function grid(report: Report): string {
  const { rows, columns } = report.matrix
  const cell = (from: string, to: string) => {
    const state = pairState(report, from, to)
    if (state === 'self' || state === 'untried') return `<td><span class="cell ${state}"></span></td>`
    const ports = report.observed.ports(from, to).join(' ') || (state === 'wrong' ? '!' : '')
    return `<td><button class="cell ${state}" data-pair="${escapeHtml(`${from}→${to}`)}" aria-label="${escapeHtml(`${from} to ${to}: ${state}`)}">${ports}</button></td>`
  }
  const head = columns.map((name) => `<th scope="col"><span>${escapeHtml(name)}</span></th>`).join('')
  const body = rows.map(
    (from) => `<tr><th scope="row">${escapeHtml(from)}</th>${columns.map((to) => cell(from, to)).join('')}</tr>`,
  )
  return `<table class="grid"><thead><tr><td></td>${head}</tr></thead><tbody>${body.join('')}</tbody></table>`
}

function attackTable({ attacks, topology }: Report): string {
  const networks = topology.networks.map(({ name }) => name)
  const rows = [...Map.groupBy(attacks, ({ strike }) => strike.name)].map(([name, group]) => {
    const cells = networks.map((network) => {
      const found = group.find(({ strike }) => strike.network === network)
      if (found === undefined) return '<td></td>'
      const state = found.problems.length > 0 ? 'wrong' : found.delivered ? 'open' : 'denied'
      return `<td><span class="pill ${state}">${found.delivered ? 'arrived' : 'dropped'}</span></td>`
    })
    const counters = [...new Set(group.flatMap(({ strike }) => strike.counters))].slice(0, 1).join()
    return `<tr><th scope="row">${escapeHtml(name)}</th>${cells.join('')}<td class="code">${escapeHtml(counters)}</td></tr>`
  })
  const head = networks.map((name) => `<th scope="col">${escapeHtml(name)}</th>`).join('')
  return `<p class="hint">Written by an intruder with raw sockets on each bridge. Only the perfect forgery of MAC and address arrives, and no container can write one.</p>
<div class="scroll"><table class="attacks"><thead><tr><th></th>${head}<th>counted by</th></tr></thead><tbody>${rows.join('')}</tbody></table></div>`
}
