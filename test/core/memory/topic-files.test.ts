import { expect, test } from 'vitest'
import { titleOf } from '#core/memory/topic-files'

test.each([
  ['error-handling.md', 'Error handling'],
  ['error-handling-2.md', 'Error handling (2)'],
  ['sendgrid.md', 'SendGrid'],
  ['aws-sqs-3.md', 'AWS SQS (3)'],
  ['notes/stripe.md', 'Stripe'],
  ['google-apis.md', 'Google APIs'],
  ['aws-ses.md', 'AWS SES'],
  ['vertex-ai.md', 'Vertex AI'],
])('%s is called %s', (path, title) => {
  expect(titleOf(path)).toBe(title)
})
