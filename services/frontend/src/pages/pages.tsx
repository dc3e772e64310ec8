import { ArrowIcon } from './icons.tsx'

/** Leads through a list that is shown a page at a time; each is the address of a page, where there is one. */
export function Pages({ first, next }: { first: string | null; next: string | null }) {
  if (!first && !next) return null
  return (
    <nav className="pages" aria-label="Pages">
      {first && (
        <a className="button button-quiet" href={first} rel="first">
          First page
        </a>
      )}
      {next && (
        <a className="button button-quiet" href={next} rel="next">
          Next page <ArrowIcon />
        </a>
      )}
    </nav>
  )
}
