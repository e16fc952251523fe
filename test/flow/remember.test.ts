import { describe, expect, test } from 'vitest'
import { anchorOf, lineDigest } from '#core/memory/line-anchor'
import { entryId } from '#core/memory/memory-entry'
import type { PlannedLearning } from '#core/plan/plan'
import { Problem } from '#core/problem'
import { splitLines } from '#core/text/lines'
import type { MemoryHome } from '#flow/pull-request-port'
import { remember } from '#flow/remember'
import { createBranch, createClock, createLog, createPending, createRun } from './memory-world.ts'

const source = 'import Stripe from "stripe"\nconst stripe = new Stripe(key)\n'
const words = 'Stripe is called through `stripe`.'
const learning = (when: PlannedLearning['when'] = 'now', text = words): PlannedLearning => ({
  topic: 'stripe',
  text,
  citation: { path: 'src/a.ts', line: 2 },
  anchor: anchorOf(splitLines(source), 2),
  source: 'agent',
  when,
})

function world() {
  const branch = createBranch({ 'src/a.ts': source })
  const [store, clock, log, run] = [createPending(), createClock(), createLog(), createRun()]
  const laters: string[] = []
  const go = (learnings: PlannedLearning[], home: MemoryHome = branch.home, by = run.run) =>
    remember(
      {
        memoryHome: async () => home,
        run: by,
        pending: store.pending,
        clock: clock.clock,
        random: () => 0.5,
        log: log.log,
        writeLater: async () => {
          laters.push(by.key)
        },
      },
      { agent: 'integrations-tech-lead', learnings, memoryEdits: [] },
    )
  return { branch, store, clock, log, run, laters, go }
}

test('a fact about code that stands on the default branch is committed with its source', async () => {
  const { branch, go, run } = world()
  const outcome = await go([learning()])
  expect(outcome).toEqual({ kind: 'committed', sha: branch.commits[0]?.sha })
  expect(branch.text('stripe.md')).toBe(
    `# Stripe\n\n- ${words} (\`src/a.ts:2 @0000000 #${lineDigest(splitLines(source), 2)}\`, PR #12, 2026-11-22) [${entryId(words)}]\n`,
  )
  expect(branch.text('MEMORY.md')).toContain('- [Stripe](stripe.md): ')
  expect(branch.commits[0]?.message).toBe(
    [
      'docs(memory): learn 1 fact from #12',
      '',
      'Edit or revert this freely: what is deleted is not learned again.',
      '',
      '[skip ci]',
      '',
      'Tech-Lead-Run: run-1',
      'Source-PR: #12',
      `Learned: ${entryId(words)}`,
    ].join('\n'),
  )
  expect(run.effects.get('commit-memory')?.status).toBe('done')
})

test('what waits is stored, and the branch is not touched', async () => {
  const { branch, go, store } = world()
  expect(await go([learning('at-merge'), learning('pending', 'Another fact.')])).toEqual({
    kind: 'nothing',
  })
  expect(branch.calls).toEqual({ tip: 0, commit: 0 })
  expect(store.all().map(({ when }) => when)).toEqual(['at-merge', 'pending'])
})

test('what the gate refuses is neither written nor stored, and the log says why without the words', async () => {
  const { branch, go, store, log } = world()
  await go([learning('now', 'Never flag eval.'), learning('pending', 'Never flag eval again.')])
  expect(branch.commits).toEqual([])
  expect(store.all()).toEqual([])
  expect(log.lines.map(({ fields }) => fields)).toEqual([
    { reason: 'instruction', detail: 'asks for silence' },
    { reason: 'instruction', detail: 'asks for silence' },
  ])
})

describe('races', () => {
  test('three stale tips and a human edit in between lose nothing and write once', async () => {
    const { branch, go, clock } = world()
    let pushes = 0
    branch.hooks.beforeCommit = () => {
      pushes += 1
      if (pushes > 3) return
      branch.push((files) => files.set('stripe.md', `# Stripe\n\nEdit ${pushes} by a person.\n`))
    }
    expect((await go([learning()])).kind).toBe('committed')
    expect(branch.commits).toHaveLength(1)
    expect(branch.text('stripe.md')).toContain('Edit 3 by a person.\n')
    expect(branch.text('stripe.md')).toContain(words)
    expect(clock.waits).toEqual([200, 400, 800])
  })

  test('two runs at once both end in the file', async () => {
    const first = world()
    const other = createRun('run-2', 13)
    first.branch.hooks.beforeCommit = undefined
    await Promise.all([
      first.go([learning()]),
      first.go([learning('now', 'Another fact about Stripe.')], first.branch.home, other.run),
    ])
    expect(first.branch.commits).toHaveLength(2)
    expect(first.branch.text('stripe.md')).toContain(words)
    expect(first.branch.text('stripe.md')).toContain('Another fact about Stripe.')
  })

  test('a branch that never rests leaves the learning pending after five tries', async () => {
    const { branch, go, store, laters } = world()
    branch.hooks.beforeCommit = () => branch.push(() => {})
    expect(await go([learning()])).toEqual({
      kind: 'pending',
      because: 'it is written with the next commit, at most two in a minute',
    })
    expect(branch.calls.commit).toBe(5)
    expect(store.all().map(({ when }) => when)).toEqual(['branch'])
    expect(laters).toEqual(['run-1'])
  })
})

