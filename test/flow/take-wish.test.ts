import { describe, expect, test } from 'vitest'
import type { ReviewJob } from '#core/job/job'
import { reviewJob } from '../support/fake-run.ts'
import { HEAD } from './fake-pull.ts'
import { COMMAND, PAUSED, stage } from './review-stage.ts'

const REVIEWED = { because: expect.stringMatching(/^Reviewed/) }
const ASKED = { head: '', trigger: COMMAND }
const PUSHED = { head: HEAD, trigger: { kind: 'automatic', action: 'synchronize' } as const }
const PRESSED = {
  head: HEAD,
  trigger: {
    ...({ kind: 'rerun', checkRunId: 3 } as const),
    ...{ login: 'dev', userId: 11, bot: false },
  },
}
const kinds = (jobs: readonly ReviewJob[]) => jobs.map(({ trigger }) => trigger.kind)

describe('a head that was reviewed before', () => {
  /** The automatic review is done; what it was for is `done`. */
  const reviewed = (job: ReviewJob, done: Partial<ReviewJob> = {}) => {
    const s = stage({ model: false, job })
    s.claims((asked) =>
      asked.trigger.kind === 'automatic'
        ? { kind: 'ended', job: reviewJob(done) }
        : { kind: 'claimed', run: s.run },
    )
    return s
  }

  test('costs nobody the review that a late push took the place of', async () => {
    const s = reviewed(reviewJob({ absorbed: [ASKED] }))
    expect(await s.review()).toMatchObject(REVIEWED)
    expect(kinds(s.seen.opened)).toEqual(['automatic', 'command'])
    expect(s.world.reactions).toEqual(['eyes', 'rocket'])
  })

  test('is not reviewed again for a comment that its review has answered', async () => {
    const s = reviewed(reviewJob({ absorbed: [ASKED] }), { absorbed: [ASKED] })
    expect(await s.review()).toEqual({ kind: 'done', because: 'this head was reviewed before' })
    expect(kinds(s.seen.opened)).toEqual(['automatic'])
    expect(s.world.reactions).toEqual([])
  })
})

describe("an outsider's change", () => {
  const outside = { authorLogin: 'stranger', authorId: 41 }
  const open = { id: 7, owner: 'acme', name: 'shop', private: false }

  test('is reviewed for a comment that a late event took the place of', async () => {
    const job = reviewJob({ repository: open, absorbed: [ASKED] })
    const s = stage({ model: false, job, state: outside })
    s.seen.known.push({ headSha: HEAD, baseRef: 'main', createdAt: 1, job: reviewJob() })
    expect(await s.review()).toMatchObject(REVIEWED)
    expect(s.world.checks.map(({ title }) => title)).toEqual(['Reviewed, no findings'])
    expect(s.world.reactions).toEqual(['eyes', 'rocket'])
  })

  test('waits where the push that took the place of a comment came after it', async () => {
    const job = reviewJob({ repository: open, ...PUSHED, absorbed: [ASKED] })
    const s = stage({ model: false, job, state: outside })
    s.seen.known.push({ headSha: 'b'.repeat(40), baseRef: 'main', createdAt: 1, job: reviewJob() })
    expect(await s.review()).toMatchObject({ kind: 'done' })
    expect(s.world.checks.map(({ title }) => title)).toContain('Waiting for a maintainer')
    expect(s.world.reactions).toEqual(['confused'])
    expect(kinds(s.seen.opened)).not.toContain('command')
  })
})

describe("an outsider's head that no maintainer has seen", () => {
  const outside = { authorLogin: 'stranger', authorId: 41 }
  const open = { id: 7, owner: 'acme', name: 'shop', private: false }
  const job = reviewJob({ repository: open, ...PUSHED, absorbed: [ASKED] })

  test('is not reviewed for a comment that waited before the push', async () => {
    const s = stage({ model: false, job, state: outside })
    await s.review()
    expect(s.world.checks.map(({ title }) => title)).toEqual(['Waiting for a maintainer'])
    expect(kinds(s.seen.opened)).not.toContain('command')
  })

  test('waits as the event told of it, so that a later comment is known to be later', async () => {
    const trigger = { ...PUSHED.trigger, at: '2026-11-30T10:00:30Z' }
    const s = stage({
      model: false,
      job: reviewJob({ repository: open, trigger }),
      state: outside,
    })
    await s.review()
    expect(s.seen.opened).toMatchObject([{ trigger, head: HEAD }])
  })

  test('is not shown to the model where rules alone review strangers either', async () => {
    const s = stage({ settings: 'review: { outsiders: rules }\n', job, state: outside })
    s.seen.known.push({ headSha: 'b'.repeat(40), baseRef: 'main', createdAt: 1, job: reviewJob() })
    await s.review()
    expect([kinds(s.seen.opened), s.seen.turns]).toEqual([['automatic'], 0])
    const asked = stage({
      settings: 'review: { outsiders: rules }\n',
      job: reviewJob({ repository: open, trigger: COMMAND }),
      state: outside,
    })
    asked.seen.known.push(...s.seen.known)
    await asked.review()
    // The push has its review still before it: nothing may stand in its place.
    expect([asked.seen.opened, asked.seen.turns]).toEqual([[], 0])
    expect(asked.world.reactions).toEqual(['confused'])
  })

  test('is not reviewed though it was there before: it was pushed again after the comment', async () => {
    const s = stage({ model: false, job, state: outside })
    s.seen.known.push({ headSha: HEAD, baseRef: 'main', createdAt: 1, job: reviewJob() })
    await s.review()
    expect(kinds(s.seen.opened)).not.toContain('command')
  })

  test.each([
    ['that a push followed', job],
    [
      'that leads, of which it came later',
      reviewJob({
        repository: open,
        trigger: { ...COMMAND, at: '2026-11-30T10:00:00Z' },
        absorbed: [{ head: HEAD, trigger: { ...PUSHED.trigger, at: '2026-11-30T10:00:30Z' } }],
      }),
    ],
  ])('is not reviewed for a comment %s, at the second try either', async (_, asked) => {
    const s = stage({ model: false, job: asked, state: outside })
    s.seen.known.push({ headSha: 'b'.repeat(40), baseRef: 'main', createdAt: 1, job: reviewJob() })
    s.world.before = () => {
      throw new Error('killed')
    }
    await expect(s.review()).rejects.toThrow('killed')
    expect(kinds(s.seen.opened)).toEqual(['automatic'])
    // What the store keeps of it.
    for (const left of s.seen.opened)
      s.seen.known.unshift({ headSha: HEAD, baseRef: 'main', createdAt: 1, job: left })
    s.world.before = () => undefined
    await s.review()
    expect(kinds(s.seen.opened)).not.toContain('command')
  })
})

