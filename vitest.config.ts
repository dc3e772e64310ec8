import { defineConfig } from 'vitest/config'

const suite = (name: string, include: string[], test: object = {}) => ({
  test: { name, include, environment: 'node', ...test },
})

/** A stack suite talks to running containers: one file at a time, so that one suite's fault is not another's failure. */
const stackSuite = (name: string, folder = name, test: object = {}) =>
  suite(name, [`tests/${folder}/*.test.ts`], {
    ...{ fileParallelism: false, testTimeout: 180_000, hookTimeout: 180_000 },
    ...test,
  })

export default defineConfig({
  test: {
    projects: [
      suite('unit', ['services/*/src/**/*.test.ts', 'scripts/**/*.test.ts', 'tests/*/model/*.test.ts'], {
        globalSetup: ['tests/unit/databases.ts'],
        // Databases wait for disks: two files at a time, also on two processors.
        maxWorkers: '100%',
        // With real databases, on a machine that may have other work too.
        ...{ testTimeout: 20_000, hookTimeout: 30_000 },
      }),
      stackSuite('api'),
      stackSuite('faults'),
      stackSuite('chaos'),
      stackSuite('hardening'),
      stackSuite('edge'),
      stackSuite('identity'),
      stackSuite('audit'),
      stackSuite('backup', 'backup', { globalSetup: ['tests/backup/start-second-stack.ts'] }),
      stackSuite('isolation'),
      stackSuite('lifecycle', 'isolation/lifecycle'),
      stackSuite('sabotage'),
      stackSuite('policy', 'foreign'),
      stackSuite('quarantine'),
      stackSuite('update'),
      stackSuite('drift'),
      stackSuite('stripe'),
      stackSuite('limits'),
      stackSuite('monitoring'),
      stackSuite('waf'),
      stackSuite('e2e'),
      stackSuite('scripts'),
      stackSuite('firewall'),
      stackSuite('security-check'),
    ],
  },
})
