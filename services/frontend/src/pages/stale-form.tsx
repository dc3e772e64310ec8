import { PostForm } from './post-form.tsx'

export type StaleFormProps = {
  action: string
  /** What was typed. */
  fields: [name: string, value: string][]
}

/** A form whose page had grown old, to be sent again as it was. */
export function StaleForm({ action, fields }: StaleFormProps) {
  return (
    <div className="empty empty-page">
      <h1>Please send that once more</h1>
      <p>
        The page that it came from had grown old: you signed in or out since, or opened the shop anew. Nothing was
        changed, and what you typed is kept, passwords aside.
      </p>
      <PostForm action={action} data-once>
        {fields.map(([name, value]) => (
          <input key={name} type="hidden" name={name} value={value} />
        ))}
        <button className="button" type="submit">
          Send it again
        </button>
      </PostForm>
      <p className="request-id">
        If you see this again, your browser keeps no cookies for this address: it has to allow them, and the address has
        to begin with https, or be localhost.
      </p>
    </div>
  )
}
