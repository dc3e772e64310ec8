import { expect, test } from 'vitest'
import { declarationSabotages } from '../declaration-sabotages.ts'

// A sample of the sabotages would find out months later.
test.each(declarationSabotages)('there is still something to break for "$why"', async ({ files }) => {
  expect(Object.keys((await files?.()) ?? {})).toHaveLength(1)
})
