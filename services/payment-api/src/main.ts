import { secretFile, serverSettings } from '@secure-ecommerce/kit/config'
import { databaseSettings, openDatabase } from '@secure-ecommerce/kit/database'
import { runService } from '@secure-ecommerce/kit/run-service'
import { createApp } from './app.ts'
import { simulatedProvider } from './payment-provider.ts'

const keys = { apiKey: secretFile('PAYMENT_API_KEY_FILE'), stripeKey: secretFile('STRIPE_KEY_FILE') }

await runService('payment-api', { ...serverSettings, ...databaseSettings, ...keys }, (config, log) => {
  const database = openDatabase('payment-api', config, log)
  const provider = simulatedProvider(config.stripeKey)
  return { app: createApp({ log, database, provider, apiKey: config.apiKey }), close: () => database.end() }
})
