import { announce } from './announce.ts'

/** Adds to the basket while the customer stays on the page. When anything fails, the form is sent the ordinary way. */
export function addWithoutLeaving(): void {
  for (const form of document.querySelectorAll<HTMLFormElement>('form[data-add]')) {
    form.addEventListener('submit', (event) => {
      event.preventDefault()
      add(form).catch(() => form.submit())
    })
  }
}

async function add(form: HTMLFormElement): Promise<void> {
  const fields = new FormData(form)
  const body = new URLSearchParams([...fields].map(([name, value]) => [name, String(value)]))
  const answer = await fetch(form.action, { method: 'POST', body, headers: { accept: 'application/json' } })
  if (!answer.ok) throw new Error(`the basket answered ${answer.status}`)
  const { count }: { count: number } = await answer.json()
  showCount(count)
  announce(`Added. ${count} in your basket.`)
}

function showCount(count: number): void {
  const number = document.querySelector('[data-basket-count]')
  if (!number) return
  number.textContent = String(count)
  number.parentElement?.classList.toggle('basket-count-some', count > 0)
}
