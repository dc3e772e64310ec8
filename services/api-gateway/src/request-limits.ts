import { callingService } from '@secure-ecommerce/kit/callers'
import { clientAddress } from '@secure-ecommerce/kit/client-address'
import type { Identify } from '@secure-ecommerce/kit/identify'
import { counterBy, type Metrics } from '@secure-ecommerce/kit/metrics'
import { ServiceError } from '@secure-ecommerce/kit/service-error'
import type { Request, RequestHandler, Response } from 'express'
import { ipKeyGenerator, MemoryStore, type Options, rateLimit, type Store } from 'express-rate-limit'
import type { Limits } from './limit-settings.ts'

type Dependencies = {
  limits: Limits
  identify: Identify
  metrics?: Metrics | undefined
  /** Where requests of a kind are counted: by default in this process. */
  counters?: ((kind: string) => Store) | undefined
}

/** What an IPv6 provider gives a household at most. */
const ipv6Network = 56

/**
 * Counts what is to change something, for each account by its access token and for everybody else by where they come from. Signing in
 * and refreshing count by their failures alone too. What comes by way of the storefront, which says itself for whom it asks, has a
 * ceiling for all visitors together. Reading costs nothing here: nginx counts it.
 */
export function requestLimits(dependencies: Dependencies): RequestHandler {
  const { limits, identify, metrics, counters = () => new MemoryStore() } = dependencies
  const { windowMinutes, anonymousWrites, accountWrites, loginFailures, storefrontWrites, storefrontLoginFailures } =
    limits
  const limitedBy = counterBy(metrics, 'http_requests_limited_total', 'Requests beyond a limit for clients', 'limit')

  const limit = (identifier: string, most: number, options: Partial<Options>) =>
    rateLimit({
      ...{ identifier, limit: most, windowMs: windowMinutes * 60_000, store: counters(identifier) },
      ...{ standardHeaders: 'draft-8', legacyHeaders: false, handler: refuse(limitedBy(identifier)) },
      ...options,
    })
  const failures = givenBack((status) => status !== 401)
  const byNetwork = { keyGenerator: networkOf }
  // The storefront is not told how much it has left for everybody: it would pass that on to each.
  const together = { keyGenerator: () => 'everybody', skip: isNotByStorefront, standardHeaders: false } as const

  const ofAccounts = limit('account-writes', accountWrites, { keyGenerator: (_req, res) => res.locals.account })
  const ofOthers = limit('anonymous-writes', anonymousWrites, byNetwork)

  const writes: RequestHandler = async (req, res, next) => {
    res.locals.account = await accountOf(identify, req)
    return res.locals.account === undefined ? ofOthers(req, res, next) : ofAccounts(req, res, next)
  }
  const signIn = [
    limit('storefront-login-failures', storefrontLoginFailures, { ...failures, ...together }),
    limit('login-failures', loginFailures, { ...failures, ...byNetwork }),
  ]
  // Who has used up what is theirs takes nothing from others.
  const any = [
    limit('storefront-writes', storefrontWrites, { ...givenBack((status) => status === 429), ...together }),
    writes,
  ]

  const steps = new Map<string, RequestHandler>([
    ['/api/auth/login', inTurn([...signIn, ...any])],
    // Browsers do it by themselves, many of them from one address.
    ['/api/auth/refresh', limit('refresh-failures', anonymousWrites, { ...failures, ...byNetwork })],
  ])
  const otherwise = inTurn(any)

  return function limitRequests(req, res, next) {
    if (req.method === 'GET' || req.method === 'HEAD' || !req.path.startsWith('/api/')) next()
    else void (steps.get(req.path) ?? otherwise)(req, res, next)
  }
}

/** Only of a token that is good: a made-up one must not be counted afresh. */
async function accountOf(identify: Identify, req: Request): Promise<string | undefined> {
  if (req.headers.authorization === undefined) return undefined
  return identify(req).then(
    ({ id }) => id,
    () => undefined,
  )
}

function networkOf(req: Request): string {
  return ipKeyGenerator(clientAddress(req), ipv6Network)
}

function isNotByStorefront(req: Request): boolean {
  return callingService(req) !== 'frontend'
}

/** What counts before it is answered, and not any more with such an answer; what is left without one does. */
function givenBack(isSuch: (status: number) => boolean) {
  return {
    skipSuccessfulRequests: true,
    requestWasSuccessful: (_req: Request, res: Response) => isSuch(res.statusCode),
  }
}

function refuse(count: () => void): RequestHandler {
  return (_req, _res, next) => {
    count()
    next(new ServiceError('too_many_requests', 'Too many requests; try again later'))
  }
}

function inTurn(steps: RequestHandler[]): RequestHandler {
  return steps.reduceRight<RequestHandler>(
    (rest, step) => (req, res, next) =>
      step(req, res, (error?: unknown) => (error ? next(error) : rest(req, res, next))),
    (_req, _res, next) => next(),
  )
}
