import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import type { Assets } from './pages/document.tsx'
import type { Render } from './view.ts'

/** What Vite made of the pages and of the browser's files. */
export type Build = {
  render: Render
  assets: Assets
  /** The folder whose files browsers may load. */
  clientFolder: string
}

type Manifest = Record<string, { file: string; css?: string[] }>

const dist = fileURLToPath(new URL('../dist', import.meta.url))

/** Loads the build once, at start: `npm run build --workspace services/frontend` makes it. */
export function loadBuild(): Build {
  const manifest: Manifest = JSON.parse(readFileSync(`${dist}/client/.vite/manifest.json`, 'utf8'))
  const entry = manifest['src/client/main.ts']
  if (!entry) throw new Error('the build has no src/client/main.ts')
  // Not an import, because type checks and tests must do without a build.
  const { render }: { render: Render } = createRequire(import.meta.url)(`${dist}/server/render.js`)
  return {
    render,
    assets: { script: `/${entry.file}`, styles: (entry.css ?? []).map((file) => `/${file}`) },
    clientFolder: `${dist}/client`,
  }
}
