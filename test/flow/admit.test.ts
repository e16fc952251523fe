import { describe, expect, test } from 'vitest'
import { absorb } from '#core/job/absorb'
import type { ReviewJob } from '#core/job/job'
import { DEFAULT_SETTINGS, Settings } from '#core/settings/settings'
import { admit, isPushedSince } from '#flow/admit'
import type { Permission, PullState } from '#flow/pull-request-port'
import { reviewJob } from '../support/fake-run.ts'
import { HEAD, pullState } from './fake-pull.ts'

const repository = (isPrivate: boolean) => ({
  id: 7,
  owner: 'acme',
  name: 'shop',
  private: isPrivate,
})
const asker = { login: 'asker', userId: 21, bot: false }
const commanded = (more: object = {}): ReviewJob['trigger'] => ({
  ...{ kind: 'command', commentId: 5, surface: 'conversation', full: false, ...asker },
  ...more,
})

async function decide(
  roles: Record<string, Permission>,
  order: {
    state?: Partial<PullState>
    settings?: Settings
    job?: Partial<ReviewJob>
  } = {},
) {
  const asked: string[] = []
  const permission = async (login: string) => {
    asked.push(login)
    return roles[login] ?? 'none'
  }
  const job = reviewJob({ repository: repository(false), ...order.job })
  const state = pullState(order.state)
  const admission = await admit({ permission }, state, order.settings ?? DEFAULT_SETTINGS, job)
  return { ...admission, asked }
}

describe('an author', () => {
  test.each<[Permission, boolean, string]>([
    ['admin', false, 'admitted'],
    ['write', false, 'admitted'],
    ['read', false, 'waits'],
    ['none', false, 'waits'],
    ['unknown', false, 'waits'],
    ['read', true, 'admitted'],
    ['unknown', true, 'admitted'],
  ])('with %s permission, private %s: %s', async (role, isPrivate, kind) => {
    const job = { repository: repository(isPrivate) }
    expect((await decide({ dev: role }, { job })).kind).toBe(kind)
  })
  test('about whom GitHub could not be asked is asked about again, and is no stranger', async () => {
    const asked = decide({ dev: 'unanswered' })
    await expect(asked).rejects.toMatchObject({ code: 'github.unreachable', kind: 'retry' })
    const trigger = commanded()
    expect(await decide({ dev: 'write', asker: 'unanswered' }, { job: { trigger } })).toMatchObject(
      {
        kind: 'refused',
      },
    )
  })
  test.each<[Permission, boolean]>([
    ['admin', true],
    ['write', true],
    ['read', false],
    ['unknown', false],
  ])('with %s permission may have memory written: %s', async (role, mayWrite) => {
    const job = { repository: repository(true) }
    expect(await decide({ dev: role }, { job })).toMatchObject({
      author: { mayWrite, fork: false },
    })
  })
  test('whose account is gone has no rights, whoever has the name now', async () => {
    const state = { authorId: null, authorLogin: 'ghost' }
    const decided = await decide({ ghost: 'admin' }, { state })
    expect([decided.kind, decided.asked]).toEqual(['waits', []])
  })
  test.each([
    ['auto', { kind: 'admitted', asksModel: true }],
    ['rules', { kind: 'admitted', asksModel: false }],
    ['on-demand', { kind: 'waits' }],
  ] as const)('from outside under the policy %s', async (outsiders, expected) => {
    const settings = Settings.parse({ review: { outsiders } })
    for (const isPrivate of [true, false]) {
      const job = { repository: repository(isPrivate) }
      expect(await decide({}, { settings, job })).toMatchObject(expected)
    }
  })
  test('who is a bot is an outsider, even with write permission', async () => {
    const state = { authorIsBot: true, authorLogin: 'evil[bot]' }
    expect((await decide({ 'evil[bot]': 'write' }, { state })).kind).toBe('waits')
  })
  test('who is a trusted bot still needs the permission', async () => {
    const settings = Settings.parse({ review: { trusted_bots: [11] } })
    const state = { authorIsBot: true, authorLogin: 'good[bot]' }
    expect((await decide({ 'good[bot]': 'write' }, { state, settings })).kind).toBe('admitted')
    expect((await decide({ 'good[bot]': 'read' }, { state, settings })).kind).toBe('waits')
  })
})

