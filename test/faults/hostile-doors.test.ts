import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { WEBHOOK_SECRET } from '../support/server-process.ts'
import { createShop, expectReviewedOnce, settled } from './flawed-pull-request.ts'
import { createStage, embeddedHome, type Stage } from './machine.ts'

const MIB = 1024 * 1024
const CHUNK = Buffer.alloc(64 * 1024, 'x')

let stage: Stage
beforeAll(async () => {
  stage = await createStage(await embeddedHome())
  await stage.machine.start()
})
afterAll(() => stage?.close())

/** The most memory that the process ever had, in bytes; Linux only. */
function peakOf(pid: number | undefined): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8')
  return Number(/^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1]) * 1024
}

/** A stranger's request that never ends by itself. */
function stranger(port: number, length: string): Socket {
  const socket = connect(port, '127.0.0.1')
  socket.on('error', () => undefined)
  const head = [
    'POST /api/github/webhooks HTTP/1.1',
    'host: x',
    'content-type: application/json',
    'x-github-event: pull_request',
    `x-github-delivery: ${randomUUID()}`,
    `x-hub-signature-256: sha256=${'0'.repeat(64)}`,
    length,
  ]
  socket.write(`${head.join('\r\n')}\r\n\r\n`)
  return socket
}

test('bombs, slow bodies, forgeries and replays at once: a genuine delivery is answered within two seconds and reviewed once', async () => {
  const { world, machine } = stage
  const { webhooks } = world
  const receiver = { url: machine.webhookUrl, secret: WEBHOOK_SECRET }
  const port = Number(new URL(machine.webhookUrl).port)
  webhooks.sendTo(null)
  const repository = await createShop(world, 'besieged')
  const order = { repository, head: 'feature', title: 'Charge', author: 'dev' }
  const pull = await world.openPullRequest(order)
  const opened = webhooks.log.find(({ action, event }) => event === 'pull_request' && action)
  if (opened === undefined) throw new Error('no event was sent')
  const { pid } = machine.server().child
  const before = peakOf(pid)

  const bombs = Array.from({ length: 20 }, () => stranger(port, 'transfer-encoding: chunked'))
  const slow = Array.from({ length: 100 }, () => stranger(port, `content-length: ${20 * MIB}`))
  const fire = setInterval(() => {
    const chunk = Buffer.concat([Buffer.from('10000\r\n'), CHUNK, Buffer.from('\r\n')])
    for (const socket of bombs) if (socket.writableLength < MIB) socket.write(chunk)
    for (const socket of slow) if (socket.writableLength < MIB) socket.write('x')
  }, 20)
  const forged = Array.from({ length: 50 }, () =>
    webhooks.deliver({ ...opened }, receiver, { secret: 'another secret of 32 characters!!' }),
  )
  await new Promise((resolve) => setTimeout(resolve, 1_000))
  const sent = performance.now()
  const { statusCode } = await webhooks.deliver(opened, receiver)
  const answeredMs = performance.now() - sent
  const replays = Array.from({ length: 20 }, () =>
    webhooks.deliver({ ...opened }, receiver, { guid: randomUUID() }),
  )
  expect((await Promise.all(forged)).map((answer) => answer.statusCode)).toStrictEqual(
    forged.map(() => 401),
  )
  expect((await Promise.all(replays)).map((answer) => answer.statusCode)).toStrictEqual(
    replays.map(() => 202),
  )
  clearInterval(fire)
  for (const socket of [...bombs, ...slow]) socket.destroy()

  expect(statusCode).toBe(202)
  expect(answeredMs).toBeLessThan(2_000)
  // What may be held of bodies that nobody has signed, and a margin for everything else.
  expect(peakOf(pid) - before).toBeLessThan(250 * MIB)
  await settled(world, { repository, pull })
  await expectReviewedOnce(world, { repository, pull })
})
