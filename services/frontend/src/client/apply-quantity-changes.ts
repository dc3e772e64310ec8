/** Long enough to press a stepper several times before the page is asked for again. */
const settleTime = 600

/** Sends a changed quantity by itself, so the Update button can go. */
export function applyQuantityChanges(): void {
  for (const form of document.querySelectorAll<HTMLFormElement>('form[data-change]')) {
    let settled: ReturnType<typeof setTimeout> | undefined
    form.querySelector('button[type=submit]')?.classList.add('visually-hidden')
    form.addEventListener('change', () => {
      clearTimeout(settled)
      settled = setTimeout(() => form.requestSubmit(), settleTime)
    })
  }
}
