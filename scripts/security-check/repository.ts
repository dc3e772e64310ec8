import { execFile } from 'node:child_process'
import { cpSync, existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Finding } from './finding.ts'

/** What is committed, or would be: neither secrets nor packages that are only lying there. */
export async function repositoryFiles(root: string): Promise<string[]> {
  const { stdout } = await promisify(execFile)(
    'git',
    ['-C', root, 'ls-files', '--cached', '--others', '--exclude-standard', '-z'],
    { maxBuffer: 64 * 1024 * 1024 },
  )
  return stdout.split('\0').filter((file) => file !== '' && existsSync(join(root, file)))
}

export function copyFiles(root: string, files: string[], to: string): void {
  for (const file of files) cpSync(join(root, file), join(to, file))
}

/** Images of Dockerfiles and Compose files that could be another tomorrow. */
export function latestTags(root: string, files: string[]): Finding[] {
  const wanted = files.filter((file) => /(^|[/.])Dockerfile$|compose[^/]*\.ya?ml$/i.test(file))
  return wanted.flatMap((file) =>
    readFileSync(join(root, file), 'utf8')
      .split('\n')
      .flatMap((line, index): Finding[] => {
        const image = /^\s*(?:FROM|image:|ARG \w*IMAGE=)\s*["']?(\S+:latest)\b/i.exec(line)?.[1]
        if (!image) return []
        const place = { target: 'repository', where: `${file}:${index + 1}` }
        return [{ kind: 'control', id: 'pinned image', severity: 'HIGH', ...place, what: image, fix: 'a version' }]
      }),
  )
}
