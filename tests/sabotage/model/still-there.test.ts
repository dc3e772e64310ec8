import { expect, test } from 'vitest'
import { changedFile } from '../changed-file.ts'
import { declarationSabotages } from '../declaration-sabotages.ts'
import { edits } from '../nginx-edits.ts'

// A sample of the sabotages would find out months later.
test.each(declarationSabotages)('there is still something to break for "$why"', async ({ files }) => {
  expect(Object.keys((await files?.()) ?? {})).toHaveLength(1)
})

test.each(edits)('nginx has something to break for "$why"', async ({ file, replace }) => {
  expect(await changedFile(file, replace)).not.toBe('')
})