describe('a person who asks', () => {
  test.each<[Permission, string]>([
    ['admin', 'admitted'],
    ['write', 'admitted'],
    ['read', 'refused'],
    ['none', 'refused'],
    ['unknown', 'refused'],
  ])('with %s permission is %s', async (role, kind) => {
    for (const trigger of [commanded(), { kind: 'rerun' as const, checkRunId: 3, ...asker }]) {
      expect((await decide({ asker: role }, { job: { trigger } })).kind).toBe(kind)
    }
  })
  test('does not lend the author any rights', async () => {
    const decided = await decide({ asker: 'admin', dev: 'none' }, { job: { trigger: commanded() } })
    expect(decided).toMatchObject({ kind: 'admitted', author: { mayWrite: false } })
  })
  test('who is a bot is refused, whatever it may do', async () => {
    const trigger = commanded({ login: 'evil[bot]', bot: true })
    const decided = await decide({ 'evil[bot]': 'admin' }, { job: { trigger } })
    expect(decided.kind).toBe('refused')
  })
  test('who is a trusted bot needs the permission too', async () => {
    const settings = Settings.parse({ review: { trusted_bots: [21] } })
    const trigger = commanded({ login: 'good[bot]', bot: true })
    const ask = (role: Permission) => decide({ 'good[bot]': role }, { settings, job: { trigger } })
    expect([(await ask('write')).kind, (await ask('read')).kind]).toEqual(['admitted', 'refused'])
  })
  test('may have a draft reviewed', async () => {
    const job = { trigger: commanded() }
    expect((await decide({ asker: 'write' }, { job, state: { draft: true } })).kind).toBe(
      'admitted',
    )
  })
})

describe('nothing is done', () => {
  test.each<[string, Partial<PullState>, string]>([
    ['closed', { open: false }, 'closed'],
    ['merged', { open: false, merged: true }, 'merged'],
    ['a draft', { draft: true }, 'it is a draft'],
  ])('about a pull request that is %s', async (_, state, because) => {
    const decided = await decide({ dev: 'admin' }, { state })
    expect(decided).toMatchObject({ kind: 'ignored', because })
  })
  test('about a closed one even when a person asks', async () => {
    const job = { trigger: commanded() }
    expect((await decide({ asker: 'admin' }, { job, state: { open: false } })).kind).toBe('ignored')
  })
  test('about an event that the settings leave out; a new base counts always', async () => {
    const settings = Settings.parse({ review: { on: ['opened'] } })
    const on = (action: 'synchronize' | 'edited' | 'opened') =>
      decide({ dev: 'write' }, { settings, job: { trigger: { kind: 'automatic', action } } })
    expect((await on('synchronize')).kind).toBe('ignored')
    expect((await on('edited')).kind).toBe('admitted')
    expect((await on('opened')).kind).toBe('admitted')
  })
  test('but drafts are reviewed where the settings say so', async () => {
    const settings = Settings.parse({ review: { drafts: true } })
    expect((await decide({ dev: 'write' }, { settings, state: { draft: true } })).kind).toBe(
      'admitted',
    )
  })
})

