import { type ErrorCode, ServiceError } from '@secure-ecommerce/kit/service-error'

export type Words = { heading: string; text: string }

/** A failure with words of its own for whoever sees its page. */
export class PageError extends ServiceError {
  override name = 'PageError'
  readonly words: Words

  constructor(code: ErrorCode, words: Words) {
    super(code, words.heading)
    this.words = words
  }
}
