import { expect, test } from 'vitest'
import { createSessionQueue } from '#store/session-queue'

/** Lets everything happen that is due. */
const soon = () => new Promise((resolve) => setTimeout(resolve, 5))

test('the urgent come before all others that wait, and both in their order', async () => {
  const session = createSessionQueue()
  const served: string[] = []
  const serve = async (name: string, urgent: boolean) => {
    const giveBack = await session.take(urgent)
    served.push(name)
    giveBack()
  }
  const giveBack = await session.take(false)
  const all = [
    serve('first', false),
    serve('second', false),
    serve('at the door', true),
    serve('behind it', true),
  ]
  await soon()
  expect(served).toEqual([])
  giveBack()
  await Promise.all(all)
  expect(served).toEqual(['at the door', 'behind it', 'first', 'second'])
})

test('who asks after a statement has ended is heard before the next one begins', async () => {
  const session = createSessionQueue()
  const served: string[] = []
  const giveBack = await session.take(false)
  const waiting = session.take(false).then(() => void served.push('waiting'))
  giveBack()
  const urgent = session.take(true).then((back) => {
    served.push('urgent')
    back()
  })
  await Promise.all([urgent, waiting])
  expect(served).toEqual(['urgent', 'waiting'])
})

test('nobody has the session twice, and an idle one is there at once', async () => {
  const session = createSessionQueue()
  const giveBack = await session.take(false)
  let second = false
  void session.take(true).then(() => {
    second = true
  })
  await soon()
  expect(second).toBe(false)
  giveBack()
  await soon()
  expect(second).toBe(true)
})
