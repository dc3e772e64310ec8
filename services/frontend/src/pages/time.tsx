const format = new Intl.DateTimeFormat('en-IE', { dateStyle: 'medium', timeStyle: 'short', timeZone: 'UTC' })

export function Time({ at }: { at: string }) {
  return <time dateTime={at}>{format.format(new Date(at))} UTC</time>
}
