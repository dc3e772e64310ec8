import { describe, expect, test } from 'vitest'
import { exec } from '../stack.ts'
import { output } from './shop.ts'

const databases = [
  { name: 'product-db', database: 'products', role: 'productuser', table: 'products' },
  { name: 'order-db', database: 'orders', role: 'orderuser', table: 'orders' },
  { name: 'payment-db', database: 'payments', role: 'paymentuser', table: 'payments' },
]

/** What a statement sent as a role answers: rows, or PostgreSQL's error. */
async function query(name: string, database: string, role: string, statement: string): Promise<string> {
  const command = ['psql', '--no-psqlrc', '-qAtX', '-v', 'ON_ERROR_STOP=1', '-U', role, '-d', database, '-c', statement]
  const { exitCode, output } = await exec(name, command)
  if (exitCode !== 0 && !output.includes('ERROR:')) throw new Error(`${name}: no answer from PostgreSQL: ${output}`)
  return output.trim()
}

describe.each(databases)('$database', ({ name, database, role, table }) => {
  const owner = `${database}_owner`

  test('the role of the service reads its table, so that a refusal below is not for want of a connection', async () => {
    expect(await query(name, database, role, `SELECT count(*) >= 0 FROM ${table}`)).toBe('t')
  })

  test.each([
    { statement: 'CREATE TABLE probe (id int)', refusal: 'permission denied for schema public' },
    { statement: 'CREATE TEMP TABLE probe (id int)', refusal: 'permission denied to create temporary tables' },
    { statement: 'CREATE SCHEMA probe', refusal: 'permission denied for database' },
    { statement: `ALTER TABLE ${table} ADD COLUMN probe int`, refusal: 'must be owner of table' },
    { statement: `CREATE INDEX ON ${table} (id)`, refusal: 'must be owner of table' },
    { statement: `DROP TABLE ${table}`, refusal: 'must be owner of table' },
    { statement: `TRUNCATE ${table}`, refusal: 'permission denied for table' },
    { statement: `ALTER TABLE ${table} DISABLE TRIGGER ALL`, refusal: 'must be owner of table' },
    { statement: 'DELETE FROM migrations', refusal: 'permission denied for table migrations' },
    {
      statement: 'CREATE FUNCTION probe() RETURNS int LANGUAGE sql RETURN 1',
      refusal: 'permission denied for schema public',
    },
    { statement: 'CREATE EXTENSION file_fdw', refusal: 'permission denied to create extension' },
    { statement: 'CREATE ROLE probe', refusal: 'permission denied to create role' },
    { statement: 'CREATE DATABASE probe', refusal: 'permission denied to create database' },
    { statement: `SET ROLE ${owner}`, refusal: 'permission denied to set role' },
    { statement: "ALTER SYSTEM SET work_mem = '1GB'", refusal: 'ALTER SYSTEM is not allowed' },
    { statement: 'SET log_error_verbosity = verbose', refusal: 'permission denied to set parameter' },
    {
      statement: "COPY (SELECT 1) TO PROGRAM 'id'",
      refusal: 'permission denied to COPY to or from an external program',
    },
    { statement: "COPY (SELECT 1) TO '/tmp/probe'", refusal: 'permission denied to COPY to a file' },
    { statement: "SELECT pg_read_file('/etc/passwd')", refusal: 'permission denied for function pg_read_file' },
    { statement: 'SELECT * FROM pg_authid', refusal: 'permission denied for table pg_authid' },
  ])('its role is refused: $statement', async ({ statement, refusal }) => {
    const outside = /^(ALTER SYSTEM|CREATE DATABASE)/.test(statement)
    expect(await query(name, database, role, outside ? statement : `BEGIN; ${statement}; ROLLBACK`)).toContain(refusal)
  })

  test('the role owns nothing, inherits nothing and has no attribute but login', async () => {
    const attributes = 'rolsuper, rolcreaterole, rolcreatedb, rolreplication, rolbypassrls, rolcanlogin'
    expect(
      await query(name, database, 'postgres', `SELECT ${attributes} FROM pg_roles WHERE rolname = '${role}'`),
    ).toBe('f|f|f|f|f|t')
    const owned = `SELECT count(*) FROM pg_shdepend WHERE deptype = 'o' AND refobjid = '${role}'::regrole`
    expect(await query(name, database, 'postgres', owned)).toBe('0')
    const memberships = `SELECT count(*) FROM pg_auth_members WHERE member = '${role}'::regrole`
    expect(await query(name, database, 'postgres', memberships)).toBe('0')
  })

  test('the role of the monitoring sees statistics of all, so that a refusal below is not for want of a connection', async () => {
    const seen =
      "SELECT count(*) > 0 FROM pg_stat_activity WHERE usename = 'postgres' AND query <> '<insufficient privilege>'"
    expect(await query(name, database, 'monitor', seen)).toBe('t')
  })

  test.each([
    { statement: `SELECT FROM public.${table}`, refusal: 'permission denied for schema public' },
    { statement: 'SELECT FROM public.migrations', refusal: 'permission denied for schema public' },
    { statement: 'CREATE TEMP TABLE probe (id int)', refusal: 'permission denied to create temporary tables' },
    { statement: 'SELECT * FROM pg_authid', refusal: 'permission denied for table pg_authid' },
    { statement: `SET ROLE ${owner}`, refusal: 'permission denied to set role' },
    { statement: `SET ROLE ${role}`, refusal: 'permission denied to set role' },
    { statement: "SELECT pg_read_file('/etc/passwd')", refusal: 'permission denied for function pg_read_file' },
    { statement: 'SELECT pg_reload_conf()', refusal: 'permission denied for function pg_reload_conf' },
    {
      statement: "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'postgres' LIMIT 1",
      refusal: 'permission denied to terminate process',
    },
    { statement: "COPY (SELECT 1) TO '/tmp/probe'", refusal: 'permission denied to COPY to a file' },
  ])('the role of the monitoring is refused: $statement', async ({ statement, refusal }) => {
    expect(await query(name, database, 'monitor', `BEGIN READ WRITE; ${statement}; ROLLBACK`)).toContain(refusal)
  })

  test('the role of the monitoring owns nothing and has no attribute but login', async () => {
    const attributes = 'rolsuper, rolcreaterole, rolcreatedb, rolreplication, rolbypassrls, rolcanlogin'
    expect(
      await query(name, database, 'postgres', `SELECT ${attributes} FROM pg_roles WHERE rolname = 'monitor'`),
    ).toBe('f|f|f|f|f|t')
    const owned = "SELECT count(*) FROM pg_shdepend WHERE deptype = 'o' AND refobjid = 'monitor'::regrole"
    expect(await query(name, database, 'postgres', owned)).toBe('0')
    const memberships = "SELECT roleid::regrole FROM pg_auth_members WHERE member = 'monitor'::regrole"
    expect(await query(name, database, 'postgres', memberships)).toBe('pg_monitor')
  })

  test('no session in it writes row values to the log', async () => {
    for (const user of [role, 'postgres']) {
      expect(await query(name, database, user, 'SHOW log_error_verbosity')).toBe('terse')
    }
  })

  test('PostgreSQL keeps a verifier of two passwords, the monitoring’s and the service’s, and no other role has one', async () => {
    const passwords = "SELECT rolname FROM pg_authid WHERE rolpassword LIKE 'SCRAM-SHA-256$%' ORDER BY rolname"
    expect(await query(name, database, 'postgres', passwords)).toBe(`monitor\n${role}`)
    const others =
      "SELECT count(*) FROM pg_authid WHERE rolpassword IS NOT NULL AND rolpassword NOT LIKE 'SCRAM-SHA-256$%'"
    expect(await query(name, database, 'postgres', others)).toBe('0')
  })

  test('the operator dumps it as typed in the README', async () => {
    const dump = await output(name, 'pg_dump', '-U', role, '--schema-only', database)
    expect(dump).toContain(`CREATE TABLE public.${table} (`)
    expect(dump).toContain('PostgreSQL database dump complete')
  })
})
