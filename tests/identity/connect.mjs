// Runs in a service's container, whose address alone its database admits: one connection, with what the service has, changed as asked.
// Usage: node --input-type=module --eval CONNECT '{"password":"…","database":"…","ssl":false or {"cert":"…",…}}'
import { readFileSync } from 'node:fs'
import pg from 'pg'

const { DATABASE_HOST, DATABASE_NAME, DATABASE_USER, DATABASE_PASSWORD_FILE, IDENTITY_FOLDER } = process.env
const { ssl, ...change } = JSON.parse(process.argv[1])
const pem = (name) => readFileSync(`${IDENTITY_FOLDER}/${name}.pem`, 'utf8')

const client = new pg.Client({
  host: DATABASE_HOST,
  database: DATABASE_NAME,
  user: DATABASE_USER,
  password: readFileSync(DATABASE_PASSWORD_FILE, 'utf8').trim(),
  ssl: ssl !== false && { ca: pem('authority'), cert: pem('identity'), key: pem('identity'), ...ssl },
  ...change,
})
client.on('error', () => {})
try {
  await client.connect()
  console.log('let in')
  await client.end()
} catch (error) {
  console.log(`refused: ${error.message}`)
}
