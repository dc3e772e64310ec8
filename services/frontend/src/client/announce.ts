let hide: ReturnType<typeof setTimeout> | undefined

/** Says something in the corner of the page, and to screen readers. */
export function announce(text: string): void {
  const place = document.querySelector('[data-announcement]')
  if (!place) return
  place.textContent = text
  clearTimeout(hide)
  hide = setTimeout(() => {
    place.textContent = ''
  }, 4000)
}
