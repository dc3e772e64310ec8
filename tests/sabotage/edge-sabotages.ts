import { edits } from './nginx-edits.ts'
import { nginxWith } from './nginx-with.ts'
import type { Sabotage } from './sabotage.ts'

export const edgeSabotages: Sabotage[] = edits.map(({ why, file, replace, suite = 'edge', tests, finds }) => ({
  why: `nginx: ${why}`,
  suite,
  tests: tests.map((name) => `tests/${suite}/${name}.test.ts`),
  finds,
  ...nginxWith(file, replace),
}))
