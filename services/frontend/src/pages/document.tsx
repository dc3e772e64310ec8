import type { ReactNode } from 'react'
import { Footer } from './footer.tsx'
import { Header, type HeaderProps } from './header.tsx'

/** Addresses of the built files, whose names change with their content. */
export type Assets = { script: string; styles: string[] }

type Props = {
  title: string
  assets: Assets
  header: HeaderProps
  /** Seconds after which a browser without JavaScript asks again. */
  refreshAfter?: number | undefined
  children: ReactNode
}

export function Document({ title, assets, header, refreshAfter, children }: Props) {
  return (
    <html lang="en">
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{`${title} · Kontor`}</title>
        {assets.styles.map((href) => (
          <link key={href} rel="stylesheet" href={href} />
        ))}
        <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
        <script type="module" src={assets.script} />
        {refreshAfter !== undefined && (
          <noscript>
            <meta httpEquiv="refresh" content={String(refreshAfter)} />
          </noscript>
        )}
      </head>
      <body>
        <a className="skip-link" href="#main">
          Skip to the content
        </a>
        <Header {...header} />
        <main id="main" tabIndex={-1}>
          {children}
        </main>
        <Footer />
        <div className="announcement" role="status" aria-live="polite" data-announcement />
      </body>
    </html>
  )
}
