import { expect, test } from 'vitest'
import { createCrowd } from '#store/crowd'

async function lasted(work: () => Promise<void>): Promise<number> {
  const begun = performance.now()
  await work()
  return performance.now() - begun
}

test('who waits for a crowd to be gone waits while it stands there, and no longer than said', async () => {
  const crowd = createCrowd()
  expect(await lasted(() => crowd.gone(300, () => 100))).toBeGreaterThan(290)
})

test('a few at the door are no crowd', async () => {
  const crowd = createCrowd()
  crowd.came(2)
  expect(await lasted(() => crowd.gone(10_000, () => 3))).toBeLessThan(5_000)
})

test('the end of a crowd is noticed', async () => {
  const crowd = createCrowd()
  crowd.came(20)
  expect(await lasted(() => crowd.gone(10_000, () => 0))).toBeLessThan(5_000)
})
