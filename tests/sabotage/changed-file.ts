import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'

/**
 * A file of `nginx/` with something replaced. Throws where there is nothing to replace: such a sabotage would break nothing.
 */
export async function changedFile(file: string, [what, by]: [RegExp, string]): Promise<string> {
  const path = fileURLToPath(new URL(`../../nginx/${file}`, import.meta.url))
  const text = await readFile(path, 'utf8')
  const changed = text.replace(what, by)
  if (changed === text) throw new Error(`expected ${what} in ${path}, but found nothing to replace`)
  return changed
}
