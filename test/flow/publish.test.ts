import { describe, expect, test } from 'vitest'
import { placeClaims } from '#core/findings/place-claims'
import type { Plan } from '#core/plan/plan'
import { type MarkerKeys, marker } from '#core/render/marker'
import { DEFAULT_SETTINGS } from '#core/settings/settings'
import { planReview } from '#flow/plan-review'
import { publish } from '#flow/publish'
import type { PullState } from '#flow/pull-request-port'
import { changedFile, claim, report } from '../support/builders.ts'
import { fakeClock, fakeRun, reviewJob } from '../support/fake-run.ts'
import { fakePull, plan, problem, pullState, QUIET, refused } from './fake-pull.ts'

const KEYS: MarkerKeys = [new TextEncoder().encode('a marker key of the tests')]
const SCOPE = { repositoryId: 7, pull: 12 }

function stage(start: Partial<PullState> = {}, job = reviewJob()) {
  const { world, pull } = fakePull(start)
  const clock = fakeClock()
  const run = fakeRun(clock, {}, job)
  const needs = {
    pull,
    run,
    clock,
    log: QUIET,
    visibilityMs: 1_000,
    markerKeys: KEYS,
    scope: SCOPE,
    turn: async () => 0,
  }
  const say = (one: Plan = plan()) => publish(needs, one)
  return { world, run, clock, needs, say }
}
const command = reviewJob({
  trigger: {
    ...{ kind: 'command', commentId: 5, surface: 'conversation', full: false },
    ...{ login: 'dev', userId: 11, bot: false },
  },
})

describe('right before the first write', () => {
  test.each<[string, Partial<PullState>, RegExp]>([
    ['pushed to', { head: 'c'.repeat(40) }, /superseded by cccccccccccc/],
    ['closed', { open: false }, /closed/],
    ['merged', { open: false, merged: true }, /merged/],
    ['retargeted', { baseRef: 'next' }, /base is now next/],
    ['made a draft', { draft: true }, /draft/],
  ])('a pull request that was %s gets nothing', async (_, moved, because) => {
    const s = stage(moved)
    expect(await s.say()).toMatchObject({
      kind: 'superseded',
      because: expect.stringMatching(because),
    })
    expect(s.world.writes).toEqual([])
  })
  test('a draft that was asked for, or was one before, is reviewed', async () => {
    expect((await stage({ draft: true }, command).say()).kind).toBe('published')
    expect((await stage({ draft: true }).say(plan({ draft: true }))).kind).toBe('published')
  })
  test('a base that only moved on does not matter', async () => {
    expect((await stage({ baseSha: 'd'.repeat(40) }).say()).kind).toBe('published')
  })
})

describe('while others of the installation post', () => {
  test('a review waits for its turn, and only then asks whether it is still wanted', async () => {
    const s = stage()
    const order: string[] = []
    const state = s.needs.pull.reader.state
    s.needs.pull.reader.state = () => {
      order.push(`asked after ${s.clock.slept.join()}`)
      return state()
    }
    s.needs.turn = async () => 4_000
    expect((await s.say()).kind).toBe('published')
    expect(order[0]).toBe('asked after 4000')
    expect(s.world.writes.length).toBeGreaterThan(0)
  })
  test('a plan that says nothing new takes no turn, and neither does one that stands already', async () => {
    const s = stage()
    let turns = 0
    s.needs.turn = async () => {
      turns += 1
      return 0
    }
    await s.say(plan({ review: null, summary: { ...plan().summary, create: false } }))
    expect(turns).toBe(0)
    await s.say()
    await s.say()
    expect(turns).toBe(1)
  })
})

test('a plan is one review, its file comments, one summary and its settled threads', async () => {
  const s = stage()
  const settled = { resolved: false, resolvedByUs: false, answered: false, replies: [] }
  s.world.threads.push({ id: 'T1', commentId: 31, path: 'a.ts', body: '', ...settled })
  const fileComments = [{ finding: 'tl-ffffffffffff', path: 'b.ts', body: 'as a whole' }]
  await s.say(plan({ fileComments, resolve: ['T1'] }))
  expect(s.world.writes).toEqual(['review', 'file-comment', 'comment', 'resolve'])
})

