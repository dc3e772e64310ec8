/** Makes the button of a sent form wait for the answer. A second click would be harmless, but it looks like doubt. */
export function sendFormsOnce(): void {
  for (const form of document.querySelectorAll<HTMLFormElement>('form[data-once]')) {
    const button = form.querySelector<HTMLButtonElement>('button[type=submit]')
    if (!button) continue
    form.addEventListener('submit', () => {
      button.disabled = true
    })
    // A page that comes back from the browser's history must be usable again.
    window.addEventListener('pageshow', () => {
      button.disabled = false
    })
  }
}
