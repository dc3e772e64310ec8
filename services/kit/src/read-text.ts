import { readFileSync } from 'node:fs'

/** The content of a file that has to be there. Throws an Error that names the file and what is wrong with it. */
export function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    const reason = { ENOENT: 'no such file', EACCES: 'not readable by this user' }[code ?? ''] ?? code
    throw new Error(`${path}: ${reason}`)
  }
}
