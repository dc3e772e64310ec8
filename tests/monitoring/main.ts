// Watches a stack of its own, sees that everybody tells and that alerts come, from what happens to Alertmanager.
// Usage: npm run test:monitoring -- [--alerts N] [--seed N] [arguments of vitest]
import { runProject } from '../run-project.ts'

runProject('monitoring', { '--alerts': 'MONITORING_ALERTS', '--seed': 'MONITORING_SEED' })
