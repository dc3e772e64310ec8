import type { Logger } from '@secure-ecommerce/kit/log'
import { currentContext } from '@secure-ecommerce/kit/request-context'
import { type ErrorCode, ServiceError } from '@secure-ecommerce/kit/service-error'
import { toServiceError } from '@secure-ecommerce/kit/to-service-error'
import type { ErrorRequestHandler, RequestHandler } from 'express'
import { StaleFormError } from './form-token.ts'
import { ownPath, signInPath } from './own-path.ts'
import { PageError, type Words } from './page-error.ts'
import type { SendPage } from './page-sender.ts'
import { wantsJson } from './wants-json.ts'

const words: Partial<Record<ErrorCode, Words>> = {
  not_found: {
    heading: 'Not on our shelves',
    text: 'There is no page here. It may have been taken down, or never was.',
  },
  forbidden: {
    heading: 'This is for our staff',
    text: 'Your account is one of a customer. Whoever runs the shop can change that.',
  },
  conflict: {
    heading: 'That does not go together',
    text: 'Somebody was faster, or it was done already. Please look again.',
  },
  too_many_requests: {
    heading: 'One moment, please',
    text: 'More was asked of the shop from where you are than it takes at a time. Please try again in a little while.',
  },
  unavailable: {
    heading: 'The shop is closed for a moment',
    text: 'Something behind the counter does not answer. Your basket is kept; please try again in a little while.',
  },
  internal: {
    heading: 'Something broke on our side',
    text: 'It is not your fault, and it has been written down. Please try again.',
  },
}

const unreadable = { heading: 'We could not read that', text: 'The address or form was not one that our pages make.' }

/** Unknown routes and failures as pages of the shop. Requests by our script get the kit's JSON answer instead. */
export function errorPages(log: Logger, sendPage: SendPage): [RequestHandler, ErrorRequestHandler] {
  return [
    function noSuchPage() {
      throw new ServiceError('not_found', 'No such page')
    },
    function answerErrorPage(thrown, req, res, next) {
      if (res.headersSent || wantsJson(req)) return next(thrown)
      const error = toServiceError(thrown)
      if (error.status >= 500) log.error({ err: thrown }, error.message)
      if (error.code === 'unauthenticated') return res.redirect(303, signInPath(req))
      if (error instanceof StaleFormError) {
        const action = ownPath(req.originalUrl, '/')
        return sendPage(req, res, { page: 'stale-form', action, fields: error.fields }, error.status)
      }
      res.set(error.headers)
      const told = error instanceof PageError ? error.words : (words[error.code] ?? unreadable)
      const requestId = error.status >= 500 ? currentContext()?.requestId : undefined
      sendPage(req, res, { page: 'message', ...told, requestId }, error.status)
    },
  ]
}
