import { type Request, type RequestHandler, Router } from 'express'
import type Joi from 'joi'
import { checkAccess } from './check-access.ts'
import { Answer, type Contract, type Input, type Operation, type Output } from './contract.ts'
import type { Identify } from './identify.ts'
import { readJson } from './json-body.ts'
import { sendJson, sendPayload } from './send-json.ts'
import { keptUntil, sendShared } from './send-shared.ts'
import { ServiceError } from './service-error.ts'

export type Handlers<C extends Contract> = {
  [Name in keyof C]: (input: Input<C[Name]>) => Promise<Output<C[Name]> | Answer>
}

/**
 * Routes for every operation of a contract, and 405 with `Allow` for the other methods of its paths.
 *
 * @param identify where any operation is for others than services, which prove themselves by other means
 * @param keptSeconds for which the edge may keep answers that are the same for everybody
 */
export function contractRouter<C extends Contract>(
  contract: C,
  handlers: Handlers<C>,
  identify?: Identify,
  keptSeconds = 0,
): Router {
  const router = Router({ caseSensitive: true, strict: true })
  const methodsOf = new Map<string, string[]>()

  for (const [name, operation] of Object.entries(contract)) {
    const { method, path, body } = operation
    methodsOf.set(path, [...(methodsOf.get(path) ?? []), method.toUpperCase()])
    const steps = [...accessSteps(name, operation, identify), ...(body ? readJson : [])]
    router[method](
      path,
      ...steps,
      operationHandler(operation, handlers[name] as Handlers<Contract>[string], keptSeconds),
    )
  }
  for (const [path, methods] of methodsOf) router.all(path, methodNotAllowed(methods))

  return router
}

/** Who may not call is told so before the body is read, and learns nothing of what it should be. */
function accessSteps(name: string, { access }: Operation, identify: Identify | undefined): RequestHandler[] {
  if (access === 'services') return []
  if (!identify) throw new Error(`${name} is for people: who they are must be found out`)
  return [
    async function checkCaller(req, res, next) {
      res.locals.caller = await identify(req)
      checkAccess(access, res.locals.caller)
      next()
    },
  ]
}

function operationHandler(
  operation: Operation,
  handle: Handlers<Contract>[string],
  keptSeconds: number,
): RequestHandler {
  const { success, shared } = operation
  return async function handleOperation(req, res) {
    const until = keptUntil(Date.now(), keptSeconds)
    const output = await handle({ caller: res.locals.caller, ...readInput(operation, req) })
    if (output instanceof Answer) sendPayload(res, output.status, output.body)
    else if (shared) sendShared(req, res, output, until)
    else if (success.status === 204) res.writeHead(204).end()
    else sendJson(res, success.status, output)
  }
}

function readInput(operation: Operation, req: Request): Omit<Input<Operation>, 'caller'> {
  return {
    params: operation.params && parse(operation.params, req.params),
    query: operation.query ? parse(operation.query, req.query) : refuseQuery(req),
    headers: operation.headers && parse(operation.headers, req.headers, { allowUnknown: true }),
    // JSON has types: "7" is no number there, and 0.001 must not be rounded to a price.
    body: operation.body && parse(operation.body, req.body, { convert: false }),
  }
}

function parse(schema: Joi.ObjectSchema, value: unknown, options: Joi.ValidationOptions = {}): unknown {
  const result = schema.validate(value, { abortEarly: false, errors: { wrap: { label: false } }, ...options })
  if (result.error) throw result.error
  return result.value
}

/** A filter that is misspelt or misplaced must not be taken for none. */
function refuseQuery(req: Request): undefined {
  if (!req.url.includes('?')) return undefined
  throw new ServiceError('invalid', 'Validation failed', { details: ['this operation takes no query parameters'] })
}

function methodNotAllowed(methods: string[]): RequestHandler {
  const allow = [...methods, ...(methods.includes('GET') ? ['HEAD'] : [])].join(', ')
  return function refuseMethod(req) {
    throw new ServiceError('method_not_allowed', `${req.method} is not allowed here`, { headers: { allow } })
  }
}
