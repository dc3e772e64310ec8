import { paragraph } from '@secure-ecommerce/kit/schema'
import Joi from 'joi'
import { checkForm, type FormErrors } from './check-form.ts'
import { emailField } from './email-field.ts'
import { nameField } from './name-field.ts'
import { testCards } from './test-cards.ts'

const shown = ['name', 'email', 'address', 'payment_token'] as const
const hidden = ['idempotency_key'] as const

type CheckoutField = (typeof shown)[number]
export type CheckoutValues = Record<CheckoutField | 'idempotency_key', string>
export type CheckoutErrors = FormErrors<CheckoutField>

const schema = Joi.object<CheckoutValues>({
  name: nameField(100),
  email: emailField,
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

/** Checks a submitted form. What the customer typed comes back either way, to be shown again beside the errors. */
export function parseCheckout(body: unknown): { values: CheckoutValues; errors: CheckoutErrors | null } {
  const { value, typed, errors } = checkForm(schema, { shown, hidden }, body)
  return { values: value ?? typed, errors }
}
