import { profileStack } from '../profile-stack.ts'

export const PREFIX = 'elimit'

/** Ten writes, so that few requests tell who has counted them. */
export const { folder, run, compose, startStack, removeStack } = profileStack({
  profile: 'limits',
  environment: {
    COMPOSE_PROJECT_NAME: 'secure-ecommerce-limits',
    ECOM_PREFIX: PREFIX,
    NET_FRONTEND: '10.195.4',
    NET_BACKEND: '10.195.5',
    NET_DATABASE: '10.195.6',
    NET_PAYMENT: '10.195.7',
    MAC_PREFIX: '02:ec:0d',
    LIMIT_COUNTERS: 'redis',
    LIMIT_ANONYMOUS_WRITES: '10',
  },
  services: ['redis', 'api-gateway'],
})
