// A service for run-service.test.ts: /slow answers after half a second.
import { serverSettings } from '@secure-ecommerce/kit/config'
import { createHttpApp } from '@secure-ecommerce/kit/http-app'
import { runService } from '@secure-ecommerce/kit/run-service'

await runService('drain-service', serverSettings, (_config, log) => ({
  app: createHttpApp({
    log,
    ready: async () => {},
    routes: { '/slow': (_req, res) => void setTimeout(() => res.end('whole'), 500) },
  }),
  callers: { '/slow': ['caller'], '/health': ['caller'] },
}))
