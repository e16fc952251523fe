import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type PostgresServer, postgresMissing, startPostgres } from '../support/postgres.ts'
import { eventually, WEBHOOK_SECRET } from '../support/server-process.ts'
import { asked, expectReviewedOnce, mark, openFlawed, settled } from './flawed-pull-request.ts'
import { createMachine, createStage, postgresHome, replicaOf } from './machine.ts'

const missing = postgresMissing()

/** Whether the system has stopped the process. */
function isStopped(pid: number | undefined): boolean {
  return /^\d+ \(.*\) T /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))
}

describe.skipIf(missing)(missing ? `on Postgres (skipped: ${missing})` : 'on Postgres', () => {
  let server: PostgresServer
  beforeAll(async () => {
    server = await startPostgres()
  })
  afterAll(() => server?.stop())

  test('two servers on one database review ten pull requests once each', async () => {
    const { world, machine, close } = await createStage(await postgresHome(server, 'replicas'))
    const other = await createMachine(world, replicaOf(machine.home))
    await machine.start()
    await other.start()
    const names = Array.from({ length: 10 }, (_, index) => `shop-${index}`)
    const cases = await Promise.all(names.map((name) => openFlawed(world, name)))
    const opened = world.webhooks.log.filter(({ action }) => action === 'opened')
    // The other one hears of each as well, as after a redelivery.
    const receiver = { url: other.webhookUrl, secret: WEBHOOK_SECRET }
    await Promise.all(opened.map((delivery) => world.webhooks.deliver(delivery, receiver)))
    for (const one of cases) await settled(world, one, 0, 120_000)
    for (const one of cases) await expectReviewedOnce(world, one)
    expect(await other.stop()).toBe(0)
    await close()
  })

  test.each([
    ['before-intent', 'before it said what it would write'],
    ['C10a', 'between saying so and writing'],
  ])('a worker that slept past its lease, %s, %s, writes nothing when it wakes', async (point) => {
    const home = await postgresHome(server, `paused_${point.toLowerCase().replaceAll('-', '_')}`)
    const { world, machine, close } = await createStage(home)
    const other = await createMachine(world, replicaOf(home))
    await machine.start()
    const order = () => machine.order('pause', point)
    const one = await openFlawed(world, `paused-${point}`, { order })
    const { child } = machine.server()
    await eventually(() => isStopped(child.pid), 'the worker sleeps')
    const since = mark(world)
    await other.start()
    await settled(world, one, since, 90_000)
    await expectReviewedOnce(world, one)
    const woken = mark(world)
    child.kill('SIGCONT')
    await sleep(5_000)
    const writes = asked(world, one, woken).filter(
      ({ method, graphql }) => method !== 'GET' && graphql?.startsWith('query') !== true,
    )
    expect(writes.map(({ route, graphql }) => graphql ?? route)).toStrictEqual([])
    await expectReviewedOnce(world, one)
    expect(await other.stop()).toBe(0)
    await close()
  })
})
