import { ServiceError } from '@secure-ecommerce/kit/service-error'

/** The id in a path. To a reader a malformed one is no different from one that was never given out. */
export function pathId(text: unknown): number {
  if (typeof text !== 'string' || !/^[1-9]\d{0,14}$/.test(text)) throw new ServiceError('not_found', 'No such page')
  return Number(text)
}
