import { expect, test } from 'vitest'
import { runScript } from './run-script.ts'

const notHealthy = (before: string, now: string) =>
  runScript(`set -eu; . scripts/start/wait-healthy.sh; not_healthy "$BEFORE" "$NOW"`, {
    env: { BEFORE: before, NOW: now },
  })

test('a container that is healthy is not judged by its restarts', () => {
  const states = 'ecom-nginx 4 running healthy'
  expect(notHealthy(states, states)).toEqual({ status: 0, text: '' })
})

test('of a container that is not healthy, only the restarts of this start count', () => {
  expect(notHealthy('ecom-nginx 4 running healthy', 'ecom-nginx 5 restarting unhealthy')).toEqual({
    status: 0,
    text: 'ecom-nginx 1 restarting\n',
  })
})

test('a container that was not there before counts from none', () => {
  expect(notHealthy('', 'ecom-nginx 3 exited ')).toEqual({ status: 0, text: 'ecom-nginx 3 exited\n' })
})
