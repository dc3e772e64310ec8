// Backs up the test stack and a second one beside it, and restores, also when killed half way; and brings a third back to moments of its
// archive.
// Usage: npm run test:backup -- [--products N] [--orders N] [--kills N] [arguments of vitest]
//   --products, --orders  how much is restored against the clock: 100000 and 50000
//   --kills               at how many of the steps of a restore it is killed: at all
import { runProject } from '../run-project.ts'

runProject('backup', { '--products': 'BACKUP_PRODUCTS', '--orders': 'BACKUP_ORDERS', '--kills': 'BACKUP_KILLS' })
