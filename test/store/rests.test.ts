import { expect, test } from 'vitest'
import { inBothHomes } from '../support/store-homes.ts'

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
})
