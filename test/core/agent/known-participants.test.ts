import { expect, test } from 'vitest'
import { unknownParticipants } from '#core/agent/known-participants'

const CODE = [
  'src/payments/order_service.ts',
  'const stripe = new Stripe(process.env.STRIPE_KEY)\nawait orderQueue.add(job)',
]

test.each([
  'Stripe',
  'Stripe API',
  'OrderService',
  'order service',
  'src/payments/order_service.ts',
  'Queue',
])('%s is in the code', (name) => {
  expect(unknownParticipants([name], CODE)).toEqual([])
})

test.each(['Kafka', 'BillingGateway', 'Warehouse Service', '!?', 'a'])('%s is not', (name) => {
  expect(unknownParticipants([name], CODE)).toEqual([name])
})

test('of several the unknown ones are named, once each', () => {
  expect(unknownParticipants(['Stripe', 'Kafka', 'Kafka'], CODE)).toEqual(['Kafka'])
})
