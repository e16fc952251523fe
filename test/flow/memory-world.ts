import type { MemoryFile } from '#core/memory/memory'
import { Problem } from '#core/problem'
import type { Clock, Effect, KeptLearning, Log, PendingLearnings } from '#flow/ports'
import type { MemoryBranch, MemoryHome } from '#flow/pull-request-port'
import type { RememberNeeds } from '#flow/remember'

/** A default branch in memory that refuses a stale commit, as GitHub does. */
export function createBranch(sources: Readonly<Record<string, string>> = {}) {
  const commits: { sha: string; message: string; at: number }[] = []
  const now = { ms: Date.UTC(2026, 10, 22, 12) }
  let files = new Map<string, string>()
  let version = 1
  const tip = () => `${'0'.repeat(36)}${String(version).padStart(4, '0')}`
  const calls = { tip: 0, commit: 0 }
  const hooks: { beforeCommit?: (() => void) | undefined; afterCommit?: (() => void) | undefined } =
    {}
  const onMain: MemoryBranch = {
    async tip() {
      calls.tip += 1
      const list: MemoryFile[] = [...files].map(([path, text]) => ({ path, text }))
      return { branch: 'main', commit: tip(), files: list, settings: null }
    },
    async readAtTip(paths) {
      return new Map(
        paths.map((path) => {
          const text = sources[path]
          return [path, text === undefined ? { kind: 'missing' } : { kind: 'text', text }]
        }),
      )
    },
    async history(trailers) {
      const found = new Map<string, string>()
      for (const { sha, message } of commits) {
        for (const line of trailers) if (message.split('\n').includes(line)) found.set(line, sha)
      }
      return { carried: found, madeAt: commits.map(({ at }) => at) }
    },
    requiresChecks: async () => false,
    async commit({ expected, headline, body, edits }) {
      calls.commit += 1
      hooks.beforeCommit?.()
      if (expected !== tip()) return { kind: 'stale' }
      for (const { path, text } of edits) text === null ? files.delete(path) : files.set(path, text)
      version += 1
      commits.push({ sha: tip(), message: `${headline}\n\n${body}`, at: now.ms })
      hooks.afterCommit?.()
      return { kind: 'committed', sha: tip() }
    },
  }
  const home: MemoryHome = {
    ...onMain,
    isIntroducing: async () => false,
    rolling: () => Promise.reject(new Problem('github.forbidden', 'told', 'no branches here')),
  }
  return {
    home,
    /** The time of commits, in milliseconds. */
    now,
    commits,
    calls,
    hooks,
    text: (path: string) => files.get(path) ?? null,
    /** A person's push. */
    push(change: (files: Map<string, string>) => void) {
      files = new Map(files)
      change(files)
      version += 1
    },
  }
}

/** The store's rows of a repository, seen from pull request 12 unless another one is asked for. */
export function createPending() {
  let rows: KeptLearning[] = []
  let nextId = 1
  const of = (pull: number): PendingLearnings => ({
    async add(_, learnings) {
      for (const learning of learnings) {
        const known = rows.find(
          (r) => r.pull === pull && r.topic === learning.topic && r.text === learning.text,
        )
        const row = { ...learning, pull, id: known?.id ?? nextId }
        if (known === undefined) nextId += 1
        rows = [...rows.filter(({ id }) => id !== row.id), row]
      }
    },
    async list() {
      return rows.filter((row) => row.pull === pull)
    },
    async due() {
      return rows.filter(({ when }) => when === 'branch')
    },
    async remove(ids) {
      rows = rows.filter(({ id }) => !ids.includes(id))
    },
  })
  return { pending: of(12), of, all: () => rows }
}

const repository = { id: 42, owner: 'o', name: 'r', private: false }

/** A run whose effects are kept as the store keeps them. */
export function createRun(key = 'run-1', pull = 12) {
  const effects = new Map<string, Effect>()
  const run: RememberNeeds['run'] = {
    key,
    job: {
      ...{ version: 1, kind: 'review', installation: 7, repository, pull, head: 'f'.repeat(40) },
      ...{ trigger: { kind: 'automatic', action: 'opened' }, delivery: 'd' },
    },
    signal: new AbortController().signal,
    effect: async (step) => effects.get(step) ?? null,
    async intend(step) {
      const attempts = (effects.get(step)?.attempts ?? 0) + 1
      const effect: Effect = { status: 'intended', objectId: null, attempts, intendedAt: 0 }
      effects.set(step, effect)
      return effect
    },
    async done(step, objectId) {
      effects.set(step, { status: 'done', objectId, attempts: 1, intendedAt: 0 })
    },
  }
  return { run, effects }
}

/** A clock that stands at noon of 2026-11-22 and only notes how long it was asked to wait. */
export function createClock() {
  const waits: number[] = []
  const clock: Clock = {
    now: () => Date.UTC(2026, 10, 22, 12),
    async sleep(ms) {
      waits.push(ms)
    },
  }
  return { clock, waits }
}

/** A log that keeps what was said. */
export function createLog() {
  const lines: { event: string; fields: Readonly<Record<string, unknown>> }[] = []
  const note = (fields: Readonly<Record<string, unknown>>, event: string) => {
    lines.push({ event, fields })
  }
  const log: Log = { info: note, warn: note, error: note }
  return { log, lines }
}
