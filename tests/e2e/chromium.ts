import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { type Browser, chromium } from 'playwright-core'

const path = process.env.CHROMIUM ?? '/usr/bin/chromium'

/** The system's Chromium, headless, without the traffic that it makes on its own account. */
export async function openChromium(): Promise<Browser> {
  ensureChromium()
  const args = ['--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking']
  // Chromium's sandbox refuses to run as root.
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : []
  return chromium.launch({
    executablePath: path,
    args: [...args, ...sandbox, '--disable-component-update', '--disable-sync'],
  })
}

function ensureChromium(): void {
  if (existsSync(path)) return
  if (process.env.CHROMIUM === undefined && process.getuid?.() === 0 && existsSync('/etc/debian_version')) {
    console.log('Chromium is missing: installing the package chromium')
    const apt = (...args: string[]) => execFileSync('apt-get', args, { stdio: 'inherit', env: aptEnvironment })
    apt('update')
    apt('install', '--yes', '--no-install-recommends', 'chromium', 'fonts-liberation')
  }
  if (existsSync(path)) return
  throw new Error(
    `FAIL: expected Chromium at ${path} but found nothing.\n` +
      'Next: sudo apt-get install chromium, or set CHROMIUM to the path of a Chromium or Chrome, and run this again.',
  )
}

const aptEnvironment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