test('what was refused as too much stays refused, while the push in its job waits', async () => {
  const job = reviewJob({ trigger: COMMAND, absorbed: [PUSHED] })
  const s = stage({ job })
  s.allowing.push('silent')
  expect(await s.review()).toMatchObject({ kind: 'wait' })
  expect(await s.review()).toMatchObject({ kind: 'wait' })
  expect(kinds(s.seen.opened)).toEqual(['automatic', 'automatic'])
  expect(s.world.reactions).toEqual(['confused'])
})

test('words about one review too many are finished after a crash, and it stays refused', async () => {
  const s = stage({ model: false, job: reviewJob({ trigger: COMMAND }) })
  s.allowing.push('tell')
  s.world.before = () => {
    throw new Error('killed')
  }
  await expect(s.review()).rejects.toThrow('killed')
  s.world.before = () => undefined
  expect(await s.review()).toMatchObject({ because: 'too many reviews were asked for' })
  expect([s.world.comments.length, s.world.reactions]).toEqual([1, ['confused']])
})

test('one review too many costs no push whose place it took', async () => {
  const job = reviewJob({ trigger: COMMAND, absorbed: [PUSHED] })
  const s = stage({ model: false, job })
  s.allowing.push('silent')
  expect(await s.review()).toMatchObject(REVIEWED)
  expect(kinds(s.seen.opened)).toEqual(['automatic'])
  expect(s.world.reactions).toEqual(['confused'])
})

describe('a button whose place a push took', () => {
  test('starts the review of a paused pull request', async () => {
    const s = stage({ model: false, job: reviewJob({ ...PUSHED, absorbed: [PRESSED] }) })
    s.pauses.set('1/7#12', PAUSED)
    expect(await s.review()).toMatchObject(REVIEWED)
    expect(s.pauses.get('1/7#12')).toEqual(PAUSED)
  })

  test.each([
    ['ends no pause that came after its review had begun', 1, true],
    ['ends a pause that was there before, also at a second try', 3, false],
  ])('%s', async (_, createdAt, paused) => {
    const trigger = { ...PRESSED.trigger, resumes: true } as const
    const delivery = 'the press'
    const absorbed = [{ head: HEAD, trigger, delivery }]
    for (const job of [reviewJob({ ...PUSHED, absorbed }), reviewJob({ trigger, delivery })]) {
      const s = stage({ model: false, job })
      s.pauses.set('1/7#12', { ...PAUSED, at: 2 })
      const had = reviewJob({ trigger, delivery })
      s.seen.known.push({ headSha: 'b'.repeat(40), baseRef: 'main', createdAt, job: had })
      expect(await s.review()).toMatchObject(REVIEWED)
      expect(s.pauses.get('1/7#12')?.paused).toBe(paused)
    }
  })

  test('ends the pause if it was that button, and only if that person may', async () => {
    const trigger = { ...PRESSED.trigger, resumes: true } as const
    const job = reviewJob({ ...PUSHED, absorbed: [{ head: HEAD, trigger }] })
    const s = stage({ model: false, job })
    s.pauses.set('1/7#12', PAUSED)
    expect(await s.review()).toMatchObject(REVIEWED)
    expect(s.pauses.get('1/7#12')).toMatchObject({ paused: false, by: 'dev' })
    const stranger = { ...trigger, login: 'stranger', userId: 12 }
    const theirs = stage({
      model: false,
      job: reviewJob({ ...PUSHED, absorbed: [{ head: HEAD, trigger: stranger }] }),
    })
    theirs.pauses.set('1/7#12', PAUSED)
    expect(await theirs.review()).toEqual({ kind: 'done', because: 'paused' })
    expect(theirs.pauses.get('1/7#12')).toEqual(PAUSED)
  })
})
