import { Failure } from '../stack/failure.ts'

const form = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d(?::\d\d(?:\.\d{1,3})?)?) ?(?:(Z)|([+-]\d\d)(?::?(\d\d))?)$/i

/** A moment as ISO 8601 or PostgreSQL write it. Its zone has to be said: by what is guessed here orders are lost. */
export function parseMoment(text: string, now: Date): Date {
  const [, date, time, utc, hours, minutes = '00'] = form.exec(text) ?? []
  const moment = new Date(`${date}T${time}${utc ?? `${hours}:${minutes}`}`)
  if (!date || Number.isNaN(moment.getTime())) {
    throw new Failure(`expected a moment with its zone, such as 2026-11-22 10:15:00+00, but found ${text}`)
  }
  if (moment >= now) throw new Failure(`expected a moment that has passed but found ${moment.toISOString()}`)
  return moment
}
