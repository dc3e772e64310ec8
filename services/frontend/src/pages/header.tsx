import { maxSearchLength } from '../catalogue-path.ts'
import { type Category, categories, departments } from '../category.ts'
import { BasketIcon, Mark, SearchIcon } from './icons.tsx'

export type HeaderProps = {
  basketCount: number
  search?: string | undefined
  category?: Category | undefined
  signedIn?: boolean
  /** Whether the staff's pages are open to them. */
  staff?: boolean
}

export function Header({ basketCount, search, category, signedIn = false, staff = false }: HeaderProps) {
  return (
    <header className="site-header">
      <div className="site-header-row">
        <a className="wordmark" href="/">
          <Mark />
          Kontor
        </a>
        <Departments current={category} />
        <search>
          <form className="search" action="/" method="get">
            <label className="visually-hidden" htmlFor="q">
              Search the shop
            </label>
            <input
              id="q"
              name="q"
              type="search"
              placeholder="Search"
              maxLength={maxSearchLength}
              defaultValue={search}
            />
            <button type="submit" aria-label="Search">
              <SearchIcon />
            </button>
          </form>
        </search>
        <div className="header-links">
          <People signedIn={signedIn} staff={staff} />
          <a className="basket-link" href="/basket" data-basket-link>
            <BasketIcon />
            <span className="basket-word">Basket</span>
            <BasketCount count={basketCount} />
          </a>
        </div>
      </div>
    </header>
  )
}

function People({ signedIn, staff }: { signedIn: boolean; staff: boolean }) {
  const links = [
    staff && { href: '/staff/orders', name: 'Staff' },
    signedIn && !staff && { href: '/orders', name: 'Orders' },
    signedIn ? { href: '/account', name: 'Account' } : { href: '/sign-in', name: 'Sign in' },
  ].filter((link) => link !== false)
  return (
    <nav className="people" aria-label="You">
      <ul>
        {links.map(({ href, name }) => (
          <li key={href}>
            <a href={href}>{name}</a>
          </li>
        ))}
      </ul>
    </nav>
  )
}

function Departments({ current }: { current: Category | undefined }) {
  return (
    <nav className="departments" aria-label="Departments">
      <ul>
        {categories.map((category) => (
          <li key={category}>
            <a
              className={`department department-${category}`}
              href={`/category/${category}`}
              aria-current={category === current ? 'page' : undefined}
            >
              {departments[category].name}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  )
}

function BasketCount({ count }: { count: number }) {
  return (
    <span className={count > 0 ? 'basket-count basket-count-some' : 'basket-count'}>
      <span data-basket-count>{count}</span>
      <span className="visually-hidden"> {count === 1 ? 'item' : 'items'}</span>
    </span>
  )
}
