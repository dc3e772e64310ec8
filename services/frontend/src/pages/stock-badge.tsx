/** From this many on, a card keeps silent about stock. */
const plenty = 6

export function StockBadge({ stock }: { stock: number }) {
  if (stock === 0) return <span className="badge badge-out">Sold out</span>
  if (stock < plenty) return <span className="badge badge-low">Only {stock} left</span>
  return null
}
