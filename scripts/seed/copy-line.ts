import type { GeneratedProduct } from './generate-product.ts'

const escapes: Record<string, string> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' }

/** A product as a line of PostgreSQL's text format for COPY, in the order of {@link copyColumns}. */
export function copyLine(product: GeneratedProduct): string {
  const { number, name, description, category, priceCents, stock, picture } = product
  const values = [number, name, description, category, priceCents, stock, picture]
  return `${values.map((value) => String(value).replace(/[\\\t\n\r]/g, (found) => escapes[found] ?? '')).join('\t')}\n`
}

export const copyColumns = 'number, name, description, category, price_cents, stock, picture'
