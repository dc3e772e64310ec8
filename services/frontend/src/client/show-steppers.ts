/** Puts a button for one less and one for one more around each quantity field. */
export function showSteppers(): void {
  for (const stepper of document.querySelectorAll('[data-quantity] .stepper')) {
    const input = stepper.querySelector('input')
    if (!input) continue
    const what = input.labels?.[0]?.textContent ?? 'quantity'
    stepper.prepend(stepButton(input, '−', `One less: ${what}`, () => input.stepDown()))
    stepper.append(stepButton(input, '+', `One more: ${what}`, () => input.stepUp()))
    stepper.classList.add('stepper-live')
  }
}

function stepButton(input: HTMLInputElement, sign: string, label: string, step: () => void): HTMLButtonElement {
  const button = document.createElement('button')
  button.type = 'button'
  button.textContent = sign
  button.setAttribute('aria-label', label)
  button.addEventListener('click', () => {
    step()
    input.dispatchEvent(new Event('change', { bubbles: true }))
  })
  return button
}
