type Props = {
  /** What did not happen because of the errors. */
  heading: string
  errors: Partial<Record<string, string>> | null
  problem: string | null
}

/** What stands in the way of a form, at its top, with a link to each field. */
export function Problems({ heading, errors, problem }: Props) {
  if (problem) {
    return (
      <div className="notice notice-bad" role="alert">
        <p>{problem}</p>
      </div>
    )
  }
  if (!errors) return null
  return (
    <div className="notice notice-bad" role="alert">
      <p>
        <strong>{heading}</strong>
      </p>
      <ul>
        {Object.entries(errors).map(([field, message]) => (
          <li key={field}>
            <a href={`#${field}`}>{message}</a>
          </li>
        ))}
      </ul>
    </div>
  )
}
