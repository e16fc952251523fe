import { beforeAll } from 'vitest'
import type { FileDiff } from '#core/diff/diff'
import type { ReviewJob } from '#core/job/job'
import type { MarkerKeys } from '#core/render/marker'
import type { ExamineNeeds } from '#flow/examine'
import type { Model, ModelTurn } from '#flow/model-port'
import type { FileContent, KnownRun, OpenedRun } from '#flow/ports'
import type { PullState } from '#flow/pull-request-port'
import type { ReviewNeeds } from '#flow/review-needs'
import { reviewPullRequest } from '#flow/review-pull-request'
import { type Loaded, loadKnowledge } from '#wiring/load-knowledge'
import { changedFile } from '../support/builders.ts'
import { fakeConversations } from '../support/fake-conversations.ts'
import { type FakeRun, fakeClock, fakeRun, reviewJob } from '../support/fake-run.ts'
import { fakePull, HEAD, QUIET } from './fake-pull.ts'
import { createPending } from './memory-world.ts'

const KEYS: MarkerKeys = [new TextEncoder().encode('a marker key of the tests')]
export const WAIT_MS = 600_000
const PAY = "import Stripe from 'stripe'\nexport const stripe = new Stripe(key)\n"
const PATCH = `@@ -0,0 +1,2 @@\n+${PAY.trimEnd().replaceAll('\n', '\n+')}`
const INTEGRATION = changedFile('src/pay.ts', PATCH, { change: 'added' })

let loaded: Loaded
beforeAll(async () => {
  loaded = await loadKnowledge('2026-11-22')
})

const failed: ModelTurn = {
  ...{ kind: 'failed', failure: 'account', message: 'no credit <b>left</b>' },
  ...{ retryAfterMs: null, usage: null, requestId: null },
}

/** A review of one changed file, with everything around it in memory. */
export function stage(
  order: {
    files?: readonly FileDiff[]
    job?: ReviewJob
    state?: Partial<PullState>
    model?: boolean
    granted?: boolean
    settings?: string
    /** What the pull request says of itself by now. */
    words?: { title: string; description: string }
  } = {},
) {
  const { world, pull } = fakePull(order.state)
  world.permissions = { dev: 'write', maintainer: 'write' }
  const clock = fakeClock()
  const job = order.job ?? reviewJob()
  const run: FakeRun = fakeRun(clock, {}, job)
  const seen = {
    turns: 0,
    told: [] as string[],
    opened: [] as ReviewJob[],
    known: [] as KnownRun[],
  }
  let claim = (_: ReviewJob): OpenedRun => ({ kind: 'claimed', run })
  const files = order.files ?? [INTEGRATION]
  const settings =
    order.settings === undefined ? null : { path: '.github/tech-lead.yml', text: order.settings }
  const trusted = { commit: 'c', settings, agent: null, memory: [] }
  world.opening = { trusted }
  pull.reader.changes = () => ({
    snapshot: async () => ({
      ...{ base: 'b'.repeat(40), head: HEAD, files, totalFiles: files.length },
      ...(order.words ?? { title: 'Work', description: '' }),
      trusted,
      contents: {
        read: async (paths) =>
          new Map(
            paths.map((path): [string, FileContent] => [
              path,
              path === 'src/pay.ts' ? { kind: 'text', text: PAY } : { kind: 'missing' },
            ]),
          ),
        list: async () => ({ paths: ['src/pay.ts'], complete: true }),
      },
    }),
  })
  const model: Model = {
    turn: async (request) => {
      seen.turns += 1
      seen.told.push(JSON.stringify(request))
      return failed
    },
  }
  const examineNeeds: ExamineNeeds = {
    scan: {
      facts: async (sources) => ({
        ...{ facts: [], scanned: sources.map(({ path }) => path), unsupported: [], failed: [] },
      }),
      secrets: async () => ({ hits: [], failed: [] }),
      search: async () => ({ ok: true, matches: [], cut: false }),
      syntaxErrors: async () => new Map(),
    },
    model: order.model === false ? null : model,
    budget: { reserve: async () => true, settle: async () => undefined },
    ...{
      knowledge: loaded.knowledge,
      clock,
      random: () => 0.5,
      delimiter: () => '0123456789abcdef',
      log: QUIET,
    },
    ...{
      modelGranted: order.granted ?? true,
      modelName: null,
      secrets: ['the webhook secret'],
      tool: loaded.tool,
      signal: run.signal,
    },
  }
  const conversations = fakeConversations(clock)
  const needs: ReviewNeeds = {
    ...conversations.ports,
    ...{ pullRequest: () => pull, pending: () => createPending().pending, log: QUIET, clock },
    writeLater: async () => {},
    ...{
      agent: loaded.agent,
      knowledge: loaded.knowledge,
      random: () => 0.5,
      visibilityMs: 1_000,
      modelWaitMs: WAIT_MS,
      turn: async () => 0,
    },
    ...{ markerKeys: KEYS, examineNeeds: () => examineNeeds },
    runs: {
      open: async (asked) => {
        seen.opened.push(asked)
        const opened = claim(asked)
        // A run carries the job that opened it.
        if (opened.kind === 'claimed') Object.assign(opened.run, { job: asked })
        return opened
      },
      supersede: async () => [],
      ofPull: async () => seen.known,
      pullsOf: async () => [],
    },
  }
  return {
    ...{ world, run, clock, seen, pull, ...conversations.state },
    /** What comes of asking for the run of a wish. */
    claims: (next: (asked: ReviewJob) => OpenedRun) => {
      claim = next
    },
    review: (since = clock.now()) => reviewPullRequest(needs, job, since),
  }
}

/** A comment of somebody who may ask for reviews. */
export const COMMAND = {
  ...({ kind: 'command', commentId: 5, surface: 'conversation', full: false } as const),
  ...{ login: 'dev', userId: 11, bot: false },
}
export const PAUSED = { paused: true, by: 'lena', because: '', at: 1 }
