import { expect, test } from 'vitest'
import { comparePosted, type PostedThread } from '#core/findings/compare-posted'
import { finding } from '../../support/builders.ts'

const thread = (more: Partial<PostedThread> = {}): PostedThread => ({
  id: 'T1',
  finding: 'tl-0123456789ab',
  path: 'src/a.ts',
  resolved: false,
  answered: false,
  ...more,
})

test('a finding that was never said is fresh', () => {
  expect(comparePosted([finding()], [], new Set()).fresh).toHaveLength(1)
})

test('a finding that has a thread is not said again, even when a person resolved it', () => {
  for (const resolved of [false, true]) {
    const { fresh, standing } = comparePosted([finding()], [thread({ resolved })], new Set())
    expect([fresh.length, standing.length]).toEqual([0, 1])
  }
})

test('a thread whose finding is gone is settled', () => {
  expect(comparePosted([], [thread()], new Set()).settled.map((t) => t.id)).toEqual(['T1'])
})

test('a thread that somebody answered is left to people', () => {
  expect(comparePosted([], [thread({ answered: true })], new Set()).settled).toEqual([])
})

test('a thread that is resolved already is left alone', () => {
  expect(comparePosted([], [thread({ resolved: true })], new Set()).settled).toEqual([])
})

test('a thread on a file that was not read is not called settled', () => {
  expect(comparePosted([], [thread()], new Set(['src/a.ts'])).settled).toEqual([])
})