test('of eighty findings the fifteen gravest get a comment, all are listed, and it is one review', async () => {
  const lines = Array.from(
    { length: 80 },
    (_, index) => `+await stripe.charges.create(order${index})`,
  )
  const file = changedFile('src/a.ts', `@@ -0,0 +1,80 @@\n${lines.join('\n')}`, { change: 'added' })
  const graded = [
    'medium',
    'critical',
    'high',
    'medium',
    'medium',
    'medium',
    'medium',
    'medium',
  ] as const
  const claims = lines.map((_, index) =>
    claim({ line: index + 1, severity: graded[index % graded.length] ?? 'low' }),
  )
  const findings = placeClaims(claims, [file], DEFAULT_SETTINGS)
  const made = planReview({
    ...{ report: report({ findings: [...findings] }), state: pullState(), threads: [], others: [] },
    ...{ learnings: [], settings: DEFAULT_SETTINGS, webUrl: 'https://github.com/acme/shop' },
    ...{ scope: SCOPE, markerKeys: KEYS, commented: false, asked: false, secrets: [] },
    ...{ complaints: [], knownFacts: new Set<string>(), totalFiles: 1 },
  })
  const s = stage()
  await s.say({ ...made, memoryEdits: [] })
  expect(s.world.writes).toEqual(['review', 'comment'])
  const said = new Set(made.review?.comments.map((one) => one.finding))
  expect(said.size).toBe(15)
  const grades = findings.filter(({ id }) => said.has(id)).map(({ severity }) => severity)
  expect(grades.filter((grade) => grade === 'critical')).toHaveLength(10)
  expect(grades.filter((grade) => grade === 'high')).toHaveLength(5)
  const summary = s.world.comments[0]?.body ?? ''
  expect(new Set(findings.map(({ id }) => id)).size).toBe(80)
  expect(findings.filter(({ id }) => !summary.includes(id))).toEqual([])
})

test('a second time nothing is written again', async () => {
  const s = stage()
  await s.say()
  const before = [...s.world.writes]
  await s.say()
  expect(s.world.writes).toEqual(before)
})

test('a rebuilt store finds what stands, and writes nothing again', async () => {
  const s = stage()
  await s.say()
  s.run.effects.clear()
  const before = [...s.world.writes]
  await s.say()
  expect(s.world.writes).toEqual(before)
})

test('a push after the review stands does not stop the rest of it', async () => {
  const s = stage()
  s.world.before = (write) => {
    if (write === 'review') s.world.state = { ...s.world.state, head: 'c'.repeat(40) }
    if (write === 'comment') throw new Error('killed')
    return undefined
  }
  await expect(s.say()).rejects.toThrow('killed')
  s.world.before = () => undefined
  expect((await s.say()).kind).toBe('published')
  expect(s.world.comments).toHaveLength(1)
  expect(s.world.reviews).toHaveLength(1)
})

describe.each(['review', 'file-comment', 'comment'])('killed at the %s', (step) => {
  const full = plan({
    fileComments: [{ finding: 'tl-ffffffffffff', path: 'b.ts', body: signed() }],
  })
  test.each(['before', 'after'])('%s it took effect, everything is said once', async (when) => {
    const s = stage()
    let killed = false
    const kill = () => {
      if (killed) return
      killed = true
      throw new Error('killed')
    }
    s.world.before = (write) => {
      if (write === step && when === 'before') kill()
      return undefined
    }
    if (when === 'after') {
      const done = s.run.done.bind(s.run)
      const named = {
        review: 'post-review',
        'file-comment': 'post-file-comment',
        comment: 'post-summary',
      }
      s.run.done = async (effect, ...rest) => {
        if (effect === Object.entries(named).find(([name]) => name === step)?.[1]) kill()
        return done(effect, ...rest)
      }
    }
    await expect(s.say(full)).rejects.toThrow('killed')
    await s.say(full)
    expect([s.world.reviews, s.world.comments, s.world.threads].map((all) => all.length)).toEqual([
      1, 1, 1,
    ])
  })
})

function signed(): string {
  return `as a whole\n\n${marker('finding', 'tl-ffffffffffff', SCOPE, KEYS)}`
}

