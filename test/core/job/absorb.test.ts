import { expect, test } from 'vitest'
import { absorb, nextWish } from '#core/job/absorb'
import { reviewJob } from '../../support/fake-run.ts'

const asker = (userId: number) => ({ login: `dev${userId}`, userId, bot: false })
const place = (commentId: number) => ({ commentId, surface: 'conversation' as const })
const asked = (commentId: number) =>
  reviewJob({
    trigger: { kind: 'command', ...place(commentId), ...asker(commentId), full: false },
  })

const ids = (job = reviewJob()) =>
  (job.absorbed ?? []).map(({ trigger }) =>
    trigger.kind === 'command' ? trigger.commentId : trigger.kind,
  )

test('whoever asked for a review that another one replaces is not forgotten', () => {
  const second = absorb(asked(2), asked(1))
  expect(ids(second)).toEqual([1])
  expect(ids(absorb(reviewJob(), second))).toEqual([1, 2])
})

test('a comment that comes again is kept once, and never beside itself', () => {
  expect(absorb(asked(1), asked(1))).toEqual(asked(1))
  const twice = absorb(asked(3), absorb(asked(2), asked(1)))
  expect(ids(absorb(asked(3), twice))).toEqual([1, 2])
})

test('a push that replaces a push stays as it is', () => {
  expect(absorb(reviewJob({ head: 'b' }), reviewJob())).toEqual(reviewJob({ head: 'b' }))
})

test('the wish before comes back with its own head when the last one does not count', () => {
  const pushed = reviewJob({ head: 'b' })
  const crowd = absorb(asked(2), absorb(asked(1), pushed))
  expect(ids(crowd)).toEqual(['automatic', 1])
  const first = nextWish(crowd)
  expect(first).toEqual({ ...asked(1), absorbed: [{ head: 'b', trigger: pushed.trigger }] })
  expect(nextWish(first ?? pushed)).toEqual({ ...pushed, absorbed: [] })
  expect(nextWish(pushed)).toBeNull()
})

test('of a crowd only the latest are kept', () => {
  let job = asked(1)
  for (let id = 2; id <= 60; id += 1) job = absorb(asked(id), job)
  expect(ids(job)).toEqual(Array.from({ length: 20 }, (_, index) => 40 + index))
})
