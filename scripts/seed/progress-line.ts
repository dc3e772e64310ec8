import type { Progress } from './catalogue.ts'

/** Shows progress: on a terminal one line that changes, elsewhere a line for each step. */
export function progressLine(stream: NodeJS.WriteStream): { show: Progress; clear: () => void } {
  const started = performance.now()
  let last = ''

  function show(step: string, done?: number, of?: number): void {
    if (/^\d|^removed /.test(step)) return // what psql answers, not where it is
    const rate = done
      ? `, ${Math.round((done / (performance.now() - started)) * 1000).toLocaleString('en')} a second`
      : ''
    const detail = of === undefined ? '' : ` ${(done ?? 0).toLocaleString('en')} of ${of.toLocaleString('en')}${rate}`
    if (stream.isTTY) stream.write(`\r\x1b[K${step}${detail} …`)
    else if (step !== last) stream.write(`${step} …\n`)
    last = step
  }

  return { show, clear: () => stream.isTTY && stream.write('\r\x1b[K') }
}
