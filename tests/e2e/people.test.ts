import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openChromium } from './chromium.ts'
import { createTestPerson } from './test-person.ts'
import { createTestProduct } from './test-product.ts'
import { stackUrl, startVisit, type Visitor } from './visit.ts'

const visitors: Visitor[] = [
  { name: 'phone', width: 390, height: 844, javaScript: true },
  { name: 'desktop-without-javascript', width: 1280, height: 900, javaScript: false },
]
const desktop: Visitor = { name: 'desktop', width: 1280, height: 900, javaScript: true }

let browser: Browser
beforeAll(async () => {
  browser = await openChromium()
})
afterAll(() => browser?.close())

const heading = (page: Page) => page.locator('h1').textContent()
const banner = (page: Page) => page.getByRole('banner')

describe.each(visitors)('$name', (visitor) => {
  test('registers, buys, finds the order again, signs out and in; nobody else sees the order', async () => {
    await using product = await createTestProduct({ stock: 3 })
    await using ada = createTestPerson('Ada')
    await using visit = await startVisit(browser, visitor)
    const { page } = visit

    // What is in the basket stays there.
    await page.goto(`/products/${product.id}`)
    await page.getByRole('button', { name: 'Add to basket', exact: true }).click()
    if (visitor.javaScript) await page.getByRole('status').getByText('Added. 1 in your basket.').waitFor()
    else await page.waitForURL('**/basket')

    await banner(page).getByRole('link', { name: 'Sign in' }).click()
    await visit.look('sign-in')
    await page.getByRole('link', { name: 'New here?' }).click()
    visit.expectStatus(400)
    await page.getByLabel('Name', { exact: true }).fill("Ada O'Brien 王")
    await page.getByLabel('E-mail address').fill(ada.email)
    await page.getByLabel('Password').fill('short')
    await page.getByRole('button', { name: 'Make an account' }).click()
    await page.getByRole('alert').getByText('There is no account yet.').waitFor()
    expect(await page.getByLabel('Name', { exact: true }).inputValue()).toBe("Ada O'Brien 王")
    expect(await page.getByLabel('Password').inputValue()).toBe('')
    await visit.look('register-with-errors')
    await page.getByLabel('Password').fill(ada.password)
    await page.getByRole('button', { name: 'Make an account' }).click()
    await page.waitForURL('**/account')
    expect(await page.getByText(ada.email).isVisible()).toBe(true)
    await visit.look('account')

    await page.goto('/checkout')
    expect(await page.getByLabel('Name', { exact: true }).inputValue()).toBe("Ada O'Brien 王")
    await page.getByLabel('Address', { exact: true }).fill('1 Short Lane')
    await page.getByRole('button', { name: /^Order and pay/ }).click()
    await page.waitForURL(/\/orders\/\d+$/)
    await page.getByRole('heading', { name: 'Thank you, it is yours' }).waitFor()
    const order = new URL(page.url()).pathname

    await banner(page).getByRole('link', { name: 'Orders' }).click()
    expect(await heading(page)).toBe('Your orders')
    expect(await page.getByRole('row').count()).toBe(2)
    await visit.look('own-orders')
    await page.locator(`a[href="${order}"]`).click()
    expect(await heading(page)).toBe('Thank you, it is yours')

    await using bob = createTestPerson('Bob')
    await using another = await startVisit(browser, visitor)
    await bob.register(another.page)
    another.expectStatus(404)
    await another.page.goto(order)
    expect(await heading(another.page)).toBe('Not on our shelves')
    await another.page.goto('/orders')
    expect(await another.page.getByText('There are none yet.').isVisible()).toBe(true)
    another.expectStatus(403)
    await another.page.goto('/staff/orders')
    expect(await heading(another.page)).toBe('This is for our staff')
    await another.look('not-for-customers')

    await page.goto('/account')
    await page.getByRole('button', { name: 'Sign out' }).click()
    await banner(page).getByRole('link', { name: 'Sign in' }).waitFor()
    const left = (await page.context().cookies()).map(({ name }) => name)
    expect(left).toEqual(['__Host-csrf'])
    await page.goto('/account')
    expect(await heading(page)).toBe('Sign in')
    visit.expectStatus(401)
    await ada.signIn(page, 'not her password')
    await page.getByText('The e-mail address or the password is wrong.').waitFor()
    await visit.look('sign-in-with-errors')
    await ada.signIn(page)
    await page.waitForURL('**/account')
  })

  test('staff add a product, change it, refund an order, and take the product off sale', async () => {
    await using sam = createTestPerson('Sam')
    await using visit = await startVisit(browser, visitor)
    const { page } = visit
    await sam.register(page)
    await sam.become('staff')
    await page.getByRole('button', { name: 'Sign out' }).click()
    await page.goto('/sign-in?next=/staff/products')
    await sam.signIn(page)
    await page.waitForURL('**/staff/products')
    await visit.look('staff-products')

    await page.getByRole('link', { name: 'Add a product' }).click()
    await page.getByLabel('Name', { exact: true }).fill("Sam's <b>mug</b> 王")
    await page.getByLabel('Price in euros').fill('twelve')
    await page.getByLabel('In stock').fill('5')
    await page.getByLabel('Department', { exact: true }).selectOption('home')
    visit.expectStatus(422)
    await page.getByRole('button', { name: 'Add it to the shelves' }).click()
    await page.getByRole('alert').getByText('Enter a price in euros, such as 19.99').waitFor()
    expect(await page.getByLabel('Name', { exact: true }).inputValue()).toBe("Sam's <b>mug</b> 王")
    await visit.look('staff-product-with-errors')
    await page.getByLabel('Price in euros').fill('12.50')
    await page.getByRole('button', { name: 'Add it to the shelves' }).click()
    await page.waitForURL(/\/staff\/products\/\d+\?saved/)
    const id = /products\/(\d+)/.exec(page.url())?.[1]

    const order = await buy(Number(id), 2)
    await page.getByLabel('Description').fill('Holds tea.')
    await page.getByLabel('Price in euros').fill('13')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByRole('status').getByText('Saved.').waitFor()
    await visit.look('staff-product')
    await page.getByRole('link', { name: 'See it in the shop' }).click()
    expect(await heading(page)).toBe("Sam's <b>mug</b> 王")
    expect(await page.getByText('€13.00').isVisible()).toBe(true)
    // The two that were sold meanwhile are sold still.
    expect(await page.getByText('3 in the storeroom').isVisible()).toBe(true)

    await banner(page).getByRole('link', { name: 'Staff' }).click()
    expect(await heading(page)).toBe('All orders')
    await visit.look('staff-orders')
    await page.goto(`/staff/orders/${order}`)
    expect(await page.getByText('somebody@e2e.example').isVisible()).toBe(true)
    await page.getByText('Refund this order').click()
    await visit.look('staff-order')
    await page.getByRole('button', { name: 'Refund €25.00' }).click()
    // Where its goods are not confirmed yet the page asks again by itself.
    await page.getByText('We have taken the order back.').waitFor({ timeout: 15_000 })
    await visit.look('staff-order-refunded')

    await page.goto(`/staff/products/${id}`)
    await page.getByText('Take it off sale', { exact: true }).click()
    await page.getByRole('button', { name: 'Take it off sale now' }).click()
    await page.waitForURL('**/staff/products')
    visit.expectStatus(404)
    await page.goto(`/products/${id}`)
    expect(await heading(page)).toBe('Not on our shelves')
  })

  test('whose access token is gone stays signed in, in two tabs at once as well', async () => {
    await using product = await createTestProduct({ stock: 3 })
    await using eve = createTestPerson('Eve')
    await using visit = await startVisit(browser, visitor)
    const { page } = visit
    await eve.register(page)
    const context = page.context()
    const expire = () => context.clearCookies({ name: '__Host-access' })
    const refreshToken = async () => (await context.cookies()).find(({ name }) => name === '__Host-refresh')?.value

    const before = await refreshToken()
    await expire()
    await page.goto('/account')
    expect(await page.getByText(eve.email).isVisible()).toBe(true)
    expect(await refreshToken()).not.toBe(before)

    await page.goto(`/products/${product.id}`)
    await page.getByRole('button', { name: 'Add to basket', exact: true }).click()
    if (visitor.javaScript) await page.getByRole('status').getByText('Added. 1 in your basket.').waitFor()
    await page.goto('/checkout')
    await page.getByLabel('Address', { exact: true }).fill('1 Short Lane')
    await expire()
    await page.getByRole('button', { name: /^Order and pay/ }).click()
    await page.getByRole('heading', { name: 'Thank you, it is yours' }).waitFor()
    await page.goto('/orders')
    expect(await page.getByRole('row').count()).toBe(2)

    const second = await context.newPage()
    for (let time = 0; time < 3; time++) {
      await expire()
      await Promise.all([page.goto('/account'), second.goto('/orders')])
      expect(await page.getByText(eve.email).isVisible()).toBe(true)
      expect(await heading(second)).toBe('Your orders')
    }
    await visit.look('still-signed-in')
  })
})

