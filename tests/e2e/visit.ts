import { mkdirSync } from 'node:fs'
import type { Browser, Page } from 'playwright-core'
import { expect } from 'vitest'
import { stack } from '../stack.ts'

export const stackUrl = stack.url

const folder = `${import.meta.dirname}/../../reports/e2e`

export type Visitor = { name: string; width: number; height: number; javaScript: boolean }

/** One customer's walk through the shop in a browser of their own, in which whatever goes wrong is written down. */
export async function startVisit(browser: Browser, { name, width, height, javaScript }: Visitor) {
  const context = await browser.newContext({
    baseURL: stackUrl,
    viewport: { width, height },
    javaScriptEnabled: javaScript,
    reducedMotion: 'reduce',
  })
  const page = await context.newPage()
  const problems: string[] = []
  const expectedStatuses = new Set<number>()
  watch(page, problems, expectedStatuses)
  mkdirSync(folder, { recursive: true })

  return {
    page,
    /** The answer with this status is part of the walk, not a problem. */
    expectStatus: (status: number) => expectedStatuses.add(status),

    /** Keeps a picture of the page, and asserts what must hold for every page. */
    async look(at: string): Promise<void> {
      await page.screenshot({ path: `${folder}/${name}-${at}.png`, fullPage: true })
      expect(await contentWidth(page), `the width of ${at}`).toBeLessThanOrEqual(width)
      expect(problems, `problems up to ${at}`).toEqual([])
    },

    [Symbol.asyncDispose]: () => context.close(),
  }
}

function watch(page: Page, problems: string[], expectedStatuses: Set<number>): void {
  page.on('console', (message) => {
    // A status is judged by the response itself.
    const isStatus = message.text().startsWith('Failed to load resource: the server responded')
    if (['error', 'warning'].includes(message.type()) && !isStatus) problems.push(`console: ${message.text()}`)
  })
  page.on('pageerror', (error) => problems.push(`script: ${error.message}`))
  page.on('requestfailed', (request) => {
    const reason = request.failure()?.errorText ?? ''
    // Leaving a page ends what it was still loading.
    if (reason !== 'net::ERR_ABORTED') problems.push(`${request.url()}: ${reason}`)
  })
  page.on('response', (response) => {
    const status = response.status()
    if (status >= 400 && !expectedStatuses.has(status)) problems.push(`${response.url()}: ${status}`)
    if (!response.url().startsWith(stackUrl)) problems.push(`${response.url()} is not ours`)
    const isPage = response.headers()['content-type']?.startsWith('text/html')
    const policy = response.headers()['content-security-policy'] ?? ''
    if (isPage && (!policy.includes("default-src 'none'") || policy.includes('unsafe'))) {
      problems.push(`${response.url()}: Content-Security-Policy "${policy}"`)
    }
  })
}

/** Read from the layout, because a page without JavaScript cannot be asked. */
async function contentWidth(page: Page): Promise<number> {
  const session = await page.context().newCDPSession(page)
  const { cssContentSize } = await session.send('Page.getLayoutMetrics')
  await session.detach()
  return cssContentSize.width
}
