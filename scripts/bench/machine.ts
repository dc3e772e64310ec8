import { cpus, loadavg, release, totalmem } from 'node:os'

/** What the figures were measured on. The load average from before the bench shows whether others were at work. */
export function machine() {
  const processors = cpus()
  return {
    cpus: processors.length,
    model: processors[0]?.model ?? 'unknown',
    memory: totalmem(),
    kernel: release(),
    loadBefore: loadavg()[0] ?? 0,
  }
}
