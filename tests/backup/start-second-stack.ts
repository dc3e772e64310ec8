import { requireTestStack } from '../stack.ts'
import { second } from './second-stack.ts'

export default async function setUp(): Promise<() => Promise<void>> {
  requireTestStack()
  await second.start()
  return second.remove
}
