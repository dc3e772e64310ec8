import type { Acted } from '@secure-ecommerce/kit/acting'
import type { Database } from '@secure-ecommerce/kit/database'
import { batchedRead } from './batched-read.ts'
import type { Product, ProductFields } from './product-contract.ts'
import { type ListOptions, searchQuery } from './product-search.ts'

type Row = Omit<Product, 'price' | 'created_at' | 'updated_at'> & {
  price_cents: number
  created_at: Date
  updated_at: Date
}

export type ProductStore = ReturnType<typeof productStore>

const columns = 'id, name, description, category, price_cents, stock, picture, created_at, updated_at'

/** Every change says who makes it: a trigger of the table writes that down, or the change fails. */
export function productStore(database: Database) {
  return {
    find: batchedRead(async (ids) => {
      const { rows } = await database.query<Row>({
        name: 'find-products',
        text: `select ${columns} from products where id = any($1) and deleted_at is null`,
        values: [ids],
      })
      return rows.map(toProduct)
    }),

    /** Up to `limit` products with ids above `after`, ascending. */
    async list({ q, category, after, limit }: ListOptions): Promise<Product[]> {
      if (q !== undefined) {
        const query = await searchQuery(database, { q, category, after, limit })
        return query ? (await database.query<Row>(query)).rows.map(toProduct) : []
      }
      const { rows } = await database.query<Row>(
        category === undefined
          ? {
              name: 'list-products',
              text: `select ${columns} from products where deleted_at is null and id > $1 order by id limit $2`,
              values: [after, limit],
            }
          : {
              name: 'list-products-of-category',
              text: `select ${columns} from products
                     where deleted_at is null and category = $3 and id > $1 order by id limit $2`,
              values: [after, limit, category],
            },
      )
      return rows.map(toProduct)
    },

    async create(fields: ProductFields, acted: Acted): Promise<Product> {
      const { name, description, category, price, stock, picture } = fields
      const { rows } = await database.query<Row>({
        name: 'create-product',
        text: `insert into products (name, description, category, price_cents, stock, picture, acted)
               values ($1, $2, $3, $4, $5, $6, $7) returning ${columns}`,
        values: [name, description, category, toCents(price), stock, picture, acted],
      })
      return toProduct(rows[0] as Row)
    },

    async change(id: number, changes: Partial<ProductFields>, acted: Acted): Promise<Product | undefined> {
      // A field that is absent keeps its value; one that is null becomes null: coalesce could not tell them apart.
      const given = (field: keyof ProductFields) => field in changes
      const { rows } = await database.query<Row>({
        name: 'change-product',
        text: `update products set
                 name        = case when $2  then $3  else name        end,
                 description = case when $4  then $5  else description end,
                 category    = case when $6  then $7  else category    end,
                 price_cents = case when $8  then $9  else price_cents end,
                 stock       = case when $10 then $11 else stock       end,
                 picture     = case when $12 then $13 else picture     end,
                 updated_at  = now(),
                 acted       = $14
               where id = $1 and deleted_at is null returning ${columns}`,
        values: [
          id,
          given('name'),
          changes.name,
          given('description'),
          changes.description,
          given('category'),
          changes.category,
          given('price'),
          changes.price && toCents(changes.price),
          given('stock'),
          changes.stock,
          given('picture'),
          changes.picture,
          acted,
        ],
      })
      return rows[0] && toProduct(rows[0])
    },

    /** @returns whether there was such a product */
    async remove(id: number, acted: Acted): Promise<boolean> {
      const { rowCount } = await database.query({
        name: 'remove-product',
        text: `update products set deleted_at = now(), updated_at = now(), acted = $2 where id = $1 and deleted_at is null`,
        values: [id, acted],
      })
      return rowCount === 1
    },
  }
}

function toProduct({ price_cents, created_at, updated_at, ...row }: Row): Product {
  return {
    ...row,
    price: price_cents / 100,
    created_at: created_at.toISOString(),
    updated_at: updated_at.toISOString(),
  }
}

function toCents(price: number): number {
  return Math.round(price * 100)
}
