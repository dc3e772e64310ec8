import { profileStack } from '../profile-stack.ts'

export const PREFIX = 'emon'

export const shop = 'http://localhost:8491'
/** As the operator's programs on this machine reach them. */
export const prometheus = 'http://10.195.9.18:9090'
export const alertmanager = 'http://10.195.9.19:9093'

/** It looks every two seconds, so that nobody waits for it. */
export const { folder, settings, run, startStack, removeStack } = profileStack({
  profile: 'monitoring',
  environment: {
    COMPOSE_PROJECT_NAME: 'secure-ecommerce-monitoring',
    ECOM_PREFIX: PREFIX,
    NET_FRONTEND: '10.195.8',
    NET_BACKEND: '10.195.9',
    NET_DATABASE: '10.195.10',
    NET_PAYMENT: '10.195.11',
    MAC_PREFIX: '02:ec:1e',
    HTTP_PORT: '8491',
    HTTPS_PORT: '8492',
    PROMETHEUS_INTERVAL: '2s',
  },
})
