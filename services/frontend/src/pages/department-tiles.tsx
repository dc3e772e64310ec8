import { categories, departments } from '../category.ts'
import { Motif } from './motif.tsx'

/** The four doors from the front page. */
export function DepartmentTiles() {
  return (
    <ul className="doors" aria-label="Shop by department">
      {categories.map((category) => (
        <li key={category}>
          <a className={`door door-${category}`} href={`/category/${category}`}>
            <span className="door-name">{departments[category].name}</span>
            <svg className="picture" viewBox="0 0 200 160" aria-hidden="true">
              <Motif name={null} category={category} />
            </svg>
          </a>
        </li>
      ))}
    </ul>
  )
}
