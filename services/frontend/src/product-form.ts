import { line, paragraph } from '@secure-ecommerce/kit/schema'
import Joi from 'joi'
import { type Category, categories } from './category.ts'
import { checkForm, type FormErrors } from './check-form.ts'
import type { Product, ProductFields } from './shop-types.ts'

const shown = ['name', 'description', 'category', 'price', 'stock'] as const
const hidden = ['stock_shown'] as const

type ProductField = (typeof shown)[number]
export type ProductValues = Record<ProductField | 'stock_shown', string>
export type ProductErrors = FormErrors<ProductField>

type Value = Omit<ProductValues, 'category'> & { category: Category | '' }

const whole = /^\d{1,7}$/

const schema = Joi.object<Value>({
  name: line(200).trim().required().messages({
    'any.required': 'Enter a name',
    'string.empty': 'Enter a name',
    'string.max': 'The name may have at most {#limit} characters',
    'string.pattern.name': 'The name holds characters that cannot be printed',
  }),
  description: paragraph(5_000).trim().replace(/\r\n?/g, '\n').default('').messages({
    'string.max': 'The description may have at most {#limit} characters',
    'string.pattern.name': 'The description holds characters that cannot be printed',
  }),
  category: Joi.valid('', ...categories)
    .default('')
    .messages({ '*': 'Choose a department, or none' }),
  price: Joi.string()
    .trim()
    .pattern(/^\d{1,7}(\.\d{1,2})?$/)
    .required()
    .messages({ '*': 'Enter a price in euros, such as 19.99' }),
  stock: Joi.string().trim().pattern(whole).required().messages({ '*': 'Enter how many there are, as a whole number' }),
  stock_shown: Joi.string().pattern(whole).allow('').default(''),
}).required()

/**
 * What a form of a product asks for. The stock is left out where nobody changed it: customers may have bought some since the form
 * was opened.
 */
export function parseProduct(body: unknown) {
  const { value, typed: values, errors } = checkForm(schema, { shown, hidden }, body)
  if (errors) return { values, errors, fields: null, changes: null }
  const { stock, stock_shown, price, category, ...texts } = value
  const changes = { ...texts, price: Number(price), category: category === '' ? null : category }
  const fields: ProductFields = { ...changes, stock: Number(stock) }
  return { values, errors: null, fields, changes: stock === stock_shown ? changes : fields }
}

export function valuesOf({ name, description, category, price, stock }: Product): ProductValues {
  const counted = String(stock)
  return { name, description, category: category ?? '', price: price.toFixed(2), stock: counted, stock_shown: counted }
}

export const emptyProduct: ProductValues = {
  name: '',
  description: '',
  category: '',
  price: '',
  stock: '',
  stock_shown: '',
}
