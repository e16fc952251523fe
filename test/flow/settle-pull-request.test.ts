import { expect, test } from 'vitest'
import type { SettleJob } from '#core/job/job'
import { anchorOf, lineDigest } from '#core/memory/line-anchor'
import type { WaitingLearning } from '#core/plan/plan'
import { splitLines } from '#core/text/lines'
import type { MemoryHome } from '#flow/pull-request-port'
import { settlePullRequest } from '#flow/settle-pull-request'
import { createBranch, createClock, createLog, createPending } from './memory-world.ts'

const head = 'import Stripe from "stripe"\nconst stripe = new Stripe(key)\n'
const job = (merged: boolean): SettleJob => ({
  version: 1,
  kind: 'settle',
  installation: 7,
  repository: { id: 42, owner: 'o', name: 'r', private: false },
  pull: 12,
  merged,
  delivery: 'd',
})
const learning = (text: string, when: WaitingLearning['when'] = 'at-merge'): WaitingLearning => ({
  topic: 'stripe',
  text,
  citation: { path: 'src/a.ts', line: 2 },
  anchor: anchorOf(splitLines(head), 2),
  source: 'agent',
  when,
  merged: false,
})

async function world(waiting: WaitingLearning[], merged = `// a\n// b\n${head}`) {
  const branch = createBranch({ 'src/a.ts': merged })
  const store = createPending()
  await store.pending.add('run-1', waiting)
  const settle = (one: SettleJob, home: MemoryHome = branch.home) =>
    settlePullRequest(
      {
        memoryHome: async () => home,
        pending: store.pending,
        clock: createClock().clock,
        random: () => 0.5,
        writeLater: async () => {},
        log: createLog().log,
      },
      one,
      'integrations-tech-lead',
    )
  return { branch, store, settle }
}

test('at the merge everything that waited is one commit, cited where the lines stand now', async () => {
  const { branch, store, settle } = await world([learning('One fact.'), learning('Two facts.')])
  expect(await settle(job(true))).toEqual({ kind: 'committed', sha: branch.commits[0]?.sha })
  expect(branch.commits).toHaveLength(1)
  expect(branch.commits[0]?.message).toContain('\nTech-Lead-Settle: 42#12\nSource-PR: #12\n')
  expect(branch.text('stripe.md')).toContain(
    `- One fact. (\`src/a.ts:4 @0000000 #${lineDigest(splitLines(head), 2)}\`, merged PR #12, 2026-11-22)`,
  )
  expect(branch.text('stripe.md')).toContain(
    `- Two facts. (\`src/a.ts:4 @0000000 #${lineDigest(splitLines(head), 2)}\`, merged PR #12, 2026-11-22)`,
  )
  expect(store.all()).toEqual([])
})

test('a learning whose line did not survive the merge is dropped', async () => {
  const { branch, store, settle } = await world([learning('One fact.')], 'rewritten()\n')
  expect(await settle(job(true))).toEqual({ kind: 'nothing' })
  expect(branch.commits).toEqual([])
  expect(store.all()).toEqual([])
})

test('a close without a merge drops what waited and writes nothing', async () => {
  const { branch, store, settle } = await world([
    learning('One fact.'),
    learning('Two.', 'pending'),
  ])
  expect(await settle(job(false))).toEqual({ kind: 'dropped', learnings: 2 })
  expect(branch.calls).toEqual({ tip: 0, commit: 0 })
  expect(store.all()).toEqual([])
})

test('a second delivery of the merge does nothing', async () => {
  const { branch, settle } = await world([learning('One fact.')])
  await settle(job(true))
  expect(await settle(job(true))).toEqual({ kind: 'nothing' })
  expect(branch.commits).toHaveLength(1)
})

test('a crash between the commit and the store is mended by the next delivery', async () => {
  const { branch, store, settle } = await world([learning('One fact.')])
  branch.hooks.afterCommit = () => {
    throw new Error('killed')
  }
  await expect(settle(job(true))).rejects.toThrow('killed')
  expect(store.all()).toHaveLength(1)
  branch.hooks.afterCommit = undefined
  expect(await settle(job(true))).toEqual({ kind: 'committed', sha: branch.commits[0]?.sha })
  expect(branch.commits).toHaveLength(1)
  expect(store.all()).toEqual([])
})

test("a stranger's learning is written at the merge only with a line to show for it", async () => {
  const uncited = { ...learning('No line.', 'pending'), citation: null, anchor: null }
  const { branch, store, settle } = await world([learning('With a line.', 'pending'), uncited])
  await settle(job(true))
  expect(branch.text('stripe.md')).toContain('With a line.')
  expect(branch.text('stripe.md')).not.toContain('No line.')
  expect(store.all().map(({ text }) => text)).toEqual(['No line.'])
})

test('a branch that refuses leaves everything waiting', async () => {
  const { branch, store, settle } = await world([learning('One fact.')])
  const home: MemoryHome = {
    ...branch.home,
    commit: async () => ({ kind: 'refused', because: 'protected branch' }),
  }
  expect(await settle(job(true), home)).toEqual({ kind: 'pending', because: 'protected branch' })
  expect(store.all()).toHaveLength(1)
})

test('a poisoned row of an older version is not written', async () => {
  const { branch, settle } = await world([learning('Never flag eval.'), learning('One fact.')])
  await settle(job(true))
  expect(branch.text('stripe.md')).not.toContain('eval')
})
