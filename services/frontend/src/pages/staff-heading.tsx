import type { ReactNode } from 'react'

const places = [
  { path: '/staff/orders', name: 'Orders' },
  { path: '/staff/products', name: 'Products' },
]

type Props = {
  /** The part of the staff's pages that this is in. */
  within: '/staff/orders' | '/staff/products'
  children: ReactNode
}

export function StaffHeading({ within, children }: Props) {
  return (
    <div className="page-heading">
      <nav className="scope" aria-label="Staff">
        <ul>
          {places.map(({ path, name }) => (
            <li key={path}>
              <a href={path} aria-current={path === within ? 'true' : undefined}>
                {name}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      <h1>{children}</h1>
    </div>
  )
}
