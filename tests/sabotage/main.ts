// Breaks the test stack, one way at a time, and expects the suites to notice.
// Usage: npm run test:sabotage -- [--sample N] [--seed N] [--only WORDS] [arguments of vitest]
import { runProject } from '../run-project.ts'

runProject('sabotage', { '--sample': 'SABOTAGE_SAMPLE', '--seed': 'SABOTAGE_SEED', '--only': 'SABOTAGE_ONLY' })
