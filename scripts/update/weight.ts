import { docker } from '../stack/docker.ts'

/** Docker's, of a container that is given none. */
const full = 1024

/** What starts reads and compiles its code; where processors are scarce, those who serve go first. */
export async function startBehind(container: string): Promise<void> {
  await weigh(container, full / 16)
}

export async function countFully(container: string): Promise<void> {
  await weigh(container, full)
}

/** Where it has failed already, that is told elsewhere. */
async function weigh(container: string, shares: number): Promise<void> {
  await docker('update', '--cpu-shares', String(shares), container).catch(() => {})
}
