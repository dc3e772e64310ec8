import { requireTestStack } from '../stack.ts'
import { removeSecondStack, startSecondStack } from './second-stack.ts'

export default async function setUp(): Promise<() => Promise<void>> {
  requireTestStack()
  await startSecondStack()
  return removeSecondStack
}