describe('a head that came after the wish', () => {
  const of = (job: ReviewJob, headSha: string, baseRef = 'main', createdAt = 1) => ({
    ...{ headSha, baseRef, job, createdAt },
  })
  const auto = (headSha: string, baseRef = 'main') => of(reviewJob(), headSha, baseRef)
  const asked = (headSha: string, commentId = 5) =>
    of(reviewJob({ trigger: commanded({ commentId }) }), headSha)
  const job = reviewJob({ head: '', trigger: commanded() })
  const together = (headSha: string) => of(absorb(reviewJob(), job), headSha)
  const later = absorb(reviewJob({ trigger: commanded({ commentId: 6 }) }), job)
  const now = { headSha: HEAD, baseRef: 'main' }
  test.each<[string, readonly ReturnType<typeof auto>[], boolean]>([
    ['the first of anything we hear', [], false],
    ['the head that was announced', [auto(HEAD)], false],
    ['an older head was announced, this one not', [auto('old')], true],
    ['it was announced against another base', [auto(HEAD, 'release')], true],
    ['this try began at this head', [asked(HEAD), auto(HEAD)], false],
    ['a retry met this head, the first try another', [asked(HEAD), asked('old')], true],
    ['this try began at another head', [auto(HEAD), asked('old'), auto('old')], true],
    [
      'another command began elsewhere, this head was announced',
      [auto(HEAD), asked('old', 4)],
      false,
    ],
    ['this head was announced, and waits, together with it', [together(HEAD), auto('old')], true],
    ['this head was announced before it as well', [together(HEAD), auto(HEAD)], false],
    [
      'it was reviewed elsewhere with a later comment, this head was announced',
      [auto(HEAD), of(later, 'old')],
      true,
    ],
  ])('%s', (_, runs, pushed) => {
    expect(isPushedSince({ runs, now, after: false }, job)).toBe(pushed)
  })
  const MOMENT = Date.parse('2026-11-30T10:00:00Z')
  const moment = (seconds: number) =>
    new Date(MOMENT + seconds * 1_000).toISOString().replace('.000Z', 'Z')
  const said = reviewJob({ head: '', trigger: commanded({ at: moment(0) }) })
  const event = (action: string, at: string | undefined, head: string) =>
    reviewJob({ head, trigger: { kind: 'automatic', action, at } })
  const pushed = (at: string | undefined, head = HEAD) => event('synchronize', at, head)
  const openedAt = (at: string | undefined, head = HEAD) => event('opened', at, head)

  test.each<[string, ReturnType<typeof auto>[], boolean]>([
    ['GitHub told of before', [of(pushed(moment(-1)), HEAD, 'main', MOMENT + 900_000)], false],
    ['GitHub told of in the same second', [of(pushed(moment(0)), HEAD)], true],
    ['GitHub told of later', [of(pushed(moment(30)), HEAD)], true],
    ['we heard of before', [of(pushed(undefined), HEAD, 'main', MOMENT - 60_000)], false],
    ['we heard of in the same second', [of(pushed(undefined), HEAD, 'main', MOMENT + 900)], false],
    ['we heard of later', [of(pushed(undefined), HEAD, 'main', MOMENT + 60_000)], true],
    [
      'it was opened with, as we heard later',
      [of(openedAt(moment(0)), HEAD, 'main', MOMENT + 60_000)],
      false,
    ],
    [
      'we found when we heard later that it was opened',
      [of(openedAt(moment(0), 'old'), HEAD, 'main', MOMENT + 60_000)],
      true,
    ],
    [
      'nobody told of, and that was found open later',
      [of(openedAt(undefined), HEAD, 'main', MOMENT + 60_000)],
      true,
    ],
    [
      'we found when we heard later of a push before',
      [of(pushed(moment(-60), 'old'), HEAD, 'main', MOMENT + 60_000)],
      true,
    ],
  ])('a comment and a head that %s', (_, runs, since) => {
    expect(isPushedSince({ runs, now, after: false }, said)).toBe(since)
  })
  test('a push that waited with the comment, and was before it, tells of its head', () => {
    for (const runs of [[], [auto('old')]]) {
      const since = (push: ReviewJob) =>
        isPushedSince({ runs, now, after: false }, absorb(said, push))
      expect(since(pushed(moment(-1)))).toBe(false)
      expect(since(pushed(moment(30)))).toBe(true)
      expect(since(pushed(moment(-1), 'another'))).toBe(true)
    }
  })
  test('is every one where a push came after the comment, unless it was begun there', () => {
    for (const runs of [[], [auto(HEAD)]])
      expect(isPushedSince({ runs, now, after: true }, job)).toBe(true)
    expect(isPushedSince({ runs: [asked(HEAD)], now, after: true }, job)).toBe(false)
  })
  test('a pressed button names the head that it means, and keeps to the base it began with', () => {
    const trigger = { kind: 'rerun' as const, checkRunId: 3, ...asker }
    const press = reviewJob({ head: HEAD, trigger })
    expect(isPushedSince({ runs: [], now, after: false }, press)).toBe(false)
    expect(isPushedSince({ runs: [], now, after: true }, press)).toBe(true)
    const old = reviewJob({ head: 'old', trigger })
    expect(isPushedSince({ runs: [auto(HEAD)], now, after: false }, old)).toBe(true)
    const begun = [of(press, HEAD, 'release')]
    expect(isPushedSince({ runs: begun, now, after: false }, press)).toBe(true)
    const another = { ...press, delivery: 'pressed again' }
    expect(isPushedSince({ runs: begun, now, after: false }, another)).toBe(false)
  })
})
