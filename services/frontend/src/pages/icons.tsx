/** Icons are decoration: the control that holds one says in words what it does. */
export function BasketIcon() {
  return (
    <svg className="icon" viewBox="0 0 24 24" aria-hidden="true">
      <path d="M3 9h18l-2 11H5zM8 9l3-6M16 9l-3-6M9 13v4M15 13v4" />
    </svg>
  )
}

export function SearchIcon() {
  return (
    <svg className="icon" viewBox="0 0 24 24" aria-hidden="true">
      <circle cx="10.5" cy="10.5" r="6.5" />
      <path d="M15.5 15.5L21 21" />
    </svg>
  )
}

export function PlusIcon() {
  return (
    <svg className="icon" viewBox="0 0 24 24" aria-hidden="true">
      <path d="M12 5v14M5 12h14" />
    </svg>
  )
}

export function ArrowIcon() {
  return (
    <svg className="icon" viewBox="0 0 24 24" aria-hidden="true">
      <path d="M4 12h16M13 5l7 7-7 7" />
    </svg>
  )
}

/** The shop's mark: a price tag. */
export function Mark() {
  return (
    <svg className="mark" viewBox="0 0 32 32" aria-hidden="true">
      <path className="mark-tag" d="M2 2h16l12 12-16 16L2 18z" />
      <circle className="mark-hole" cx="9.5" cy="9.5" r="3" />
    </svg>
  )
}
