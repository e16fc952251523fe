import { expect, test } from 'vitest'
import type { Agent } from '#core/agent/agent'
import type { Job } from '#core/job/job'
import { Problem } from '#core/problem'
import { type JobNeeds, runJob } from '#flow/run-job'
import { fakeConversations } from '../support/fake-conversations.ts'
import { fakeClock } from '../support/fake-run.ts'
import { needs } from '../support/take-inventory-of.ts'

const command: Extract<Job, { kind: 'command' }> = {
  version: 1,
  kind: 'command',
  installation: 1,
  delivery: 'd',
  repository: { id: 7, owner: 'acme', name: 'shop', private: true },
  issue: 12,
  onPull: true,
  commentId: 3,
  surface: 'conversation',
  root: null,
  login: 'dev',
  userId: 4,
  bot: false,
  command: { name: 'help', words: [], id: null, text: null },
}

const LEAD: Agent = {
  header: { name: 'lead', description: 'd', model: 'opus', memory: 'project' },
  body: '',
  file: 'lead.md',
}
/** Nothing is scanned or known in these tests. */
const NOTHING = {
  scan: {
    facts: () => Promise.reject(new Error('not here')),
    secrets: () => Promise.reject(new Error('not here')),
    search: () => Promise.reject(new Error('not here')),
    syntaxErrors: () => Promise.reject(new Error('not here')),
  },
  knowledge: { ...needs, rules: [] },
}

/** A world in which the first thing that a job asks for fails. */
function failing(failure: unknown): JobNeeds {
  const fail = () => {
    throw failure
  }
  const never = async () => fail()
  const conversations = fakeConversations(fakeClock()).ports
  return {
    agent: 'lead',
    enqueue: never,
    conversation: fail,
    settle: fail,
    due: fail,
    status: fail,
    firstLook: fail,
    audit: fail,
    reach: {
      ...{ installation: fail, introduces: true },
      ...{ enqueue: never, wake: never, forget: never, accepted: fail },
    },
    answering: {
      ...{ ...NOTHING, secrets: [], markerKeys: [new Uint8Array(32)], agent: LEAD },
      ...{ ...conversations, clock: fakeClock(), visibilityMs: 0 },
      ...{ questions: null, modelWaitMs: 0 },
      memory: { pending: fail, writeLater: never, random: () => 0 },
    },
    review: {
      pullRequest: fail,
      runs: { open: never, supersede: never, ofPull: never, pullsOf: never },
      pending: fail,
      ...conversations,
      writeLater: never,
      examineNeeds: fail,
      ...{ agent: LEAD, knowledge: NOTHING.knowledge },
      clock: { now: () => 0, sleep: never },
      random: () => 0,
      log: { info: () => {}, warn: () => {}, error: () => {} },
      visibilityMs: 0,
      modelWaitMs: 0,
      turn: never,
      markerKeys: [new Uint8Array(32)],
    },
  }
}

test('a worker that was taken off its work says so, and no attempt is spent on it', async () => {
  for (const code of ['run.draining', 'run.lease-lost']) {
    const failure = new Problem(code, 'gone', 'taken away')
    await expect(runJob(failing(failure), command, 0)).rejects.toBe(failure)
  }
})

test('a failure of the world becomes the end of the try', async () => {
  const ends = [
    [new Problem('github.gone', 'gone', 'gone'), { kind: 'done', because: 'gone' }],
    [new Problem('github.refused', 'told', 'no'), { kind: 'dead', because: 'no' }],
    [new Problem('github.unreachable', 'retry', 'busy'), { kind: 'retry', because: 'busy' }],
  ] as const
  for (const [failure, end] of ends) {
    expect(await runJob(failing(failure), command, 0)).toStrictEqual(end)
  }
})
