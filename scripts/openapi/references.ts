export type JsonSchema = {
  type?: string | string[]
  properties?: Record<string, JsonSchema & { description?: string }>
  required?: string[]
  [keyword: string]: unknown
}

/** Replaces each schema in `document` that equals a named one by a reference to it. */
export function withReferences<Value>(document: Value, named: Record<string, JsonSchema>): Value {
  const nameOf = new Map(Object.entries(named).map(([name, schema]) => [JSON.stringify(schema), name]))

  function replace(value: unknown): unknown {
    if (typeof value !== 'object' || value === null) return value
    const name = nameOf.get(JSON.stringify(value))
    if (name) return { $ref: `#/components/schemas/${name}` }
    if (Array.isArray(value)) return value.map(replace)
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, replace(inner)]))
  }

  return replace(document) as Value
}
