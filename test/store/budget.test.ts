import { expect, test } from 'vitest'
import type { Ceilings, Spender } from '#store/budget'
import { inBothHomes, reviewJob } from '../support/store-homes.ts'

const USAGE = { inputTokens: 10, cacheReadTokens: 0, cacheWriteTokens: 0, outputTokens: 5 }
const OPEN: Ceilings = {
  run: null,
  pullPerDay: null,
  installationPerDay: null,
  perDay: null,
}

let installations = 1_000

inBothHomes((home) => {
  const budgets = () => home().store.budgets
  const spender = (changes: Partial<Spender> = {}): Spender => {
    installations += 1
    return {
      runKey: `run-${installations}`,
      installation: installations,
      repository: 1,
      pull: 1,
      ...changes,
    }
  }
  const bill = (reserved: number, usd: number) => ({
    reserved,
    usd,
    model: 'claude',
    usage: USAGE,
    requestId: 'req_1',
  })
  const allowed = (answers: readonly boolean[]) => answers.filter((answer) => answer).length

  test('one hundred runs at once cannot pass the ceiling they share', async () => {
    const installation = spender().installation
    const runs = Array.from({ length: 100 }, (_, index) =>
      budgets().of(spender({ installation, runKey: `shared-${index}`, pull: index }), {
        ...OPEN,
        installationPerDay: 1,
      }),
    )
    const answers = await Promise.all(runs.map((run) => run.reserve(0.03)))
    expect(allowed(answers)).toBe(33)
  })

  test('what was settled below its reservation can be spent again; a bill above it counts in full', async () => {
    const budget = budgets().of(spender(), { ...OPEN, run: 1 })
    expect(await budget.reserve(0.9)).toBe(true)
    expect(await budget.reserve(0.2)).toBe(false)
    await budget.settle(bill(0.9, 0.1))
    expect(await budget.reserve(0.9)).toBe(true)
    await budget.settle(bill(0.9, 9))
    expect(await budget.reserve(0.000001)).toBe(false)
  })

  test('each level has its own ceiling, and a refusal takes nothing from the others', async () => {
    const who = spender()
    const narrow = budgets().of(who, { ...OPEN, pullPerDay: 0.5, installationPerDay: 1 })
    expect(await narrow.reserve(0.6)).toBe(false)
    expect(await narrow.reserve(0.5)).toBe(true)
    expect(await narrow.reserve(0.1)).toBe(false)
    const otherPull = budgets().of(
      { ...who, pull: 2, runKey: 'other' },
      { ...OPEN, pullPerDay: 0.5, installationPerDay: 1 },
    )
    expect(await otherPull.reserve(0.5)).toBe(true)
    const third = budgets().of({ ...who, pull: 3 }, { ...OPEN, installationPerDay: 1 })
    expect(await third.reserve(0.01)).toBe(false)
    const elsewhere = budgets().of(spender(), { ...OPEN, installationPerDay: 1 })
    expect(await elsewhere.reserve(1)).toBe(true)
  })

  test('the ceiling of all together counts everybody', async () => {
    const today = new Date().toISOString().slice(0, 10)
    const before = await budgets().spentOn(today)
    const one = budgets().of(spender(), { ...OPEN, perDay: before + 1 })
    const other = budgets().of(spender(), { ...OPEN, perDay: before + 1 })
    expect(await one.reserve(0.7)).toBe(true)
    expect(await other.reserve(0.7)).toBe(false)
    await one.settle(bill(0.7, 0.25))
    expect(await budgets().spentOn(today)).toBeCloseTo(before + 0.25, 6)
  })

  test('money that nobody reserved cannot be settled', async () => {
    const budget = budgets().of(spender(), OPEN)
    await expect(budget.settle(bill(0.1, 0.1))).rejects.toThrow('not been reserved')
  })

  test('what a dead worker had reserved counts as spent when its run is claimed again', async () => {
    const job = reviewJob()
    const first = await home().store.runs.open(job, { headSha: 'h', baseRef: 'main' })
    if (first.kind !== 'claimed') throw new Error(first.kind)
    const who = spender({ runKey: first.run.key })
    const dying = budgets().of(who, { ...OPEN, run: 1 })
    expect(await dying.reserve(0.6)).toBe(true)
    await first.run.release()
    const second = await home().store.runs.open(job, { headSha: 'h', baseRef: 'main' })
    expect(second.kind).toBe('claimed')
    const next = budgets().of(who, { ...OPEN, run: 1 })
    expect(await next.reserve(0.5)).toBe(false)
    expect(await next.reserve(0.4)).toBe(true)
    await next.settle(bill(0.4, 0.4))
    await dying.settle(bill(0.6, 0.1))
    expect(await next.reserve(0.01)).toBe(false)
  })
})
