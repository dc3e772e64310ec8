import Joi from 'joi'
import { checkForm, type FormErrors } from './check-form.ts'
import { emailField } from './email-field.ts'
import { nameField } from './name-field.ts'
import type { Credentials } from './shop-api.ts'

export type SignInErrors = FormErrors<'email' | 'password'>
export type RegisterErrors = FormErrors<'name' | 'email' | 'password'>

const password = Joi.string().max(1_024).required().messages({
  'any.required': 'Enter your password',
  'string.empty': 'Enter your password',
  'string.max': 'The password may have at most 128 characters',
})

/** Where to go on to, see own-path.ts. */
const next = Joi.string().max(2_000).allow('').default('')

const signIn = Joi.object<Credentials & { next: string }>({ email: emailField, password, next }).required()

const register = Joi.object<Credentials & { name: string; next: string }>({
  name: nameField(200),
  email: emailField,
  password,
  next,
}).required()

export const parseSignIn = (body: unknown) =>
  checkForm(signIn, { shown: ['email'], hidden: ['next'], secret: ['password'] }, body)

export const parseRegister = (body: unknown) =>
  checkForm(register, { shown: ['name', 'email'], hidden: ['next'], secret: ['password'] }, body)
