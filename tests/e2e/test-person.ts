import { execFile } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import type { Page } from 'playwright-core'
import { removeAccount } from '../api/remove-account.ts'

const run = promisify(execFile)
const script = fileURLToPath(new URL('../../scripts/account.ts', import.meta.url))

/** Somebody who makes an account in the test, which goes with it. */
export function createTestPerson(name: string) {
  const email = `${randomUUID().slice(0, 13)}@e2e.example`
  const password = `${name} and a teapot`
  return {
    email,
    password,

    async register(page: Page): Promise<void> {
      await page.goto('/register')
      await page.getByLabel('Name', { exact: true }).fill(name)
      await page.getByLabel('E-mail address').fill(email)
      await page.getByLabel('Password').fill(password)
      await page.getByRole('button', { name: 'Make an account' }).click()
      await page.waitForURL('**/account')
    },

    /** On the page where one signs in. */
    async signIn(page: Page, typed = password): Promise<void> {
      await page.getByLabel('E-mail address').fill(email)
      await page.getByLabel('Password').fill(typed)
      await page.getByRole('button', { name: 'Sign in', exact: true }).click()
    },

    /** As the operator does it: from the next sign-in on. */
    async become(role: 'staff' | 'admin'): Promise<void> {
      await run(process.execPath, [script, 'role', email, role])
    },

    [Symbol.asyncDispose]: () => removeAccount(email),
  }
}
