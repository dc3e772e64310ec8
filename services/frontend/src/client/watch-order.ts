const firstWait = 1_000
const longestWait = 15_000

/** Shows the order page anew once its status has moved on, asking less and less often while it does not. */
export function watchOrder(): void {
  const order = document.querySelector<HTMLElement>('[data-order]')
  if (order) askAgain(order, firstWait)
}

function askAgain(order: HTMLElement, wait: number): void {
  setTimeout(async () => {
    // A question that fails is one without an answer yet.
    const moved = await hasMoved(order).catch(() => false)
    if (moved) location.reload()
    else askAgain(order, Math.min(wait * 1.5, longestWait))
  }, wait)
}

/** What lets a guest see the page, its address, lets them ask as well. */
async function hasMoved({ dataset }: HTMLElement): Promise<boolean> {
  const answer = await fetch(`/orders/${dataset.order}/status${location.search}`, {
    headers: { accept: 'application/json' },
  })
  const { status }: { status: string } = await answer.json()
  return answer.ok && status !== dataset.status
}
