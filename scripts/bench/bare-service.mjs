// The yardstick of `npm run bench`: reading a product as anybody would write it in Express and pg, and nothing around it.
// Runs in product-api's container, with its runtime, packages, secret and way to the database. Ends when its stdin does.
import { readFileSync } from 'node:fs'
import express from 'express'
import pg from 'pg'

const {
  DATABASE_HOST: host,
  DATABASE_NAME: database,
  DATABASE_USER: user,
  DATABASE_PASSWORD_FILE,
  IDENTITY_FOLDER,
  BENCH_PORT,
} = process.env
const password = readFileSync(DATABASE_PASSWORD_FILE, 'utf8').trim()
const pem = (name) => readFileSync(`${IDENTITY_FOLDER}/${name}.pem`, 'utf8')
const ssl = { ca: pem('authority'), key: pem('identity'), cert: pem('identity') }
const pool = new pg.Pool({ host, database, user, password, ssl, max: 10 })
const text = `select id, name, description, category, price_cents, stock, picture, created_at, updated_at
              from products where id = $1 and deleted_at is null`

const app = express()
app.get('/api/products/:id', async (req, res) => {
  const { rows } = await pool.query({ name: 'find-product', text, values: [req.params.id] })
  if (rows.length === 0) return res.status(404).json({ error: 'Not found' })
  const { price_cents, ...product } = rows[0]
  res.json({ ...product, price: price_cents / 100 })
})
app.listen(BENCH_PORT, () => console.log('listening'))
process.stdin.resume().on('end', () => process.exit())
