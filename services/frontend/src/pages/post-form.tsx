import { createContext, type FormHTMLAttributes, type ReactNode, useContext } from 'react'
import { formTokenField } from '../form-token-field.ts'

/** The token of the browser that the page is for. */
export const FormToken = createContext('')

type Props = Omit<FormHTMLAttributes<HTMLFormElement>, 'action' | 'method'> & { action: string; children: ReactNode }

/** Every form that changes something is one of these: without the token nothing is accepted. */
export function PostForm({ children, ...attributes }: Props) {
  const token = useContext(FormToken)
  return (
    <form {...attributes} method="post">
      <input type="hidden" name={formTokenField} value={token} />
      {children}
    </form>
  )
}
