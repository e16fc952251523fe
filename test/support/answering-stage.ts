import type { Agent } from '#core/agent/agent'
import type { AnsweredCommand } from '#core/command/command'
import type { MarkerKeys } from '#core/render/marker'
import { answerCommand } from '#flow/answer-command'
import type { AnswerNeeds, CommandJob } from '#flow/answering'
import type { Snapshot } from '#flow/ports'
import type { MemoryHome, Permission, PullRequest } from '#flow/pull-request-port'
import { fakePull, HEAD } from '../flow/fake-pull.ts'
import { createBranch, createPending } from '../flow/memory-world.ts'
import { changedFile } from './builders.ts'
import { fakeConversations } from './fake-conversations.ts'
import { fakeClock } from './fake-run.ts'
import { contentsOf, needs } from './take-inventory-of.ts'

/** The keys that sign the markers of a stage. */
export const STAGE_KEYS: MarkerKeys = [new TextEncoder().encode('a marker key of the tests')]

/** A value that no post may hold. */
export const SECRET = 'a-secret-of-this-process-0123456789'

const agent: Agent = {
  header: { name: 'lead', description: 'd', model: 'opus', memory: 'project' },
  body: '',
  file: 'lead.md',
}

/** A command as the parser gives it. */
export const given = (
  name: AnsweredCommand,
  more: { readonly id?: string; readonly text?: string } = {},
) => ({ name, words: [] as string[], id: more.id ?? null, text: more.text ?? null })

/** The job of a comment by `dev` on pull request 12. */
export const commandJob = (more: Partial<CommandJob> = {}): CommandJob => ({
  ...{ version: 1, kind: 'command', installation: 1, delivery: 'd', issue: 12, onPull: true },
  ...{ repository: { id: 7, owner: 'acme', name: 'shop', private: false } },
  ...{ commentId: 5, surface: 'conversation', root: null, login: 'dev', userId: 11, bot: false },
  command: given('help'),
  ...more,
})

/** What stands on the stage before anybody speaks. */
export interface StageOrder {
  readonly role?: Permission
  /** Files that the pull request adds. */
  readonly files?: Readonly<Record<string, string>>
  /** Files of the default branch. */
  readonly tip?: Readonly<Record<string, string>>
  readonly needs?: Partial<AnswerNeeds>
  /** Puts something before the branch of the memory. */
  readonly home?: (home: MemoryHome) => MemoryHome
}

/** A pull request in memory on which commands can be given. */
export function answeringStage({
  role = 'write',
  files = {},
  tip = {},
  ...order
}: StageOrder = {}) {
  const { world, pull } = fakePull()
  world.permissions = { dev: role }
  world.tip = contentsOf(tip)
  const settings = settingsOn(tip)
  if (settings !== null) {
    world.opening = { trusted: { commit: 'c', settings, agent: null, memory: [] } }
  }
  const branch = createBranch(tip)
  const pending = createPending()
  const laters: string[] = []
  const clock = fakeClock()
  const conversations = fakeConversations(clock)
  const answering: AnswerNeeds = {
    ...{ ...conversations.ports, clock, visibilityMs: 1_000 },
    ...{ agent, markerKeys: STAGE_KEYS, scan: needs.scan, secrets: [SECRET] },
    knowledge: { ...needs, rules: [] },
    ...{ questions: null, modelWaitMs: 600_000 },
    memory: {
      pending: () => pending.pending,
      writeLater: async ({ delivery }) => void laters.push(delivery),
      random: () => 0.5,
    },
    ...order.needs,
  }
  const changing: PullRequest = {
    ...pull,
    memoryHome: async () => order.home?.(branch.home) ?? branch.home,
    reader: {
      ...pull.reader,
      changes: () => ({ snapshot: async () => snapshotOf(files, tip) }),
      async tip() {
        const given = await pull.reader.tip()
        const { files: memory } = await branch.home.tip()
        return { ...given, trusted: { ...given.trusted, memory } }
      },
    },
  }
  let comments = 100
  const answer = (job = commandJob()) => answerCommand(answering, changing, job, clock.now())
  return {
    world,
    branch,
    pending,
    laters,
    state: conversations.state,
    answer,
    /** Gives a command in a comment of its own, and gives back what was answered. */
    async ask(name: AnsweredCommand, more: Parameters<typeof given>[1] = {}, job = {}) {
      comments += 1
      await answer(commandJob({ commentId: comments, command: given(name, more), ...job }))
      return world.comments.at(-1)?.body ?? ''
    },
  }
}

/** The settings of a default branch. */
function settingsOn(tip: Readonly<Record<string, string>>) {
  const text = tip['.github/tech-lead.yml']
  return text === undefined ? null : { path: '.github/tech-lead.yml', text }
}

/** A change that adds these files. */
function snapshotOf(
  files: Readonly<Record<string, string>>,
  tip: Readonly<Record<string, string>>,
): Snapshot {
  const head = contentsOf({ ...tip, ...files })
  const main = contentsOf(tip)
  const none = contentsOf({})
  return {
    ...{ base: 'b'.repeat(40), head: HEAD, totalFiles: Object.keys(files).length },
    ...{ title: 'a change', description: '' },
    trusted: { commit: 'c', settings: settingsOn(tip), agent: null, memory: [] },
    contents: {
      read: (paths, at) => ({ head, tip: main, base: none })[at].read(paths),
      list: (at) => ({ head, tip: main, base: none })[at].list(),
    },
    files: Object.entries(files).map(([path, text]) => {
      const lines = text.split('\n')
      const added = lines.map((line) => `+${line}`).join('\n')
      const patch = `@@ -0,0 +1,${lines.length} @@\n${added}`
      return changedFile(path, patch, { change: 'added' })
    }),
  }
}
