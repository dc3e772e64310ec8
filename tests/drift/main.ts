// Plants deviations in the test stack, one at a time, and expects "npm run drift" to name each.
// Usage: npm run test:drift -- [--sample N] [--seed N] [arguments of vitest]
import { runProject } from '../run-project.ts'

runProject('drift', { '--sample': 'DRIFT_SAMPLE', '--seed': 'DRIFT_SEED' })
