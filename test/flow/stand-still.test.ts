import { expect, test } from 'vitest'
import { NOTHING_CARRIED } from '#core/plan/plan'
import { countAutomatic, pauseAfterMany } from '#flow/stand-still'
import { fakeConversations } from '../support/fake-conversations.ts'
import { fakeClock, reviewJob } from '../support/fake-run.ts'
import { plan } from './fake-pull.ts'

const KEY = '1/7#12'
const after = (automatic: number, at = 10) =>
  plan({ carried: { ...NOTHING_CARRIED, automatic, at } })

function stage() {
  const { ports, state } = fakeConversations(fakeClock())
  return { needs: { pauses: ports.pauses, clock: fakeClock() }, pauses: state.pauses }
}
const COMMAND = {
  ...({ kind: 'command', commentId: 5, surface: 'conversation', full: false } as const),
  ...{ login: 'dev', userId: 11, bot: false },
}

test('the eighth review in a row that nobody asked for is the last one', async () => {
  const { needs, pauses } = stage()
  const count = (latest: number) =>
    countAutomatic(needs, reviewJob(), { latest: after(latest), most: 8 })
  expect(await count(6)).toEqual({ automatic: 7, pauses: false })
  const last = await count(7)
  expect(last).toEqual({ automatic: 8, pauses: true })
  await pauseAfterMany(needs, reviewJob(), plan({ carried: { ...NOTHING_CARRIED, ...last } }))
  expect(pauses.get(KEY)).toMatchObject({ paused: true, by: null })
  expect(pauses.get(KEY)?.because).toContain('8 reviews')
})

test('a review that somebody asks for starts the count anew, and pauses nothing', async () => {
  const { needs, pauses } = stage()
  const asked = reviewJob({ trigger: COMMAND })
  expect(await countAutomatic(needs, asked, { latest: after(7), most: 8 })).toEqual({
    automatic: 0,
    pauses: false,
  })
  await pauseAfterMany(needs, asked, plan())
  expect(pauses.size).toBe(0)
})

test('whoever lets automatic reviews go on gets as many again', async () => {
  const { needs, pauses } = stage()
  pauses.set(KEY, { paused: false, by: 'lena', because: '', at: 20 })
  const count = (at: number) =>
    countAutomatic(needs, reviewJob(), { latest: after(8, at), most: 8 })
  expect(await count(10)).toEqual({ automatic: 1, pauses: false })
  expect((await count(30)).pauses).toBe(true)
})
