import { Mark } from './icons.tsx'

export function Footer() {
  return (
    <footer className="site-footer">
      <div className="site-footer-row">
        <p className="wordmark">
          <Mark />
          Kontor
        </p>
        <p>
          A demonstration shop. The goods are drawn, the cards are test cards, and nothing is charged or sent. The stock
          counts are real: they live in a database, and two people cannot buy the last piece.
        </p>
        <ul>
          <li>
            <a href="/">All goods</a>
          </li>
          <li>
            <a href="/basket">Basket</a>
          </li>
          <li>
            <a href="/api/openapi.json">API description</a>
          </li>
        </ul>
      </div>
    </footer>
  )
}
