import { expect, test } from 'vitest'
import type { Run } from '#flow/ports'
import { queueJob } from '#wiring/run-server'
import { fakePull } from '../flow/fake-pull.ts'
import { inBothHomes, quietLog, reviewJob } from '../support/store-homes.ts'

const OLD = 'a'.repeat(40)
const NEW = 'b'.repeat(40)

inBothHomes((home) => {
  /** A run of the old head is under way; a push is queued, and `meanwhile` happens as GitHub is asked. */
  async function pushed(now: string, meanwhile: (old: Run, claim: Claim) => Promise<void>) {
    const { store } = home()
    const job = reviewJob({ head: OLD })
    const claim: Claim = async (headSha) => {
      const opened = await store.runs.open({ ...job, head: headSha }, { headSha, baseRef: 'main' })
      if (opened.kind !== 'claimed') throw new Error(opened.kind)
      return opened.run
    }
    const old = await claim(OLD)
    const { pull } = fakePull({ head: now })
    const { state } = pull.reader
    pull.reader.state = async () => {
      await meanwhile(old, claim)
      return state()
    }
    // No worker runs here, so what is queued stays where it is.
    await queueJob({ store, pullRequest: () => pull, log: quietLog }, { ...job, head: NEW })
    return old
  }

  test('a push calls off the review of the head before it', async () => {
    const old = await pushed(NEW, async () => {})
    expect(old.signal.reason).toMatchObject({ code: 'run.superseded' })
  })

  test('a push that GitHub does not show any more calls off nothing', async () => {
    const old = await pushed(OLD, async () => {})
    expect(old.signal.aborted).toBe(false)
  })

  test('a review of the new head that begins while GitHub is asked goes on', async () => {
    let begun: Run | undefined
    await pushed(NEW, async (old, claim) => {
      await old.finish('superseded', 'there was a push')
      begun = await claim(NEW)
    })
    expect(begun?.signal.aborted).toBe(false)
    expect(await home().store.runs.find(begun?.key ?? '')).toMatchObject({ state: 'claimed' })
    await begun?.finish('done', null)
  })
})

type Claim = (headSha: string) => Promise<Run>
