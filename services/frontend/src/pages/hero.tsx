import { Motif } from './motif.tsx'

/** What stands on the two boards: motif, palette, and the left edge of its 200 × 160 drawing. */
const upper = [
  { name: 'plant', palette: 1, x: 8 },
  { name: 'radio', palette: 0, x: 180 },
  { name: 'book-stack', palette: 4, x: 352 },
]
const lower = [
  { name: 'mug', palette: 5, x: 4 },
  { name: 'sweater', palette: 7, x: 180 },
  { name: 'lamp', palette: 0, x: 352 },
]

export function Hero() {
  return (
    <section className="hero">
      <div className="hero-words">
        <h1>
          Useful things,
          <br />
          honestly counted.
        </h1>
        <p>
          Kontor is a small general store. The number on the shelf label is the number in the storeroom, and the last
          piece is sold once.
        </p>
        <a className="button" href="#goods">
          See the goods
        </a>
      </div>
      <svg className="hero-shelf" viewBox="0 0 560 450" aria-hidden="true">
        <Board y={206} />
        <Board y={396} />
        {upper.map((item) => (
          <Item key={item.name} {...item} floor={206} />
        ))}
        {lower.map((item) => (
          <Item key={item.name} {...item} floor={396} />
        ))}
      </svg>
    </section>
  )
}

function Board({ y }: { y: number }) {
  return (
    <>
      <rect className="board" x="16" y={y} width="528" height="12" rx="2" />
      <path className="board-shade" d={`M16 ${y + 12}h528v7H16zM64 ${y + 19}h12v18H64zM484 ${y + 19}h12v18h-12z`} />
    </>
  )
}

type ItemProps = { name: string; palette: number; x: number; floor: number }

function Item({ name, palette, x, floor }: ItemProps) {
  return (
    <g className={`picture palette-${palette}`} transform={`translate(${x} ${floor - 138})`}>
      <Motif name={name} category={null} />
    </g>
  )
}
