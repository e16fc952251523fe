import { expect, test } from 'vitest'
import { comparePosted, type PostedThread, type Unseen } from '#core/findings/compare-posted'
import { finding } from '../../support/builders.ts'

const thread = (more: Partial<PostedThread> = {}): PostedThread => ({
  id: 'T1',
  finding: 'tl-0123456789ab',
  path: 'src/a.ts',
  resolved: false,
  resolvedByUs: false,
  answered: false,
  judged: false,
  ...more,
})

const unseen = (more: Partial<Unseen> = {}): Unseen => ({
  paths: new Set(),
  unjudged: new Set(),
  listed: null,
  ...more,
})

test('a finding that was never said is fresh', () => {
  expect(comparePosted([finding()], [], unseen()).fresh).toHaveLength(1)
})

test('a finding that has a thread is not said again, even when a person resolved it', () => {
  for (const resolved of [false, true]) {
    const { fresh, standing } = comparePosted([finding()], [thread({ resolved })], unseen())
    expect([fresh.length, standing.length]).toEqual([0, 1])
  }
})

test('a thread whose finding is gone is settled', () => {
  expect(comparePosted([], [thread()], unseen()).settled.map((t) => t.id)).toEqual(['T1'])
})

test('a thread that somebody answered is left to people', () => {
  expect(comparePosted([], [thread({ answered: true })], unseen()).settled).toEqual([])
})

test('a thread that is resolved already is left alone', () => {
  expect(comparePosted([], [thread({ resolved: true })], unseen()).settled).toEqual([])
})

test('a thread on a file that was not read is not called settled', () => {
  expect(comparePosted([], [thread()], unseen({ paths: new Set(['src/a.ts']) })).settled).toEqual(
    [],
  )
})

test('what the agent found is not called settled by a review that asked no agent', () => {
  const rulesOnly = unseen({ unjudged: new Set(['src/a.ts']) })
  expect(comparePosted([], [thread({ judged: true })], rulesOnly).settled).toEqual([])
  expect(comparePosted([], [thread({ judged: false })], rulesOnly).settled).toHaveLength(1)
})

test('a thread on a file that is no longer part of the change is settled, whoever found it', () => {
  const elsewhere = unseen({ unjudged: new Set(['src/b.ts']) })
  expect(comparePosted([], [thread({ judged: true })], elsewhere).settled).toHaveLength(1)
})

test('a thread on a file that GitHub left out of its list is not called settled', () => {
  expect(comparePosted([], [thread()], unseen({ listed: new Set(['src/b.ts']) })).settled).toEqual(
    [],
  )
  expect(
    comparePosted([], [thread()], unseen({ listed: new Set(['src/a.ts']) })).settled,
  ).toHaveLength(1)
})
