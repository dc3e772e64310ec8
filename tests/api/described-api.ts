import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { stack } from '../stack.ts'

type Operation = { responses: Record<string, { content?: { 'application/json': { schema: object } } }> }
type Document = { paths: Record<string, Record<string, Operation>>; components: object }

/** The API as its own description says it is: each call checks that the answer's status and body are described. */
export async function describedApi() {
  const document = (await (await fetch(`${stack.url}/api/openapi.json`)).json()) as Document
  const ajv = new Ajv2020({ strict: false, allErrors: true })
  addFormats.default(ajv)
  ajv.addSchema({ ...document, $id: 'openapi' })
  const called = new Set<string>()

  /** Calls an operation by its described path, `/api/products/{id}`, with the id filled in from `path`. */
  async function call(method: string, path: string, { body, headers = {} }: { body?: unknown; headers?: object } = {}) {
    const template = templateOf(document, path.split('?')[0] as string)
    const operation = document.paths[template]?.[method.toLowerCase()]
    if (!operation) throw new Error(`${method} ${path} is not described`)

    const answer = await fetch(stack.url + path, {
      method,
      headers: { ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    const text = await answer.text()
    const described = operation.responses[answer.status]
    if (!described) throw new Error(`${method} ${path}: the answer ${answer.status} is not described: ${text}`)

    const content = text === '' ? undefined : JSON.parse(text)
    const schema = described.content?.['application/json'].schema
    if (Boolean(schema) !== (content !== undefined))
      throw new Error(`${method} ${path}: expected ${schema ? 'a' : 'no'} body`)
    if (schema) {
      const pointer = [
        'paths',
        template,
        method.toLowerCase(),
        'responses',
        answer.status,
        'content',
        'application/json',
        'schema',
      ]
      const valid = ajv.getSchema(`openapi#/${pointer.map(escapePointer).join('/')}`)
      if (!valid) throw new Error(`${method} ${path}: the schema of ${answer.status} cannot be compiled`)
      if (!valid(content)) throw new Error(`${method} ${path}: ${ajv.errorsText(valid.errors)} in ${text}`)
    }
    if (answer.ok) called.add(`${method} ${template}`)
    return { status: answer.status, headers: answer.headers, body: content }
  }

  /** Operations that no call succeeded at. */
  function missed(): string[] {
    const all = Object.entries(document.paths).flatMap(([path, operations]) =>
      Object.keys(operations).map((method) => `${method.toUpperCase()} ${path}`),
    )
    return all.filter((name) => !called.has(name))
  }

  return { document, call, missed }
}

function templateOf({ paths }: Document, path: string): string {
  if (paths[path]) return path
  const fits = Object.keys(paths).find((template) =>
    new RegExp(`^${template.replaceAll(/\{\w+\}/g, '[^/]+')}$`).test(path),
  )
  return fits ?? path
}

/** RFC 6901, then percent-encoded for a URI fragment. */
function escapePointer(part: string | number): string {
  return encodeURIComponent(String(part).replaceAll('~', '~0').replaceAll('/', '~1'))
}
