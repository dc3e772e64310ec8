import type { Logger } from '@secure-ecommerce/kit/log'
import { currentContext } from '@secure-ecommerce/kit/request-context'
import { type ErrorCode, ServiceError } from '@secure-ecommerce/kit/service-error'
import { toServiceError } from '@secure-ecommerce/kit/to-service-error'
import type { ErrorRequestHandler, RequestHandler } from 'express'
import { maxEntries } from './basket-cookie.ts'
import type { SendPage } from './page-sender.ts'
import { wantsJson } from './wants-json.ts'

const words: Partial<Record<ErrorCode, { heading: string; text: string }>> = {
  not_found: {
    heading: 'Not on our shelves',
    text: 'There is no page here. It may have been taken down, or never was.',
  },
  forbidden: {
    heading: 'This came from another site',
    text: 'For your safety we only accept forms that our own pages sent. Please start again here.',
  },
  conflict: {
    heading: 'Your basket is full',
    text: `It holds at most ${maxEntries} different products. Please order or remove some first.`,
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
      res.set(error.headers)
      const requestId = error.status >= 500 ? currentContext()?.requestId : undefined
      sendPage(req, res, { page: 'message', ...(words[error.code] ?? unreadable), requestId }, error.status)
    },
  ]
}
