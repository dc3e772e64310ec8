import { Failure } from '../stack/failure.ts'

const ofLogs = 'npm run logs -- --request ID, with the X-Request-Id or the Traceparent of an answer'

/**
 * The 32 digits to look for, from a request id, a trace id or a whole traceparent. A request whose caller sent no trace has the
 * same digits for both.
 */
export function requestReference(text: string | undefined, usage = ofLogs): string {
  if (!text) throw new Failure('expected the id of a request', usage)
  const [, id] = /^(?:00-)?([0-9a-f]{32})(?:-[0-9a-f]{16}-[0-9a-f]{2})?$/.exec(text.trim().toLowerCase()) ?? []
  if (!id) throw new Failure(`expected an id of 32 hexadecimal digits but found ${JSON.stringify(text)}`, usage)
  return id
}
