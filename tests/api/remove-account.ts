import { exec } from '../stack.ts'

/** As if somebody had never been here. No service can do that; their orders stay. */
export async function removeAccount(email: string): Promise<void> {
  const statement = `delete from accounts where email = '${email}'`
  const { exitCode, output } = await exec('order-db', [
    'psql',
    '-qX',
    '-U',
    'postgres',
    '-d',
    'orders',
    '-c',
    statement,
  ])
  if (exitCode !== 0) throw new Error(`${email} was not removed: ${output}`)
}
