import type Joi from 'joi'
import type { Access, Caller } from './caller.ts'
import type { ErrorCode } from './service-error.ts'

/** One operation of an API: what it accepts, what it answers, and how it can fail. Requests are validated with these schemas
 * and the OpenAPI document is derived from them, so neither can drift from the other. */
export type Operation = {
  method: 'get' | 'post' | 'patch' | 'delete'
  /** Below the API's base, in Express syntax. */
  path: string
  summary: string
  /** Checked before anything of the request is read. What it does not say, such as whose order it is, is the handler's. */
  access: Access
  params?: Joi.ObjectSchema
  query?: Joi.ObjectSchema
  /** Only the header fields that mean something to the operation; others pass. Names in lower case. */
  headers?: Joi.ObjectSchema
  body?: Joi.ObjectSchema
  /** Of a read: that the answer is the same for everybody, so that the edge may keep it for a moment. */
  shared?: true
  success: { status: 200 | 201 | 204; description: string; body?: Joi.ObjectSchema }
  /** A success of another kind, with the same body: accepted, and not done yet. The handler answers it by an {@link Answer}. */
  accepted?: { description: string }
  /** Failures beyond those that any operation has (invalid, internal, unavailable). */
  errors?: ErrorCode[]
}

export type Contract = Record<string, Operation>

type Parsed<Schema> = Schema extends Joi.ObjectSchema<infer Value> ? Value : undefined

/** What a handler receives: validated, converted, with defaults filled in. */
export type Input<O extends Operation> = {
  caller: O['access'] extends 'services' ? undefined : Caller
  params: Parsed<O['params']>
  query: Parsed<O['query']>
  headers: Parsed<O['headers']>
  body: Parsed<O['body']>
}

export type Output<O extends Operation> = O['success'] extends { body: Joi.ObjectSchema<infer Value> }
  ? Value
  : undefined

/** An answer that goes out as it is written here: one that was kept, or one whose status is not the operation's usual. */
export class Answer {
  readonly status: number
  /** JSON. */
  readonly body: string

  constructor(status: number, body: string) {
    this.status = status
    this.body = body
  }
}

/** Keeps the literal types of a contract. */
export function defineContract<C extends Contract>(contract: C): C {
  return contract
}
