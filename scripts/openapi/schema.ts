import type Joi from 'joi'
import type { JsonSchema } from './references.ts'

/** A Joi schema as JSON Schema 2020-12, by Joi itself, with two of its omissions made good. */
export function jsonSchema(schema: Joi.Schema): JsonSchema {
  const standard = schema['~standard'] as unknown as { jsonSchema: { input(options: { target: string }): JsonSchema } }
  return complete(standard.jsonSchema.input({ target: 'draft-2020-12' }))
}

function complete<Value>(value: Value): Value {
  if (Array.isArray(value)) return value.map(complete) as Value
  if (typeof value !== 'object' || value === null) return value
  const schema = Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, complete(inner)]))
  // Joi lists null among the types but not among the values.
  if (Array.isArray(schema.enum) && Array.isArray(schema.type)) schema.enum = [...schema.enum, null]
  // Only money is a fraction here, and Joi leaves `precision` out. 0.01 has no exact double, hence words rather than multipleOf.
  if (schema.type === 'number') schema.description ??= 'At most two decimal places'
  return schema as Value
}
