import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { changedFile } from './changed-file.ts'
import type { Sabotage } from './sabotage.ts'
import { composeFile, recreate, recreateBy } from './stack-actions.ts'

/**
 * nginx with something replaced in one of its files, by an edited copy that is mounted over it.
 *
 * @param file below `nginx/`
 */
export function nginxWith(
  file: string,
  replace: [RegExp, string],
): Required<Pick<Sabotage, 'break' | 'repair' | 'files'>> {
  let folder = ''
  const changes = () => join(folder, 'changes.json')

  return {
    async break() {
      folder = await mkdtemp(join(tmpdir(), 'sabotage-'))
      const changed = await changedFile(file, replace)
      const source = join(folder, 'changed.conf')
      await writeFile(source, changed, { mode: 0o644 })
      // So that Docker lists it with the mounts that nginx apart from the stack gets too.
      const bind = { create_host_path: false }
      const mount = { type: 'bind', source, target: `/etc/nginx/${file}`, read_only: true, bind }
      await writeFile(changes(), JSON.stringify({ services: { nginx: { volumes: [mount] } } }))
      await recreateBy(changes(), 'nginx')
    },
    async repair() {
      await recreate('nginx')
      await rm(folder, { recursive: true, force: true })
    },
    /** For a suite that makes nginx anew. */
    files: async () => ({ COMPOSE_FILE: `${composeFile}:${changes()}` }),
  }
}
