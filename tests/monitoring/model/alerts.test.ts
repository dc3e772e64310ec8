import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { alertCases } from './alert-cases.ts'

type Rule = { alert: string; for: string; labels: { severity: string }; annotations: Record<string, string> }

const read = (file: string) => readFileSync(new URL(`../../../${file}`, import.meta.url), 'utf8')
const { groups }: { groups: { rules: Rule[] }[] } = parse(read('monitoring/alerts.yml'))
const rules = groups.flatMap((group) => group.rules)

/** As GitHub and others make an anchor of a heading. */
const anchors = (page: string) =>
  [...read(page).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\w -]/g, '')
      .replaceAll(' ', '-'),
  )

test.each(rules)('$alert says how bad it is, in a sentence, and what to do', ({ labels, annotations, ...rule }) => {
  expect(rule.for).toMatch(/^\d+[smh]$/)
  expect(labels.severity).toMatch(/^(critical|warning|none)$/)
  expect(Object.keys(annotations).sort()).toEqual(['runbook', 'summary'])
  const [page = '', anchor] = (annotations.runbook ?? '').split('#')
  expect(page).toBe('docs/alerts.md')
  expect(anchors(page)).toContain(anchor)
})

test('every alert has a case in which it fires and one in which it does not', () => {
  const names = (kind: 'fires' | 'quiet') =>
    [...new Set(alertCases.filter((each) => each[kind]).map(({ alert }) => alert))].sort()
  const all = rules.map(({ alert }) => alert).sort()
  expect(names('fires')).toEqual(all)
  expect(names('quiet')).toEqual(all.filter((alert) => alert !== 'Watchdog'))
})

test('no alert is there twice', () => {
  expect(new Set(rules.map(({ alert }) => alert)).size).toBe(rules.length)
})

test('every page that docs/alerts.md leads to is there', () => {
  for (const [, page = '', anchor] of read('docs/alerts.md').matchAll(/\]\(([\w./-]*)#([\w-]+)\)/g)) {
    const target = page === '' ? 'docs/alerts.md' : new URL(page, 'file:///docs/').pathname.slice(1)
    expect(anchors(target), `${page}#${anchor}`).toContain(anchor)
  }
})
