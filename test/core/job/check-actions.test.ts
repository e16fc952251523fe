import { expect, test } from 'vitest'
import { RESUME_ACTION, REVIEW_ACTION } from '#core/job/check-actions'

test.each([REVIEW_ACTION, RESUME_ACTION])('a button is as short as GitHub wants it', (action) => {
  expect(action.label.length).toBeLessThanOrEqual(20)
  expect(action.description.length).toBeLessThanOrEqual(40)
  expect(action.identifier.length).toBeLessThanOrEqual(20)
})
