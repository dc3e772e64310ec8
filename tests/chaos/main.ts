// Sells under a storm of killed and paused containers on the test stack, then does the accounts.
// Usage: npm run test:chaos -- [--seed N] [--seconds N] [arguments of vitest]
import { runProject } from '../run-project.ts'

runProject('chaos', { '--seed': 'CHAOS_SEED', '--seconds': 'CHAOS_SECONDS' })
