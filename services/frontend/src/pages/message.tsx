export type MessageProps = {
  heading: string
  text: string
  /** What to quote when asking about this failure. */
  requestId?: string | undefined
  action?: { href: string; label: string }
}

/** A page that only says something: not found, refused, out of order. */
export function Message({ heading, text, requestId, action = { href: '/', label: 'See the goods' } }: MessageProps) {
  return (
    <div className="empty empty-page">
      <h1>{heading}</h1>
      <p>{text}</p>
      <a className="button" href={action.href}>
        {action.label}
      </a>
      {requestId && (
        <p className="request-id">
          Request <code>{requestId}</code>
        </p>
      )}
    </div>
  )
}
