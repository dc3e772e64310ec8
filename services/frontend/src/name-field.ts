import { line } from '@secure-ecommerce/kit/schema'

export const nameField = (most: number) =>
  line(most).trim().required().messages({
    'any.required': 'Enter your name',
    'string.empty': 'Enter your name',
    'string.max': 'Your name may have at most {#limit} characters',
    'string.pattern.name': 'Your name holds characters that cannot be printed',
  })
