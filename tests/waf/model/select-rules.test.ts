import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const program = fileURLToPath(new URL('../../../nginx/waf/select-rules.awk', import.meta.url))
const select = (input: string) => execFileSync('awk', ['-f', program], { input, encoding: 'utf8' })

const rule = (id: number, tag: string, chained = false) => `
SecRule ARGS "@rx x" \\
    "id:${id},\\
    phase:2,\\
    tag:'${tag}',\\
    ${chained ? 'chain"\n    SecRule TX:1 "@eq 1" \\\n        "t:none"' : 't:none"'}
`

test.each([
  'paranoia-level/3',
  'paranoia-level/4',
  'language-php',
  'language-java',
  'platform-windows',
  'platform-iis',
])('a rule of %s is left out, with all of its chain, and the next one stays', (tag) => {
  const left = select(`${rule(1, tag, true)}# of tag:'language-php'\n${rule(2, 'language-multi')}SecMarker "END"\n`)
  expect(left).not.toContain('id:1')
  expect(left).not.toContain('TX:1')
  expect(left).toContain('id:2')
  expect(left).toContain('SecMarker "END"')
})

test.each(['paranoia-level/1', 'paranoia-level/2', 'language-javascript', 'platform-unix'])(
  'a rule of %s stays whole',
  (tag) => {
    const text = rule(1, tag, true)
    expect(select(text)).toBe(text)
  },
)
