import { expect, test } from 'vitest'
import { Problem } from '#core/problem'
import { undisturbed } from '#flow/undisturbed-clock'
import { CLOCK } from '#wiring/clock'

const calledOff = new Problem('run.superseded', 'gone', 'a newer head')
const draining = new Problem('run.draining', 'retry', 'the process is stopping')

test('a wait that is cut short fails with the reason of its signal', async () => {
  await expect(CLOCK.sleep(60_000, AbortSignal.abort(draining))).rejects.toBe(draining)
  const late = new AbortController()
  const waiting = CLOCK.sleep(60_000, late.signal)
  late.abort(calledOff)
  await expect(waiting).rejects.toBe(calledOff)
})

test('being called off wakes work that is seen already, and the next wait is a whole one', async () => {
  const stop = new AbortController()
  const clock = undisturbed(CLOCK)
  const waiting = clock.sleep(60_000, stop.signal)
  stop.abort(calledOff)
  await waiting
  const started = performance.now()
  await clock.sleep(30, stop.signal)
  expect(performance.now() - started).toBeGreaterThan(25)
})

test('a draining process stops even that', async () => {
  await expect(undisturbed(CLOCK).sleep(60_000, AbortSignal.abort(draining))).rejects.toBe(draining)
})
