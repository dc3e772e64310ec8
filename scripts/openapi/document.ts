import type { Access } from '@secure-ecommerce/kit/caller'
import type { Contract, Operation } from '@secure-ecommerce/kit/contract'
import { pathTemplate } from '@secure-ecommerce/kit/path-templates'
import { type ErrorCode, statusOf } from '@secure-ecommerce/kit/service-error'
import { accountContract, accountSchemas } from '@secure-ecommerce/order-api/account-contract'
import { orderContract, orderSchemas } from '@secure-ecommerce/order-api/order-contract'
import { productContract, productSchemas } from '@secure-ecommerce/product-api/product-contract'
import { type JsonSchema, withReferences } from './references.ts'
import { jsonSchema } from './schema.ts'

const error: JsonSchema = {
  type: 'object',
  required: ['error', 'requestId'],
  properties: {
    error: { type: 'string' },
    details: { type: 'array', items: { type: 'string' }, description: 'One line per problem' },
    requestId: { type: 'string', description: 'Names this request in the logs' },
  },
}

const healthPaths = {
  '/health': 'shopHealth',
  '/api/health': 'gatewayHealth',
  '/api/products/health': 'productsHealth',
  '/api/orders/health': 'ordersHealth',
}

/** The public API (OpenAPI 3.1, whose schemas are JSON Schema 2020-12), from the contracts that validate its requests. */
export function openApiDocument() {
  const named = Object.entries({ ...productSchemas, ...orderSchemas, ...accountSchemas }).map(
    ([name, schema]) => [name, jsonSchema(schema)] as const,
  )
  const components = {
    schemas: { Error: error, ...Object.fromEntries(named) },
    securitySchemes: { bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } },
  }

  const paths = {
    ...Object.fromEntries(Object.entries(healthPaths).map(([path, operationId]) => [path, health(operationId)])),
    ...pathsOf('/api/products', 'products', productContract),
    ...pathsOf('/api/orders', 'orders', orderContract),
    ...pathsOf('/api/auth', 'accounts', accountContract),
  }

  return {
    openapi: '3.1.1',
    info: {
      title: 'secure-ecommerce',
      version: '1.0.0',
      description:
        'Money is a decimal number of euros. Times are UTC, RFC 3339. Lists are paged by keyset. In the demo (AUTH_MODE=demo) a request without a token acts as a customer and admin.',
    },
    paths: withReferences(paths, components.schemas),
    components,
  }
}

function health(operationId: string) {
  const schema = { type: 'object', required: ['status'], properties: { status: { const: 'healthy' } } }
  const responses = {
    200: { description: 'It works', content: json(schema) },
    503: { description: 'It does not, or something it needs does not', content: json({ type: 'object' }) },
  }
  return { get: { operationId, summary: 'Whether it works', responses } }
}

function pathsOf(base: string, tag: string, contract: Contract) {
  const paths: Record<string, Record<string, unknown>> = {}
  for (const [operationId, operation] of Object.entries(contract)) {
    const path = pathTemplate(base, operation.path)
    paths[path] ??= {}
    paths[path][operation.method] = { operationId, tags: [tag], ...describe(operation, successBody(operation)) }
  }
  return paths
}

function successBody({ success }: Operation): JsonSchema | undefined {
  return success.body && jsonSchema(success.body)
}

function describe(operation: Operation, body: JsonSchema | undefined) {
  const { summary, access, success, accepted, shared } = operation
  const parameters = [
    ...parametersIn('path', operation),
    ...parametersIn('query', operation),
    ...parametersIn('header', operation),
  ]
  return {
    summary,
    description: `For ${whoMayCall(access)}.`,
    'x-access': access,
    security: access === 'anyone' ? [{}, { bearer: [] }] : [{ bearer: [] }],
    ...(parameters.length > 0 && { parameters }),
    ...(operation.body && { requestBody: { required: true, content: json(jsonSchema(operation.body)) } }),
    responses: {
      [success.status]: { description: success.description, ...(body && { content: json(body) }) },
      ...(accepted && { 202: { description: accepted.description, ...(body && { content: json(body) }) } }),
      ...(shared && { 304: { description: 'What the caller has, by the ETag in If-None-Match, is still good' } }),
      ...errorResponses(operation),
    },
  }
}

function whoMayCall(access: Access): string {
  if (access === 'anyone') return 'anyone, signed in or not'
  if (access === 'signed-in') return 'whoever is signed in'
  if (access === 'services') throw new Error('what is for other services is no part of the public API')
  return `accounts with the role ${access.join(' or ')}`
}

function parametersIn(place: 'path' | 'query' | 'header', operation: Operation) {
  const schema = { path: operation.params, query: operation.query, header: operation.headers }[place]
  if (!schema) return []
  const { properties = {}, required = [] } = jsonSchema(schema)
  return Object.entries(properties).map(([name, { description, ...property }]) => ({
    name: place === 'header' ? headerName(name) : name,
    in: place,
    required: required.includes(name),
    ...(description && { description }),
    schema: property,
  }))
}

function headerName(name: string): string {
  return name.replaceAll(/\b[a-z]/g, (letter) => letter.toUpperCase())
}

/** Any request can be malformed, carry a bad token or be one too many, and any dependency be away; a body brings two more ways to fail. */
function errorResponses({ access, body, errors = [] }: Operation) {
  const always: ErrorCode[] = [
    'invalid',
    'unauthenticated',
    ...(typeof access === 'string' ? [] : (['forbidden'] as const)),
    ...(body ? (['too_large', 'unsupported_media_type'] as const) : []),
    'too_many_requests',
    'internal',
    'unavailable',
  ]
  const codes = [...new Set([...always, ...errors])].sort((a, b) => statusOf[a] - statusOf[b])
  return Object.fromEntries(
    codes.map((code) => [statusOf[code], { description: code.replaceAll('_', ' '), content: json(error) }]),
  )
}

function json(schema: JsonSchema) {
  return { 'application/json': { schema } }
}
