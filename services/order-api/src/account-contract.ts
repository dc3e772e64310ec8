import { accessToken } from '@secure-ecommerce/kit/access-token'
import { type Role, roles } from '@secure-ecommerce/kit/caller'
import { defineContract } from '@secure-ecommerce/kit/contract'
import { line } from '@secure-ecommerce/kit/schema'
import Joi from 'joi'
import { passwordRules } from './password-rules.ts'

export type Credentials = { email: string; password: string }
export type Registration = Credentials & { name: string }
type AccountView = { id: string; email: string; name: string; role: Role }
export type Tokens = { access_token: string; token_type: 'Bearer'; expires_in: number; refresh_token: string }

const email = Joi.string().email({ tlds: false }).max(254).required()
/** Long enough for 128 characters in any form of Unicode. */
const password = Joi.string().max(1_024).required()

const registration = Joi.object<Registration>({
  email: email.description('However it is capitalised, one account'),
  password: password.description(passwordRules),
  name: line(200).required().description('As its owner writes it'),
})

const account = Joi.object<AccountView>({
  id: Joi.string().required(),
  email,
  name: line(200).required(),
  role: Joi.string()
    .valid(...roles)
    .required(),
})

const tokens = Joi.object<Tokens>({
  access_token: Joi.string().required().description('For the header Authorization: Bearer …'),
  token_type: Joi.string().valid('Bearer').required(),
  expires_in: Joi.number().integer().required().description('Seconds'),
  refresh_token: Joi.string().required().description('Good once, within 30 days'),
})

const refreshToken = Joi.object<{ refresh_token: string }>({ refresh_token: Joi.string().max(100).required() })

/** The schemas that the API's description names. */
export const accountSchemas = { Account: account, Registration: registration, Tokens: tokens }

export const accountContract = defineContract({
  register: {
    method: 'post',
    path: '/register',
    summary: 'Make an account',
    access: 'anyone',
    body: registration,
    success: { status: 201, description: 'The account, a customer', body: account },
    errors: ['conflict'],
  },
  login: {
    method: 'post',
    path: '/login',
    summary: 'Sign in: after 5 wrong attempts for an account or from an address, not before 15 minutes have passed',
    access: 'anyone',
    body: Joi.object<Credentials>({ email, password }),
    success: { status: 200, description: `An access token for ${accessToken.lifetime / 60} minutes`, body: tokens },
  },
  refresh: {
    method: 'post',
    path: '/refresh',
    summary: 'Stay signed in: a refresh token for new tokens. One that comes a second time ends the session',
    access: 'anyone',
    body: refreshToken,
    success: { status: 200, description: 'New tokens', body: tokens },
  },
  logout: {
    method: 'post',
    path: '/logout',
    summary: 'Sign out: no refresh token of this session is good any more',
    access: 'anyone',
    body: refreshToken,
    success: { status: 204, description: 'Signed out, or never signed in' },
  },
  readMe: {
    method: 'get',
    path: '/me',
    summary: 'Read who you are',
    access: 'signed-in',
    success: { status: 200, description: 'Your account', body: account },
  },
})
