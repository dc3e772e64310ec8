import Joi from 'joi'

/** The parts from which the contracts of several services are built. */

/** One line of text as people write it; control characters and lone surrogates, which PostgreSQL cannot store, are refused. */
export function line(max: number): Joi.StringSchema {
  return Joi.string()
    .max(max)
    .pattern(/^[^\p{Cc}\p{Cs}]*[^\s\p{Cc}\p{Cs}][^\p{Cc}\p{Cs}]*$/u, 'text without control characters')
}

/** Like {@link line}, but may be empty and may have tabs and line breaks. */
export function paragraph(max: number): Joi.StringSchema {
  return Joi.string()
    .max(max)
    .allow('')
    .pattern(/^(?:[\t\r\n]|[^\p{Cc}\p{Cs}])*$/u, 'text without control characters')
}

/** A row's id. JavaScript's safe integers end before bigint does, which no table will notice. */
export const id = Joi.number().integer().min(1).max(Number.MAX_SAFE_INTEGER)

/** The largest price of one product. */
export const maxCents = 100_000_000

/** The most units of one product in one order. */
export const maxQuantity = 1_000

/** The most products in one order. */
export const maxItems = 50

/** What the largest order costs, at most: payments take any order that can be placed. */
export const maxTotalCents = maxCents * maxQuantity * maxItems

/** An amount as the public API writes it: decimal, at most two places. Inside it is an integer of cents. */
export const amount = Joi.number()
  .min(0.01)
  .max(maxCents / 100)
  .precision(2)

export const timestamp = Joi.string().isoDate()

export const byId = Joi.object<{ id: number }>({ id: id.required() })

/** Keyset pagination; `cursor` is opaque to callers. */
export const pageQuery = {
  limit: Joi.number().integer().min(1).max(100).default(20),
  cursor: Joi.string()
    .pattern(/^[A-Za-z0-9_-]{1,24}$/, 'a cursor')
    .description('next_cursor of the page before'),
}

export type PageQuery = { limit: number; cursor?: string }

export const nextCursor = Joi.string().required().allow(null).description('null on the last page')
