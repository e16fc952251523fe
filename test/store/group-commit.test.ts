import { expect, test } from 'vitest'
import { Problem } from '#core/problem'
import { createGroupCommit } from '#store/group-commit'

test('a commit that fails fails everybody in it, and nobody after it', async () => {
  let commits = 0
  const group = createGroupCommit(async (items: readonly string[]) => {
    commits += 1
    if (commits === 1) throw new Error('disk full')
    return items
  })
  const answers = await Promise.allSettled([group.add('a'), group.add('b')])
  expect(answers.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
  expect(await group.add('c')).toBe('c')
  expect(commits).toBe(2)
})

test('when the store is away, those who wait for the next commit hear it at once', async () => {
  let commits = 0
  const gate = Promise.withResolvers<void>()
  const group = createGroupCommit(async (items: readonly string[]) => {
    commits += 1
    await gate.promise
    if (commits === 1) throw new Problem('store.unavailable', 'retry', 'away')
    return items
  })
  const first = group.add('a')
  await new Promise((resolve) => setImmediate(resolve))
  const behind = group.add('b')
  gate.resolve()
  const answers = await Promise.allSettled([first, behind])
  expect(answers.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
  expect(commits).toBe(1)
  expect(await group.add('c')).toBe('c')
})

test('what arrives during a commit shares the next one, in order', async () => {
  const sizes: number[] = []
  const gate = Promise.withResolvers<void>()
  const group = createGroupCommit(async (items: readonly number[]) => {
    sizes.push(items.length)
    if (sizes.length === 1) await gate.promise
    return items.map((item) => item * 10)
  })
  const first = group.add(1)
  await new Promise((resolve) => setImmediate(resolve))
  const rest = [2, 3, 4].map((item) => group.add(item))
  expect(group.waiting()).toBe(3)
  gate.resolve()
  expect(await Promise.all([first, ...rest])).toEqual([10, 20, 30, 40])
  expect(sizes).toEqual([1, 3])
})

test('a storm is split into commits of five hundred', async () => {
  const sizes: number[] = []
  const group = createGroupCommit(async (items: readonly number[]) => {
    sizes.push(items.length)
    return items
  })
  const all = Array.from({ length: 1_200 }, (_, index) => index)
  expect(await Promise.all(all.map((item) => group.add(item)))).toEqual(all)
  expect(sizes).toEqual([500, 500, 200])
})

test('an item that a commit forgets is told so', async () => {
  const group = createGroupCommit(async (items: readonly number[]) => items.slice(1))
  await expect(group.add(1)).rejects.toThrow('lost an item')
})
