import { expect, test } from 'vitest'
import { inBothHomes, onPostgres } from '../support/store-homes.ts'

const SPENDER = { runKey: 'run', installation: 85, repository: 1, pull: 1 }
const FREE = { run: null, pullPerDay: null, installationPerDay: null, perDay: null }

inBothHomes((home) => {
  test('an installation that GitHub asked to wait rests so long, and no other does', async () => {
    const { rests } = home().store
    expect(await rests.left(81)).toBe(0)
    await rests.rest(81, 60_000)
    expect(await rests.left(81)).toBeGreaterThan(50_000)
    expect(await rests.left(82)).toBe(0)
  })

  test('a shorter wait takes nothing from a longer one, and what is over is forgotten', async () => {
    const { rests } = home().store
    await rests.rest(83, 60_000)
    await rests.rest(83, 1_000)
    expect(await rests.left(83)).toBeGreaterThan(50_000)
    await rests.rest(84, -1)
    expect(await rests.left(84)).toBe(0)
  })

  test('a service of the model rests as long as it asked, the longest wait of several, and no other does', async () => {
    const { rests } = home().store
    const service = rests.ofService('first')
    expect(service.left()).toBe(0)
    await service.rest(60_000)
    await service.rest(1_000)
    expect(service.left()).toBeGreaterThan(50_000)
    expect(rests.ofService('second').left()).toBe(0)
    expect(rests.ofService('first').left()).toBeGreaterThan(50_000)
  })

  test('what a service asked before a restart is known with the first reservation', async () => {
    const { store } = home()
    await store.notes.set('rest model asked-before', String(Date.now() + 60_000))
    const service = store.rests.ofService('asked-before')
    expect(service.left()).toBe(0)
    expect(await store.budgets.of(SPENDER, FREE).reserve(0.01)).toBe(true)
    expect(service.left()).toBeGreaterThan(50_000)
  })
})

onPostgres((home) => {
  test('a process whose clock runs hours ahead keeps no other from asking', async () => {
    const HOURS_MS = 7_200_000
    const [wrong, right] = await Promise.all([
      home().open({ clock: { now: () => Date.now() + HOURS_MS } }),
      home().open(),
    ])
    try {
      const heard = right.rests.ofService('wrong')
      await wrong.rests.ofService('wrong').rest(60_000)
      expect(await right.budgets.of(SPENDER, FREE).reserve(0.01)).toBe(true)
      expect(heard.left()).toBe(0)
    } finally {
      await Promise.all([wrong.close(0), right.close(0)])
    }
  })

  test('what a service asked of one process, another hears when it reserves money, granted or not', async () => {
    const [one, other] = await Promise.all([home().open(), home().open()])
    try {
      const heard = other.rests.ofService('shared')
      await one.rests.ofService('shared').rest(60_000)
      expect(heard.left()).toBe(0)
      expect(await other.budgets.of(SPENDER, { ...FREE, run: 0 }).reserve(0.01)).toBe(false)
      expect(heard.left()).toBeGreaterThan(50_000)
      const later = one.rests.ofService('shared')
      await other.rests.ofService('shared').rest(120_000)
      expect(await one.budgets.of(SPENDER, FREE).reserve(0.01)).toBe(true)
      expect(later.left()).toBeGreaterThan(110_000)
    } finally {
      await Promise.all([one.close(0), other.close(0)])
    }
  })
})
