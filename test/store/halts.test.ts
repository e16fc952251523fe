import { expect, test } from 'vitest'
import { inBothHomes, reviewJob, until } from '../support/store-homes.ts'

const HEAD = { headSha: 'a'.repeat(40), baseRef: 'main' }

inBothHomes((home) => {
  const store = () => home().store
  const job = reviewJob({ installation: 71 })

  test.each([['all'], ['71'], ['octo/shop'], ['Octo/SHOP']])(
    'a halt of %s holds back the next write of a run that is under way, and no longer',
    async (scope) => {
      const { halts, runs } = store()
      const opened = await runs.open(reviewJob({ installation: 71 }), HEAD)
      if (opened.kind !== 'claimed') return expect.fail('not claimed')
      await halts.halt(scope)
      await halts.halt(scope)
      await expect(opened.run.intend('post-review')).rejects.toMatchObject({
        code: 'run.halted',
        kind: 'retry',
        retryAfterMs: 30_000,
      })
      expect(await opened.run.effect('post-review')).toBeNull()
      expect((await halts.list()).map((one) => one.scope)).toEqual([scope.toLowerCase()])
      expect([await halts.resume(scope), await halts.resume(scope)]).toEqual([true, false])
      expect(await opened.run.intend('post-review')).toMatchObject({ status: 'intended' })
    },
  )

  test('others go on, and work of a whole installation is stopped with it', async () => {
    const { halts } = store()
    await halts.halt('71')
    await expect(halts.refuse({ installation: 71 })).rejects.toThrow('has halted 71')
    await halts.refuse({ ...job, installation: 72 })
    await halts.halt('octo/other')
    await halts.refuse({ ...job, installation: 72 })
    await halts.resume('71')
    await halts.resume('octo/other')
  })

  test('what waited because of it is due at once, and what waits longer is not', async () => {
    const { halts, jobs, desk } = store()
    const [soon, late] = [reviewJob({ installation: 73 }), reviewJob({ installation: 73 })]
    await jobs.enqueue(soon)
    await jobs.enqueue(late)
    let tries = 0
    await jobs.work(
      async ({ delivery }) => {
        tries += 1
        if (tries > 2) return { kind: 'done' }
        const delayMs = delivery === soon.delivery ? 29_000 : 3_600_000
        return { kind: 'wait', delayMs, because: 'halted' }
      },
      { reviews: 1 },
    )
    await until('both wait', async () => (await desk.list({ state: 'delayed' })).length === 2)
    await halts.halt('73')
    await halts.resume('73')
    await until('one is done', () => tries === 3)
    expect((await desk.list({ state: 'delayed' })).map(({ job: left }) => left?.delivery)).toEqual([
      late.delivery,
    ])
  })
})
