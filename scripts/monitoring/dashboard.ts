import { panelRows } from './panels.ts'

const datasource = { type: 'prometheus', uid: '$datasource' }

/** What Grafana imports. It asks for the Prometheus that it is to show. */
export function dashboard() {
  let y = 0
  const panels = panelRows.flatMap(({ title, panels: inRow }, row) => {
    const header = {
      type: 'row',
      id: 100 * (row + 1),
      title,
      collapsed: false,
      panels: [],
      gridPos: place(0, y, 24, 1),
    }
    const width = 24 / Math.min(inRow.length, 4)
    const cells = inRow.map((panel, index) => {
      const at = place((index % 4) * width, y + 1 + Math.floor(index / 4) * 7, width, 7)
      return { ...cell(panel), id: header.id + index + 1, gridPos: at }
    })
    y += 1 + Math.ceil(inRow.length / 4) * 7
    return [header, ...cells]
  })
  return {
    uid: 'secure-ecommerce',
    title: 'secure-ecommerce',
    description: 'Written by "npm run generate" from scripts/monitoring/panels.ts; do not edit.',
    schemaVersion: 39,
    editable: false,
    refresh: '30s',
    time: { from: 'now-1h', to: 'now' },
    timezone: 'utc',
    tags: ['secure-ecommerce'],
    templating: { list: [datasourceVariable, serviceVariable] },
    annotations: { list: [alertAnnotation] },
    panels,
  }
}

const place = (x: number, y: number, w: number, h: number) => ({ x, y, w, h })

function cell({ title, unit, queries, kind = 'timeseries' }: (typeof panelRows)[number]['panels'][number]) {
  return {
    ...{ type: kind, title, datasource },
    fieldConfig: { defaults: { unit, min: 0 }, overrides: [] },
    options: kind === 'stat' ? { reduceOptions: { calcs: ['lastNotNull'] } } : { legend: { displayMode: 'list' } },
    targets: Object.entries(queries).map(([legendFormat, expr], index) => ({
      ...{ refId: String.fromCharCode(65 + index), datasource, expr, legendFormat },
    })),
  }
}

const datasourceVariable = { name: 'datasource', label: 'Prometheus', type: 'datasource', query: 'prometheus' }

const serviceVariable = {
  ...{ name: 'service', label: 'Service', type: 'query', datasource },
  query: { query: 'label_values(up{job="services"}, service)', refId: 'service' },
  ...{ includeAll: true, multi: true, allValue: '.+', current: { text: 'All', value: '$__all' }, refresh: 2, sort: 1 },
}

const alertAnnotation = {
  ...{ name: 'Alerts', datasource, enable: true, iconColor: 'red' },
  ...{ expr: 'ALERTS{alertstate="firing", severity!="none"}', titleFormat: '{{alertname}}', textFormat: '{{service}}' },
}
