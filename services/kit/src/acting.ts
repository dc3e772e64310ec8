import type { Caller } from './caller.ts'
import { currentContext } from './request-context.ts'

/** Who acts in whose name, from where and in which request: what a statement is given along with the change that it writes down. */
export type Acted = { by: string; as: string; from: string; request: string | undefined }

export function acting({ id, role, address }: Caller): Acted {
  return { by: id, as: role, from: address, request: currentContext()?.requestId }
}
