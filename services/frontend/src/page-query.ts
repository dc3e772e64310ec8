import Joi from 'joi'

const schema = Joi.object<{ cursor?: string }>({ cursor: Joi.string().max(100).empty('') })

/** Where a list is to go on. @throws Joi.ValidationError for a cursor that is too long or repeated */
export function parsePageQuery(query: object): { cursor?: string } {
  return Joi.attempt(query, schema, { stripUnknown: true })
}
