import fc from 'fast-check'
import { expect, test, vi } from 'vitest'
import { entryId } from '#core/memory/memory-entry'
import type { PlannedLearning } from '#core/plan/plan'
import type { Clock } from '#flow/ports'
import { remember } from '#flow/remember'
import { writeDue } from '#flow/write-due'
import { createBranch, createLog, createPending, createRun } from './memory-world.ts'

// Two minutes for a machine that has other things to do.
vi.setConfig({ testTimeout: 120_000 })

const WRITERS = 30

/** Lets everybody else go first, for a while. */
const yieldFor = async (turns: number) => {
  for (let turn = 0; turn < turns; turn += 1) await new Promise((resolve) => setImmediate(resolve))
}

const learning = (n: number): PlannedLearning => ({
  ...{ topic: n % 3 === 0 ? 'stripe' : 'acme', text: `Fact number ${n} of this repository.` },
  ...{ citation: null, anchor: null, source: 'agent', when: 'now' },
})

/** Thirty reviews end at once in one repository while people push to the memory folder. */
async function race(turns: readonly number[], humans: readonly number[]) {
  const branch = createBranch()
  const store = createPending()
  const time = { now: Date.UTC(2026, 10, 22, 12) }
  branch.now.ms = time.now
  const clock: Clock = { now: () => time.now, sleep: () => yieldFor(2) }
  let asked = 0
  const needs = {
    memoryHome: async () => {
      await yieldFor(1)
      return {
        ...branch.home,
        // A write takes its time, in which others write.
        async commit(change: Parameters<typeof branch.home.commit>[0]) {
          await yieldFor(1)
          return branch.home.commit(change)
        },
      }
    },
    ...{ clock, random: () => 0.5, log: createLog().log },
    writeLater: async () => {
      asked += 1
    },
  }
  const writers = Array.from({ length: WRITERS }, async (_, n) => {
    await yieldFor(turns[n % turns.length] ?? 0)
    return remember(
      { ...needs, run: createRun(`run-${n}`, n + 1).run, pending: store.of(n + 1) },
      { agent: 'lead', learnings: [learning(n)], memoryEdits: [] },
    )
  })
  const people = humans.map(async (wait, n) => {
    await yieldFor(wait)
    branch.push((files) =>
      files.set(
        'stripe.md',
        `${files.get('stripe.md') ?? '# Stripe\n\n'}\nWords ${n} of a person.\n`,
      ),
    )
  })
  const outcomes = await Promise.all(writers)
  await Promise.all(people)
  for (let minutes = 0; store.all().length > 0 && minutes < 20; minutes += 1) {
    time.now += 61_000
    branch.now.ms = time.now
    await writeDue({ ...needs, pending: store.pending }, 'lead')
  }
  return { branch, store, outcomes, asked }
}

test('thirty reviews at once lose nothing, write nothing twice and commit at most twice a minute', async () => {
  const moments = fc.array(fc.nat(12), { minLength: 30, maxLength: 30 })
  const pushes = fc.array(fc.nat(20), { maxLength: 8 })
  await fc.assert(
    fc.asyncProperty(moments, pushes, async (turns, humans) => {
      const { branch, store, outcomes, asked } = await race(turns, humans)
      const files = ['stripe.md', 'acme.md'].map((path) => branch.text(path) ?? '').join('\n')
      for (let n = 0; n < WRITERS; n += 1) {
        expect(files.split(`[${entryId(learning(n).text)}]`)).toHaveLength(2)
      }
      for (const n of humans.keys()) expect(files).toContain(`Words ${n} of a person.`)
      expect(store.all()).toEqual([])
      for (const { at } of branch.commits) {
        const within = branch.commits.filter((one) => one.at <= at && one.at > at - 60_000)
        expect(within.length).toBeLessThanOrEqual(2)
      }
      // Whoever could not write said so, and asked for the job that does.
      const waiting = outcomes.filter(({ kind }) => kind === 'pending').length
      expect(asked).toBeGreaterThanOrEqual(Math.min(1, waiting))
      expect(outcomes.every(({ kind }) => kind === 'pending' || kind === 'committed')).toBe(true)
    }),
    { numRuns: 4 },
  )
})
