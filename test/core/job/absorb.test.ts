import { expect, test } from 'vitest'
import { absorb, nextWish, wishOf, withoutAnswered } from '#core/job/absorb'
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

test('a review that joins one with wishes of its own loses none of either', () => {
  expect(ids(absorb(absorb(asked(4), asked(3)), absorb(asked(2), asked(1))))).toEqual([1, 2, 3])
})

test('of pushes each kind is kept, because settings may listen to one of them alone', () => {
  const of = (action: string) => reviewJob({ trigger: { kind: 'automatic', action } })
  const all = absorb(of('synchronize'), absorb(of('synchronize'), of('opened')))
  expect(all.absorbed?.map(({ trigger }) => trigger)).toEqual([of('opened').trigger])
})

test('a comment that comes again is kept once, and never beside itself', () => {
  expect(absorb(asked(1), asked(1))).toEqual(asked(1))
  const twice = absorb(asked(3), absorb(asked(2), asked(1)))
  expect(ids(absorb(asked(3), twice))).toEqual([1, 2])
})

test('a push that replaces a push knows the heads before it, and is else as it was', () => {
  const first = reviewJob({ head: 'b', earlier: ['a'] })
  const second = absorb(reviewJob({ head: 'c', earlier: ['b'] }), first)
  expect(second).toEqual(reviewJob({ head: 'c', earlier: ['a', 'b'] }))
  const back = absorb(reviewJob({ head: 'a', earlier: ['c'] }), second)
  expect(back.earlier).toEqual(['b', 'c'])
  expect(absorb(reviewJob({ head: 'b' }), reviewJob({ head: '' }))).toEqual(
    reviewJob({ head: 'b' }),
  )
})

test('of many heads the last twenty are kept', () => {
  let job = reviewJob({ head: '0' })
  for (let head = 1; head <= 60; head += 1) job = absorb(reviewJob({ head: `${head}` }), job)
  expect(job.earlier).toEqual(Array.from({ length: 20 }, (_, index) => `${40 + index}`))
})

test('the wish before comes back with its own head when the last one does not count', () => {
  const pushed = reviewJob({ head: 'b' })
  const crowd = absorb(asked(2), absorb(asked(1), pushed))
  expect(ids(crowd)).toEqual(['automatic', 1])
  const first = nextWish(crowd)
  const earlier = ['b']
  const absorbed = [wishOf(pushed)]
  expect(first).toEqual({ ...asked(1), absorbed, earlier })
  expect(nextWish(first ?? pushed)).toEqual({ ...pushed, absorbed: [], earlier })
  expect(nextWish(pushed)).toBeNull()
})

const said = (commentId: number, userId: number) =>
  reviewJob({ trigger: { kind: 'command', ...place(commentId), ...asker(userId), full: false } })

test('of a crowd only the latest are kept', () => {
  let job = asked(1)
  for (let id = 2; id <= 60; id += 1) job = absorb(asked(id), job)
  expect(ids(job)).toEqual(Array.from({ length: 45 }, (_, index) => 15 + index))
})

test('a crowd of comments by one person costs no push and nobody else their comment', () => {
  let job = absorb(said(1, 70), reviewJob())
  for (let id = 100; id <= 160; id += 1) job = absorb(said(id, 66), job)
  const latest = Array.from({ length: 15 }, (_, index) => 145 + index)
  expect(ids(job)).toEqual(['automatic', 1, ...latest])
})

test('a button that ends a pause is kept beside one that does not', () => {
  const button = { kind: 'rerun', checkRunId: 3, ...asker(1) } as const
  const resume = reviewJob({ trigger: { ...button, resumes: true } })
  const again = absorb(reviewJob({ trigger: button }), resume)
  expect(again.absorbed?.map(({ trigger }) => trigger)).toEqual([resume.trigger])
  expect(absorb(reviewJob({ trigger: button }), again).absorbed).toHaveLength(1)
})

test('a wish keeps the delivery that brought it, and each press of a button is one', () => {
  const button = { kind: 'rerun', checkRunId: 3, ...asker(1) } as const
  const press = (delivery: string) => reviewJob({ trigger: button, delivery })
  const waiting = absorb(reviewJob({ delivery: 'push' }), press('second'))
  expect(nextWish(waiting)).toMatchObject({ trigger: button, delivery: 'second' })
  const first = absorb(reviewJob({ delivery: 'push' }), press('first'))
  expect(ids(withoutAnswered(waiting, first))).toEqual(['rerun'])
  expect(ids(withoutAnswered(waiting, waiting))).toEqual([])
})

test('what an earlier review has answered is taken out, whichever way it was asked', () => {
  const waiting = absorb(reviewJob(), absorb(asked(3), absorb(asked(2), asked(1))))
  const answered = absorb(asked(2), asked(1))
  expect(ids(withoutAnswered(waiting, answered))).toEqual([3])
  expect(ids(withoutAnswered(waiting, reviewJob()))).toEqual([1, 2, 3])
})