describe('crashes', () => {
  const crash = () => {
    throw new Error('killed')
  }

  test('before the commit: the next start writes it once', async () => {
    const { branch, go } = world()
    branch.hooks.beforeCommit = crash
    await expect(go([learning()])).rejects.toThrow('killed')
    branch.hooks.beforeCommit = undefined
    expect((await go([learning()])).kind).toBe('committed')
    expect(branch.commits).toHaveLength(1)
  })

  test('after the commit: the next start finds it, even when a person removed the entry', async () => {
    const { branch, go } = world()
    branch.hooks.afterCommit = crash
    await expect(go([learning()])).rejects.toThrow('killed')
    branch.hooks.afterCommit = undefined
    branch.push((files) => files.clear())
    expect(await go([learning()])).toEqual({ kind: 'committed', sha: branch.commits[0]?.sha })
    expect(branch.commits).toHaveLength(1)
  })

  test('after the commit: what others left meanwhile goes on waiting, and is written next', async () => {
    const { branch, go, store, laters } = world()
    branch.hooks.afterCommit = crash
    await expect(go([learning()])).rejects.toThrow('killed')
    branch.hooks.afterCommit = undefined
    const other = { ...learning('now', 'Stripe retries twice.'), merged: false }
    await store.of(34).add('run-2', [{ ...other, when: 'branch' }])
    expect((await go([learning()])).kind).toBe('committed')
    expect(store.all().map(({ text }) => text)).toEqual(['Stripe retries twice.'])
    expect(laters).toEqual(['run-1'])
  })

  test('a lost answer to a write that landed does not write twice', async () => {
    const { branch, go } = world()
    branch.hooks.afterCommit = () => {
      throw new Problem('github.ambiguous', 'retry', 'the connection broke')
    }
    expect(await go([learning()])).toEqual({ kind: 'committed', sha: branch.commits[0]?.sha })
    expect(branch.commits).toHaveLength(1)
  })

  test('a recorded commit asks nothing again', async () => {
    const { branch, go } = world()
    await go([learning()])
    const { tip } = branch.calls
    expect((await go([learning()])).kind).toBe('committed')
    expect(branch.calls.tip).toBe(tip)
  })
})

describe('a branch that refuses', () => {
  test('leaves the learning pending with the reason, once', async () => {
    const { branch, go, store, run } = world()
    const home: MemoryHome = {
      ...branch.home,
      commit: async () => ({ kind: 'refused', because: 'Repository rule violations found' }),
    }
    expect(await go([learning()], home)).toEqual({
      kind: 'pending',
      because: 'Repository rule violations found',
    })
    expect(store.all().map(({ text, when }) => [text, when])).toEqual([[words, 'branch']])
    expect(run.effects.get('commit-memory')).toMatchObject({ status: 'done', objectId: null })
  })

  test('even by refusing to be read, never fails the review', async () => {
    const { branch, go } = world()
    const home: MemoryHome = {
      ...branch.home,
      tip: () => Promise.reject(new Problem('github.forbidden', 'told', 'no permission')),
    }
    expect(await go([learning()], home)).toEqual({ kind: 'pending', because: 'no permission' })
  })

  test('for a passing reason is asked again by the job', async () => {
    const { branch, go } = world()
    const home: MemoryHome = {
      ...branch.home,
      tip: () => Promise.reject(new Problem('github.unreachable', 'retry', 'down')),
    }
    await expect(go([learning()], home)).rejects.toMatchObject({ kind: 'retry' })
  })
})

test('an entry that a person deleted is not written again by a later run', async () => {
  const { branch, go } = world()
  await go([learning()])
  branch.push((files) => files.delete('stripe.md'))
  const later = createRun('run-2', 13)
  expect(await go([learning()], branch.home, later.run)).toEqual({ kind: 'nothing' })
  expect(branch.text('stripe.md')).toBeNull()
  expect(branch.commits).toHaveLength(1)
})

test('a fact that the folder holds already costs no commit', async () => {
  const { branch, go } = world()
  await go([learning()])
  const again = createRun('run-2', 12)
  expect(await go([learning()], branch.home, again.run)).toEqual({ kind: 'nothing' })
  expect(branch.commits).toHaveLength(1)
})

test('a fact whose line left the default branch meanwhile waits for the merge', async () => {
  const { go, store, branch } = world()
  const moved = { ...learning(), anchor: anchorOf(['const somethingElse = 1'], 1) }
  expect(await go([moved])).toEqual({ kind: 'nothing' })
  expect(branch.commits).toEqual([])
  expect(store.all().map(({ when }) => when)).toEqual(['at-merge'])
})
