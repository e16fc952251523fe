import { expect, test } from 'vitest'
import type { Agent } from '#core/agent/agent'
import { Problem } from '#core/problem'
import { type FirstLookJob, type FirstLookNeeds, firstLook } from '#flow/first-look'
import type { FirstLooks, OnboardingHome, RepositoryState } from '#flow/onboarding-port'
import { fakeClock } from '../support/fake-run.ts'
import { needs as known } from '../support/take-inventory-of.ts'

const LEAD: Agent = {
  header: { name: 'lead', description: 'd', model: 'opus', memory: 'project' },
  body: '',
  file: 'lead.md',
}

const JOB: FirstLookJob = {
  version: 1,
  installation: 1,
  delivery: 'd',
  kind: 'first-look',
  repository: { id: 7, owner: 'acme', name: 'shop', private: true },
}
const SEEN: RepositoryState = {
  archived: false,
  fork: false,
  tip: { branch: 'main', commit: 'a'.repeat(40) },
  introduced: false,
  pull: null,
  ours: null,
}

/** A world in which every question about code fails: nothing below may ask one. */
function world(state: () => Promise<RepositoryState>, left = 1) {
  const clock = fakeClock()
  const results = new Map<number, string>()
  let paused = 0
  const never = () => {
    throw new Error('not to be asked')
  }
  const home: OnboardingHome = {
    webUrl: 'https://github.example/acme/shop',
    state,
    contents: () => ({
      list: async () => ({ paths: [], complete: true }),
      read: async () => new Map(),
    }),
    createBranch: never,
    commitSettings: never,
    openPull: never,
    memoryBranch: never,
  }
  const nothing = { facts: [], scanned: [], unsupported: [], failed: [] }
  const looks: FirstLooks = {
    result: async (_, repository) => results.get(repository) ?? null,
    end: async (_, repository, result) => void results.set(repository, result),
    pausedUntil: async () => paused,
    pause: async (_, until) => {
      paused = until
    },
  }
  const needs: FirstLookNeeds = {
    ...({
      home: () => home,
      clock,
      random: () => 0,
      visibilityMs: 0,
      asksModel: () => false,
    } as const),
    installation: () => ({
      exists: never,
      repositories: never,
      budget: async () => ({ left, resetAt: clock.now() + 1_800_000 }),
    }),
    looks,
    allowances: { take: async () => 'granted' },
    scan: { facts: async () => nothing, secrets: async () => ({ hits: [], failed: [] }) },
    knowledge: { ...known, rules: [] },
    agent: LEAD,
    tool: { name: 'tech-lead', version: '1' },
    secrets: ['s3cret-value'],
    log: { info() {}, warn() {}, error() {} },
  }
  return { needs, results, paused: () => paused, clock }
}

test.each<[string, Partial<RepositoryState>, string]>([
  ['an archive', { archived: true }, 'archived'],
  ['a fork', { fork: true }, 'a fork'],
  ['a repository without a commit', { tip: null }, 'empty'],
  ['one that has settings or a memory', { introduced: true }, 'introduced before'],
  [
    'one whose people closed our pull request',
    { pull: { number: 3, open: false } },
    '#3 was closed',
  ],
])('%s is left alone, and not looked at again', async (_, state, because) => {
  let asked = 0
  const { needs, results } = world(async () => {
    asked += 1
    return { ...SEEN, ...state }
  })
  expect(await firstLook(needs, JOB)).toEqual({ kind: 'done', because })
  expect(results.get(7)).toBe(because)
  expect(await firstLook(needs, JOB)).toMatchObject({ kind: 'done' })
  expect(asked).toBe(1)
})

test('when GitHub asks to wait, all looks of the installation stand still as long', async () => {
  let asked = 0
  const { needs, results, paused, clock } = world(async () => {
    asked += 1
    throw new Problem('github.rate-limited', 'retry', 'slow down', { retryAfterMs: 90_000 })
  })
  expect(await firstLook(needs, JOB)).toMatchObject({ kind: 'wait', delayMs: 90_000 })
  expect(paused()).toBe(clock.now() + 90_000)
  const other = { ...JOB, repository: { ...JOB.repository, id: 8 } }
  expect(await firstLook(needs, other)).toMatchObject({ kind: 'wait', delayMs: 90_000 })
  expect(asked).toBe(1)
  expect(results.size).toBe(0)
})

test('half of the hourly limit is left to reviews', async () => {
  const { needs } = world(async () => SEEN, 0.49)
  expect(await firstLook(needs, JOB)).toMatchObject({ kind: 'wait', delayMs: 1_800_000 })
})

test('a refusal is recorded without the secrets of this process, and is no endless job', async () => {
  const { needs, results } = world(async () => {
    throw new Problem('github.forbidden', 'told', 'no, s3cret-value')
  })
  expect(await firstLook(needs, JOB)).toMatchObject({ kind: 'done' })
  expect(results.get(7)).toBe('refused: no, •••')
})

test('a repository that is gone or an outage is the affair of the queue', async () => {
  for (const kind of ['gone', 'retry'] as const) {
    const { needs } = world(async () => {
      throw new Problem(`github.${kind}`, kind, 'away')
    })
    await expect(firstLook(needs, JOB)).rejects.toThrow('away')
  }
})