describe('a review that GitHub refuses', () => {
  test('for an anchor is posted once more with every finding in its body', async () => {
    const s = stage()
    s.world.before = (write) => (write === 'review' ? refused('anchors') : undefined)
    await s.say()
    expect(s.world.writes).toEqual(['review', 'review-body', 'comment'])
    expect(s.world.reviews.map((post) => post.body)).toEqual([
      expect.stringContaining('the review, in full'),
    ])
  })
  test('for a pending one of ours is posted after that is deleted', async () => {
    const s = stage()
    s.world.reviews.push({ id: 1, nodeId: 'N', body: '', state: 'pending' })
    s.world.before = (write) =>
      write === 'review' && s.world.reviews.length > 0 ? refused('pending-review') : undefined
    await s.say()
    expect(s.world.writes).toEqual(['review', 'delete-pending', 'review', 'comment'])
  })
  test('for a pending one and then for an anchor ends in the body', async () => {
    const s = stage()
    const answers = [refused('pending-review'), refused('anchors')]
    s.world.before = (write) => (write === 'review' ? answers.shift() : undefined)
    await s.say()
    expect(s.world.writes).toEqual(['review', 'review', 'review-body', 'comment'])
  })
  test('whatever its words leaves the summary, and is not tried again', async () => {
    const s = stage()
    s.world.before = (write) => (write.startsWith('review') ? refused('validation') : undefined)
    expect((await s.say()).kind).toBe('published')
    await s.say()
    expect(s.world.writes).toEqual(['review', 'review-body', 'comment'])
  })
  test('because nobody may write ends the writing, and the check is left to carry it', async () => {
    const s = stage()
    s.world.before = () => refused('forbidden')
    expect((await s.say()).kind).toBe('published')
    expect(s.world.writes).toEqual(['review'])
  })
})

test.each(['github.forbidden', 'github.gone'])(
  'a conversation that takes no comment (%s) does not end the run',
  async (code) => {
    const s = stage()
    s.world.before = (write) => {
      if (write === 'comment') throw problem(code)
      return undefined
    }
    expect((await s.say()).kind).toBe('published')
  },
)

test('a limit is passed on, and nothing is counted as sent', async () => {
  const s = stage()
  s.world.before = () => {
    throw problem('github.rate-limited', 'retry')
  }
  await expect(s.say()).rejects.toMatchObject({ code: 'github.rate-limited' })
  s.world.before = () => undefined
  await s.say()
  expect(s.world.reviews).toHaveLength(1)
})

test('a refused file comment loses nothing and stops nothing', async () => {
  const s = stage()
  s.world.before = (write) => (write === 'file-comment' ? refused('validation') : undefined)
  await s.say(plan({ fileComments: [{ finding: 'tl-ffffffffffff', path: 'b.ts', body: 'x' }] }))
  expect(s.world.writes).toEqual(['review', 'file-comment', 'comment'])
})

describe('the summary', () => {
  test('of an earlier push is edited in place', async () => {
    const s = stage()
    const old = marker('summary', 'e'.repeat(32), SCOPE, KEYS)
    s.world.comments.push({ id: 9, nodeId: 'N9', body: `old\n\n${old}`, state: 'submitted' })
    await s.say(plan({ review: null }))
    expect(s.world.writes).toEqual(['edit-comment'])
    expect(s.world.comments.map((post) => post.body)).toEqual([
      expect.stringContaining('the summary'),
    ])
  })
  test('of another pull request, pasted here, is not ours to edit', async () => {
    const s = stage()
    const foreign = marker('summary', 'e'.repeat(32), { repositoryId: 7, pull: 13 }, KEYS)
    s.world.comments.push({ id: 9, nodeId: 'N9', body: foreign, state: 'submitted' })
    await s.say(plan({ review: null }))
    expect(s.world.writes).toEqual(['comment'])
  })
  test('is not written where there is nothing to say and none stands', async () => {
    const s = stage()
    await s.say(plan({ review: null, summary: { body: 'x', create: false, update: true } }))
    expect(s.world.writes).toEqual([])
  })
})

test('a plan that says nothing asks nothing', async () => {
  const s = stage({ head: 'c'.repeat(40) })
  s.needs.pull.reader.state = () => Promise.reject(new Error('asked'))
  const silent = plan({ review: null, summary: { body: 'x', create: false, update: false } })
  expect(await s.say(silent)).toEqual({ kind: 'published' })
  expect(s.world.writers).toBe(0)
})

test('threads: one that cannot be resolved does not stop the next, a limit does', async () => {
  const s = stage()
  let calls = 0
  s.world.before = (write) => {
    if (write !== 'resolve') return undefined
    calls += 1
    throw problem(calls === 1 ? 'github.forbidden' : 'github.rate-limited')
  }
  await s.say(plan({ resolve: ['T1', 'T2', 'T3'] }))
  expect(s.world.writes.filter((write) => write === 'resolve')).toHaveLength(2)
})
