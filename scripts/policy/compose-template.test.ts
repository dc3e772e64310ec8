// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are Compose's variables
import { expect, test } from 'vitest'
import { toTemplate } from './compose-template.ts'

test.each([
  { compose: '${NET_FRONTEND:-172.20.0}.10', template: '@NET_FRONTEND@.10' },
  { compose: '${MAC_PREFIX-02:ec:01}:14:00:0a', template: '@MAC_PREFIX@:14:00:0a' },
  { compose: '${ECOM_PREFIX:?not set}-nginx', template: '@ECOM_PREFIX@-nginx' },
  { compose: '$ECOM_PREFIX-nginx', template: '@ECOM_PREFIX@-nginx' },
  { compose: '172.20.0.10', template: '172.20.0.10' },
])('$compose becomes $template', ({ compose, template }) => {
  expect(toTemplate(compose)).toBe(template)
})
