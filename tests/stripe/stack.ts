import { profileStack } from '../profile-stack.ts'

/** Of the range for documentation, as all that is outside here. */
export const RESOLVER = '198.51.100.254'

export const PREFIX = 'estrip'

export const { folder, run, compose, startStack, removeStack } = profileStack({
  profile: 'stripe',
  environment: {
    COMPOSE_PROJECT_NAME: 'secure-ecommerce-way-out',
    ECOM_PREFIX: PREFIX,
    NET_FRONTEND: '10.195.0',
    NET_BACKEND: '10.195.1',
    NET_DATABASE: '10.195.2',
    NET_PAYMENT: '10.195.3',
    MAC_PREFIX: '02:ec:07',
    STRIPE_RESOLVER: RESOLVER,
    PAYMENT_PROVIDER: 'simulated',
  },
  services: ['payment-db', 'payment-api', 'stripe-egress'],
})
