import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { stack } from '../stack.ts'
import { check } from './check.ts'

test('the whole stack fails no control but those accepted, and what is accepted in vain is told', () => {
  const accepted = JSON.parse(readFileSync('security/accepted.json', 'utf8'))
  const { IMAGE_TAG = '' } = process.env
  const { status, text, result } = check('', {
    tools: ['trivy', 'gitleaks'],
    accepted,
    env: { FAKE_REPORT: 'clean', COMPOSE_PROJECT_NAME: stack.project, IMAGE_TAG },
  })
  expect({ status, text }).toMatchObject({ status: 0, text: expect.stringContaining('0 failing') })
  expect(result).toMatchObject({ findings: [], gaps: [] })
  expect(result.accepted).toContainEqual(expect.objectContaining({ id: 'CIS 5.4', where: 'NET_ADMIN' }))
  expect(result.sboms).toHaveLength(new Set(result.sboms).size)
  expect(result.sboms.length).toBeGreaterThanOrEqual(8)
  expect(text).toContain('NOT FOUND ANY MORE: DS-0002 of repository, accepted in security/accepted.json')
}, 300_000)
