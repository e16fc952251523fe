import { expect, test } from 'vitest'
import { REVIEW_ACTION } from '#core/job/check-actions'

test('a button is as short as GitHub wants it', () => {
  expect(REVIEW_ACTION.label.length).toBeLessThanOrEqual(20)
  expect(REVIEW_ACTION.description.length).toBeLessThanOrEqual(40)
  expect(REVIEW_ACTION.identifier.length).toBeLessThanOrEqual(20)
})
