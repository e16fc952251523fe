import { generateKeyPairSync, randomUUID } from 'node:crypto'
import webhookExamples from '@octokit/webhooks-examples' with { type: 'json' }
import { afterAll, beforeAll, expect, test } from 'vitest'
import * as z from 'zod'
import { HANDLED_EVENTS } from '#core/job/handled-events'
import type { Receive } from '#server/dispatch'
import { createMetrics } from '#server/metrics'
import { createProbotReceiver } from '#server/probot-receiver'
import { readEnvironment } from '#wiring/environment'
import { createLog } from '#wiring/log'
import { fakeJobs, openLoopback, SECRET, send, signed } from './loopback.ts'

/** The types of the package say otherwise, but its JSON is the list itself. */
const examples = z
  .array(z.object({ name: z.string(), examples: z.array(z.record(z.string(), z.unknown())) }))
  .parse(webhookExamples)

const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
const PEM = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()

let loopback: Awaited<ReturnType<typeof openLoopback>>
const { jobs, put } = fakeJobs()
const lines: string[] = []

async function receiver(): Promise<Receive> {
  const environment = readEnvironment({ APP_ID: '29310', PRIVATE_KEY: PEM, WEBHOOK_SECRET: SECRET })
  if (!environment.ok) {
    throw new Error('the environment of the test is wrong')
  }
  const write = (line: string) => void lines.push(line)
  const log = createLog({ level: 'trace', format: 'json', secrets: [SECRET, PEM], write })
  const self = async () => ({ appId: 29_310, botUserId: 1 })
  return createProbotReceiver(environment.value, { self, jobs, metrics: createMetrics(), log })
}

beforeAll(async () => {
  loopback = await openLoopback({ lines })
})
afterAll(() => {
  loopback.door.server.close()
  loopback.door.server.closeAllConnections()
})

test('every example payload is answered with a 2xx, and only handled events become jobs', async () => {
  const receive = await receiver()
  for (const { name, examples: payloads } of examples) {
    for (const payload of payloads) {
      const body = JSON.stringify(payload)
      const guid = randomUUID()
      const headers = await signed(body, { event: name, guid })
      const reply = await send(loopback.port, { headers, body })
      expect(reply.status, name).toBeLessThan(300)
      const action = 'action' in payload ? `${name}.${payload['action']}` : name
      const handled = HANDLED_EVENTS.some((event) => event === action)
      expect(loopback.rows.has(guid), action).toBe(handled)
      const before = put.length
      await receive({ guid, event: name, payload: JSON.parse(body) })
      expect(handled || put.length === before, action).toBe(true)
    }
  }
  expect(new Set(put.map(({ kind }) => kind))).toEqual(
    new Set([
      'installation',
      'repositories',
      'merge-group',
      'push',
      'repository',
      'review',
      'settle',
      'withdraw',
    ]),
  )
}, 30_000)

test('not even the most talkative log shows a payload, a header or a key', () => {
  expect(lines.length).toBeGreaterThan(100)
  const text = lines.join('')
  for (const words of ['It looks like you accidently', 'Codertocat', 'x-hub-signature', 'BEGIN']) {
    expect(text).not.toContain(words)
  }
})

test('every event GitHub may invent is answered, whatever its body', async () => {
  for (const event of ['future_event', 'security_and_analysis', 'sub_issues', 'x'.repeat(64)]) {
    for (const body of ['{}', '{"action":null}', '{"action":{"a":1}}', '{"action":"new"}']) {
      const headers = await signed(body, { event, guid: randomUUID() })
      expect((await send(loopback.port, { headers, body })).status).toBe(200)
    }
  }
})
