// Makes somebody's account customer, staff or admin. No service may do that, so it goes through the database's container: whoever
// can use Docker here owns the shop anyway.
// Usage: npm run account -- role EMAIL customer|staff|admin
import { runningContainer } from './stack/docker.ts'
import { Failure, runScript } from './stack/failure.ts'
import { psql } from './stack/psql.ts'

const [command, email = '', role = '', ...rest] = process.argv.slice(2)

await runScript(async () => {
  if (command !== 'role' || !email.includes('@') || !['customer', 'staff', 'admin'].includes(role) || rest.length > 0) {
    throw new Failure('expected role EMAIL customer|staff|admin', 'npm run account -- role ada@example.com admin')
  }
  const changed = await psql(await runningContainer('order-db'), 'orders', [
    `update accounts set role = '${role}' where lower(email) = lower(${quoted(email)}) returning email;`,
  ])
  if (changed.length === 0) throw new Failure(`expected an account of ${email} but found none`, 'register it first')
  console.log(`${changed[0]} is ${role}, from the next sign-in or refresh on: in ten minutes at most`)
})

/** As an SQL expression of which no letter is the caller's. */
function quoted(text: string): string {
  return `convert_from(decode('${Buffer.from(text).toString('base64')}', 'base64'), 'UTF8')`
}
