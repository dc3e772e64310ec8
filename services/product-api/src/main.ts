import { secretFile, serverSettings } from '@secure-ecommerce/kit/config'
import { databaseSettings, openDatabase } from '@secure-ecommerce/kit/database'
import { runService } from '@secure-ecommerce/kit/run-service'
import { createApp } from './app.ts'

const settings = { ...serverSettings, ...databaseSettings, stockApiKey: secretFile('STOCK_API_KEY_FILE') }

await runService('product-api', settings, (config, log) => {
  const database = openDatabase('product-api', config, log)
  return { app: createApp({ log, database, stockApiKey: config.stockApiKey }), close: () => database.end() }
})
