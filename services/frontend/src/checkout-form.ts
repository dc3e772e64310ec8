import { line, paragraph } from '@secure-ecommerce/kit/schema'
import Joi from 'joi'
import { testCards } from './test-cards.ts'

export type CheckoutField = 'name' | 'email' | 'address' | 'payment_token'
export type CheckoutValues = Record<CheckoutField | 'idempotency_key', string>
export type CheckoutErrors = Partial<Record<CheckoutField, string>>

const schema = Joi.object<CheckoutValues>({
  name: line(100).trim().required().messages({
    'any.required': 'Enter your name',
    'string.empty': 'Enter your name',
    'string.max': 'Your name may have at most {#limit} characters',
    'string.pattern.name': 'Your name holds characters that cannot be printed',
  }),
  email: Joi.string().trim().max(254).email({ tlds: false }).required().messages({
    'any.required': 'Enter your e-mail address',
    'string.empty': 'Enter your e-mail address',
    'string.email': 'Enter an e-mail address such as name@example.com',
    'string.max': 'The e-mail address may have at most {#limit} characters',
  }),
  // Browsers end the lines of a form with CR LF.
  address: paragraph(300).disallow('').trim().replace(/\r\n?/g, '\n').required().messages({
    'any.required': 'Enter the address to deliver to',
    'any.invalid': 'Enter the address to deliver to',
    'string.empty': 'Enter the address to deliver to',
    'string.max': 'The address may have at most {#limit} characters',
    'string.pattern.name': 'The address holds characters that cannot be printed',
  }),
  payment_token: Joi.valid(...testCards.map(({ token }) => token))
    .required()
    .messages({ '*': 'Choose a way to pay' }),
  idempotency_key: Joi.string().guid({ version: 'uuidv4' }).required(),
}).required()

type Parsed = { values: CheckoutValues; errors: CheckoutErrors | null }

/**
 * Checks a submitted form. What the customer typed comes back either way, to be shown again beside the errors.
 *
 * @throws Joi.ValidationError when the form is not the one we sent: a field too many, or an altered key
 */
export function parseCheckout(body: unknown): Parsed {
  const { value, error } = schema.validate(body, { abortEarly: false })
  if (!error) return { values: value, errors: null }

  const errors: CheckoutErrors = {}
  for (const { path, message } of error.details) {
    const field = path[0]
    if (!isCheckoutField(field)) throw error
    errors[field] ??= message
  }
  return { values: keepTyped(value), errors }
}

function isCheckoutField(field: unknown): field is CheckoutField {
  return field === 'name' || field === 'email' || field === 'address' || field === 'payment_token'
}

/** A repeated field arrives as a list, which is an error already; it is shown as empty. */
function keepTyped(body: Partial<Record<keyof CheckoutValues, unknown>>): CheckoutValues {
  const text = (value: unknown) => (typeof value === 'string' ? value : '')
  return {
    name: text(body.name),
    email: text(body.email),
    address: text(body.address),
    payment_token: text(body.payment_token),
    idempotency_key: text(body.idempotency_key),
  }
}
