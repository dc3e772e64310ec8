import { spawnSync } from 'node:child_process'

/**
 * Runs a project of vitest with this process's arguments and ends as it does.
 *
 * @param options those that are the suite's own, each with a value, by the variable it reads them from; the others are vitest's
 */
export function runProject(project: string, options: Record<string, string>): void {
  const env = { ...process.env }
  const passedOn: string[] = []
  const given = process.argv.slice(2)
  while (given.length > 0) {
    const [word = '', value] = given
    const variable = options[word]
    if (variable !== undefined) {
      if (value === undefined) throw new Error(`expected a value after ${word}, but found none`)
      env[variable] = value
    } else {
      passedOn.push(word)
    }
    given.splice(0, variable === undefined ? 1 : 2)
  }
  const { status } = spawnSync('vitest', ['run', '--project', project, ...passedOn], { stdio: 'inherit', env })
  process.exitCode = status ?? 1
}
