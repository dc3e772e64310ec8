import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openChromium } from './chromium.ts'
import { createTestProduct } from './test-product.ts'
import { startVisit, type Visitor } from './visit.ts'

const phone = { width: 390, height: 844 }
const desktop = { width: 1280, height: 900 }
const visitors: Visitor[] = [
  { name: 'phone', ...phone, javaScript: true },
  { name: 'desktop', ...desktop, javaScript: true },
  { name: 'phone-without-javascript', ...phone, javaScript: false },
  { name: 'desktop-without-javascript', ...desktop, javaScript: false },
]

let browser: Browser
beforeAll(async () => {
  browser = await openChromium()
})
afterAll(() => browser?.close())

const heading = (page: Page) => page.locator('h1').textContent()
const cards = (page: Page) => page.locator('.card')

describe.each(visitors)('$name', (visitor) => {
  test('looks through the shop: front page, next page, department, search', async () => {
    await using product = await createTestProduct({ stock: 2 })
    await using visit = await startVisit(browser, visitor)
    const { page } = visit

    await page.goto('/')
    expect(await heading(page)).toMatch(/Useful things/)
    expect(await cards(page).count()).toBe(24)
    await visit.look('front-page')

    const firstCard = await cards(page).first().textContent()
    await page.getByRole('link', { name: 'Next page' }).click()
    expect(await heading(page)).toBe('All goods')
    expect(await cards(page).first().textContent()).not.toBe(firstCard)
    await visit.look('next-page')
    await page.getByRole('link', { name: 'First page' }).click()
    expect(await cards(page).first().textContent()).toBe(firstCard)

    for (const department of ['Electronics', 'Clothing', 'Books', 'Home']) {
      await page.getByRole('navigation', { name: 'Departments' }).getByRole('link', { name: department }).click()
      expect(await heading(page)).toBe(department)
      expect(await cards(page).count()).toBeGreaterThan(0)
      await visit.look(`department-${department.toLowerCase()}`)
    }

    await page.getByRole('searchbox').fill(product.word)
    await page.getByRole('button', { name: 'Search' }).click()
    expect(await cards(page).count()).toBe(1)
    expect(await cards(page).textContent()).toContain(`O'Brien's 北京 teapot ${product.word}`)
    expect(await cards(page).textContent()).toContain('Only 2 left')
    await visit.look('search')
    await page.getByRole('navigation', { name: 'Search in' }).getByRole('link', { name: 'Books' }).click()
    expect(await page.getByText('Nothing on the shelves matches that.').isVisible()).toBe(true)
    await visit.look('search-without-results')
  })

  test('buys three teapots after a declined card, and a double click buys them once', async () => {
    await using product = await createTestProduct({ stock: 10 })
    await using visit = await startVisit(browser, visitor)
    const { page } = visit

    await page.goto(`/products/${product.id}`)
    expect(await page.getByText('<b>Not bold</b> 🫖').isVisible()).toBe(true)
    await visit.look('product')
    await page.getByLabel('Quantity', { exact: true }).fill('2')
    await page.getByRole('button', { name: 'Add to basket', exact: true }).click()
    if (visitor.javaScript) {
      await page.getByRole('status').getByText('Added. 2 in your basket.').waitFor()
      await page
        .getByRole('banner')
        .getByRole('link', { name: /^Basket/ })
        .click()
    }

    await page.waitForURL('**/basket')
    await setBasketQuantity(page, visitor, '3')
    await page.getByRole('region', { name: 'Summary' }).getByText('€59.97').waitFor()
    await visit.look('basket')

    await page.getByRole('link', { name: 'To checkout' }).click()
    await visit.look('checkout')
    visit.expectStatus(422)
    await page.getByLabel('Name', { exact: true }).fill("Nuala O'Brien 王")
    await page.getByRole('button', { name: /^Order and pay/ }).click()
    await page.getByRole('alert').getByText('The order was not sent yet.').waitFor()
    expect(await page.getByLabel('Name', { exact: true }).inputValue()).toBe("Nuala O'Brien 王")
    await visit.look('checkout-with-errors')

    visit.expectStatus(402)
    await page.getByLabel('E-mail address').fill('nuala@example.com')
    await page.getByLabel('Address', { exact: true }).fill('12 Long Lane\nGalway')
    await page.getByLabel(/^Test card that has no money/).check()
    await page.getByRole('button', { name: 'Order and pay €59.97' }).click()
    await page.getByRole('alert').getByText('The payment was declined.').waitFor()
    await visit.look('checkout-declined')
    await expect.poll(product.readStock, { timeout: 5_000 }).toBe(10)

    await page.getByLabel(/^Test card that succeeds/).check()
    await page.getByRole('button', { name: 'Order and pay €59.97' }).dblclick()
    await page.waitForURL('**/orders/*')
    // Where the payment takes its time, the page asks again by itself.
    await page.getByRole('heading', { name: 'Thank you, it is yours' }).waitFor({ timeout: 30_000 })
    // The page moves on by itself.
    await page.getByText('your goods are ready to be sent').waitFor({ timeout: 15_000 })
    expect(await page.getByText('€59.97').count()).toBeGreaterThan(0)
    await visit.look('order')
    expect(await product.readStock()).toBe(7)

    await page
      .getByRole('banner')
      .getByRole('link', { name: /^Basket/ })
      .click()
    expect(await heading(page)).toBe('Your basket is empty')
    await visit.look('basket-empty')
  })

  test('is told the truth while a slow bank thinks, and sees the page move by itself', async () => {
    await using product = await createTestProduct({ stock: 3 })
    await using visit = await startVisit(browser, visitor)
    const { page } = visit

    await page.goto(`/products/${product.id}`)
    await page.getByRole('button', { name: 'Add to basket', exact: true }).click()
    if (visitor.javaScript) await page.getByRole('status').getByText('Added. 1 in your basket.').waitFor()
    else await page.waitForURL('**/basket')
    await page.goto('/checkout')
    await page.getByLabel('Name', { exact: true }).fill("Siobhán O'Brien")
    await page.getByLabel('E-mail address').fill('siobhan@example.com')
    await page.getByLabel('Address', { exact: true }).fill('1 Short Lane')
    await page.getByLabel(/^Test card of a slow bank/).check()
    await page.getByRole('button', { name: /^Order and pay/ }).click()
    await page.waitForURL('**/orders/*')
    expect(await heading(page)).toBe('Your goods are set aside')
    await visit.look('order-under-way')
    await page.getByText('your goods are ready to be sent').waitFor({ timeout: 30_000 })
    expect(await product.readStock()).toBe(2)
  })

  test('meets what is sold out, and what is not there', async () => {
    await using product = await createTestProduct({ stock: 0 })
    await using visit = await startVisit(browser, visitor)
    const { page } = visit

    await page.goto(`/products/${product.id}`)
    expect(await page.getByText('Sold out.', { exact: true }).isVisible()).toBe(true)
    expect(await page.getByRole('button', { name: 'Add to basket', exact: true }).count()).toBe(0)
    await visit.look('sold-out')

    visit.expectStatus(404)
    await page.goto('/products/999999999')
    expect(await heading(page)).toBe('Not on our shelves')
    await visit.look('not-found')
  })
})

async function setBasketQuantity(page: Page, { javaScript }: Visitor, quantity: string): Promise<void> {
  if (javaScript) return page.getByRole('button', { name: /^One more/ }).click()
  await page.getByLabel(/^Quantity of/).fill(quantity)
  await page.getByRole('button', { name: 'Update' }).click()
}