test('a form that another site sends is refused, whoever is signed in', async () => {
  await using product = await createTestProduct({ stock: 3 })
  await using ada = createTestPerson('Ada')
  await using visit = await startVisit(browser, desktop)
  const { page } = visit
  await ada.register(page)
  await using evil = await otherSite(`
    <form method="post" action="${stackUrl}/basket/items">
      <input name="product_id" value="${product.id}"><input name="csrf" value="of-twenty-two-letters_">
      <button>Win a teapot</button>
    </form>`)

  const trap = await page.context().newPage()
  await trap.goto(evil.url)
  const [answer] = await Promise.all([
    trap.waitForResponse(`${stackUrl}/basket/items`),
    trap.getByRole('button', { name: 'Win a teapot' }).click(),
  ])
  expect(answer.status()).toBe(403)
  expect(await heading(trap)).toBe('This came from another site')
  await page.goto('/basket')
  expect(await heading(page)).toBe('Your basket is empty')
})

test('a form from before signing in is sent again with one click', async () => {
  await using product = await createTestProduct({ stock: 3 })
  await using ada = createTestPerson('Ada')
  await using visit = await startVisit(browser, desktop)
  const { page } = visit
  await page.goto(`/products/${product.id}`)
  await page.getByLabel('Quantity', { exact: true }).fill('2')
  const second = await page.context().newPage()
  await ada.register(second)

  visit.expectStatus(403)
  await page.getByRole('button', { name: 'Add to basket', exact: true }).click()
  await page.getByRole('heading', { name: 'Please send that once more' }).waitFor()
  await visit.look('sent-once-more')
  await page.getByRole('button', { name: 'Send it again' }).click()
  await page.waitForURL('**/basket')
  expect(await page.getByLabel(/^Quantity of/).inputValue()).toBe('2')
})

/** An order of somebody who is not in the browser. */
async function buy(product_id: number, quantity: number): Promise<number> {
  const answer = await fetch(`${stackUrl}/api/orders`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ product_id, quantity, email: 'somebody@e2e.example' }),
  })
  expect(answer.status).toBe(201)
  return ((await answer.json()) as { id: number }).id
}

/** A page of a site that is not the shop's: 127.0.0.1 is another than localhost. */
async function otherSite(body: string) {
  const server = createServer((_req, res) => res.setHeader('content-type', 'text/html').end(body))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
