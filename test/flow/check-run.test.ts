import { expect, test } from 'vitest'
import { concludeCheck, openCheck, tellWaiting } from '#flow/check-run'
import type { CheckOutput } from '#flow/pull-request-port'
import { fakeClock, fakeRun } from '../support/fake-run.ts'
import { fakePull, HEAD, problem } from './fake-pull.ts'

const OPEN: CheckOutput = { conclusion: null, title: 'Reviewing', summary: 'now' }
const DONE: CheckOutput = { conclusion: 'success', title: 'Reviewed', summary: 'all' }

function stage() {
  const { world, pull } = fakePull()
  const clock = fakeClock()
  const run = fakeRun(clock)
  return { world, pull, run, clock, needs: { pull, run, clock, visibilityMs: 1_000 } }
}

test('a check is opened once, however often the work begins', async () => {
  const s = stage()
  const id = await openCheck(s.needs, HEAD, OPEN)
  expect(await openCheck(s.needs, HEAD, OPEN)).toBe(id)
  s.run.effects.clear()
  expect(await openCheck(s.needs, HEAD, OPEN)).toBe(id)
  expect(s.world.writes).toEqual(['create-check'])
})

test('a check of another run on the same head is not taken for ours', async () => {
  const s = stage()
  s.world.checks.push({
    id: 1,
    externalId: 'other',
    headSha: HEAD,
    status: 'completed',
    annotationCount: 0,
    ...DONE,
  })
  expect(await openCheck(s.needs, HEAD, OPEN)).not.toBe(1)
})

test('a review without a check yet is one completed check, in one call', async () => {
  const s = stage()
  await concludeCheck(s.needs, HEAD, DONE)
  expect(s.world.writes).toEqual(['create-check'])
  expect(s.world.checks).toMatchObject([{ status: 'completed', conclusion: 'success' }])
})

test('an open check is completed in place, once', async () => {
  const s = stage()
  await openCheck(s.needs, HEAD, OPEN)
  await concludeCheck(s.needs, HEAD, DONE)
  await concludeCheck(s.needs, HEAD, DONE)
  expect(s.world.writes).toEqual(['create-check', 'update-check'])
  expect(s.world.checks).toMatchObject([{ status: 'completed', title: 'Reviewed' }])
})

test('a check that a lost store had opened is found and completed', async () => {
  const s = stage()
  await openCheck(s.needs, HEAD, OPEN)
  s.run.effects.clear()
  await concludeCheck(s.needs, HEAD, DONE)
  expect(s.world.writes).toEqual(['create-check', 'update-check'])
  expect(s.world.checks).toMatchObject([{ status: 'completed' }])
})

test('an update whose answer was lost is sent again', async () => {
  const s = stage()
  await openCheck(s.needs, HEAD, OPEN)
  s.world.before = (write) => {
    if (write === 'update-check') throw problem('github.ambiguous', 'retry')
    return undefined
  }
  await expect(concludeCheck(s.needs, HEAD, DONE)).rejects.toMatchObject({ kind: 'retry' })
  s.world.before = () => undefined
  await concludeCheck(s.needs, HEAD, DONE)
  expect(s.world.checks).toMatchObject([{ status: 'completed' }])
})

test('waiting leaves the check open and says what was said to us as code', async () => {
  const s = stage()
  await tellWaiting(s.needs, HEAD, 'overloaded @team `x`')
  expect(s.world.checks).toMatchObject([
    { status: 'in_progress', summary: '`` overloaded @team `x` ``' },
  ])
})

test('a repeated conclusion does not bring its remarks twice', async () => {
  const s = stage()
  const annotations = [{ path: '.github/tech-lead.yml', line: 3, message: 'unknown key' }]
  await openCheck(s.needs, HEAD, OPEN)
  const { done } = s.run
  s.run.done = async (step, id, key) => {
    if (step === 'conclude-check') throw new Error('killed')
    await done(step, id, key)
  }
  await expect(concludeCheck(s.needs, HEAD, { ...DONE, annotations })).rejects.toThrow('killed')
  s.run.done = done
  await concludeCheck(s.needs, HEAD, { ...DONE, annotations })
  expect(s.world.checks).toMatchObject([{ status: 'completed', annotationCount: 1 }])
})

test('where the app may not write checks there is none, and the work goes on to its end', async () => {
  const s = stage()
  s.world.before = (write) => {
    if (write.endsWith('-check')) throw problem('github.forbidden', 'told')
    return undefined
  }
  expect(await openCheck(s.needs, HEAD, OPEN)).toBeNull()
  await tellWaiting(s.needs, HEAD, 'overloaded')
  await concludeCheck(s.needs, HEAD, DONE)
  expect(s.world.checks).toEqual([])
  expect(s.run.effects.get('conclude-check')).toMatchObject({ status: 'done', objectId: null })
})

test('a permission that is taken away while a check is open leaves the check to GitHub', async () => {
  const s = stage()
  await openCheck(s.needs, HEAD, OPEN)
  s.world.before = () => {
    throw problem('github.forbidden', 'told')
  }
  await concludeCheck(s.needs, HEAD, DONE)
  expect(s.run.effects.get('conclude-check')?.status).toBe('done')
})
