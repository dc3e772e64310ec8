import Joi from 'joi'

export const emailField = Joi.string().trim().max(254).email({ tlds: false }).required().messages({
  'any.required': 'Enter your e-mail address',
  'string.empty': 'Enter your e-mail address',
  'string.email': 'Enter an e-mail address such as name@example.com',
  'string.max': 'The e-mail address may have at most {#limit} characters',
})
