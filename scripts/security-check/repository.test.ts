import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { latestTags } from './repository.ts'

test('the tag latest is found in Dockerfiles and Compose files, with its line', () => {
  const folder = mkdtempSync(join(tmpdir(), 'latest-'))
  try {
    const files = {
      Dockerfile: 'ARG NODE_IMAGE=node:latest\nFROM $NODE_IMAGE\nFROM debian:latest AS other\nFROM debian:13\n',
      'docker-compose.yml': 'services:\n  web:\n    image: "nginx:latest"\n  db:\n    image: shop/db:1.0\n',
      'notes.md': 'FROM debian:latest\n',
    }
    for (const [file, text] of Object.entries(files)) writeFileSync(join(folder, file), text)
    expect(latestTags(folder, Object.keys(files)).map(({ where, what }) => [where, what])).toEqual([
      ['Dockerfile:1', 'node:latest'],
      ['Dockerfile:3', 'debian:latest'],
      ['docker-compose.yml:3', 'nginx:latest'],
    ])
  } finally {
    rmSync(folder, { recursive: true })
  }
})
