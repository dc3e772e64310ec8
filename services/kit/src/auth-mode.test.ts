import { expect, test } from 'vitest'
import { refuseOpenDemo } from './auth-mode.ts'

test.each([
  { authMode: 'demo', bindAddress: '127.0.0.1', refused: false },
  { authMode: 'demo', bindAddress: '::1', refused: true },
  { authMode: 'demo', bindAddress: '0.0.0.0', refused: true },
  { authMode: 'demo', bindAddress: '192.168.1.5', refused: true },
  { authMode: 'enforced', bindAddress: '127.0.0.1', refused: false },
  { authMode: 'enforced', bindAddress: '0.0.0.0', refused: false },
] as const)('AUTH_MODE=$authMode on $bindAddress is refused: $refused', ({ refused, ...choice }) => {
  const start = () => refuseOpenDemo('some-api', choice)
  if (refused) expect(start).toThrow('some-api cannot start: AUTH_MODE=demo')
  else expect(start).not.toThrow()
})
