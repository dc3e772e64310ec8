import { Failure } from '../stack/failure.ts'

const milliseconds = { m: 60_000, h: 3_600_000, d: 86_400_000 }

/** A time, or how long before now it was: 30m, 2h, 7d. */
export function sinceTime(text: string, now: Date): Date {
  const [, count, unit] = /^(\d+)([mhd])$/.exec(text) ?? []
  const time = count
    ? new Date(now.getTime() - Number(count) * milliseconds[unit as keyof typeof milliseconds])
    : new Date(text)
  if (Number.isNaN(time.getTime())) throw new Failure(`expected 30m, 2h, 7d or a time but found ${text}`)
  return time
}
