import Joi from 'joi'
import { type CatalogueQuery, maxSearchLength } from './catalogue-path.ts'

const schema = Joi.object<Pick<CatalogueQuery, 'q' | 'cursor'>>({
  q: Joi.string().trim().max(maxSearchLength).empty(''),
  cursor: Joi.string().max(100).empty(''),
})

/**
 * Unknown parameters are passed over: links to a shop gather them from mailers and search engines.
 *
 * @throws Joi.ValidationError for a search or cursor that is too long or repeated
 */
export function parseCatalogueQuery(query: object): Pick<CatalogueQuery, 'q' | 'cursor'> {
  return Joi.attempt(query, schema, { stripUnknown: true })
}
