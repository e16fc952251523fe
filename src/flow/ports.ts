import type { FileDiff } from '#core/diff/diff'
import type { Fact, FactUse } from '#core/facts/fact'
import type { SecretHit } from '#core/facts/secret-hit'
import type { ReviewJob } from '#core/job/job'
import type { MemoryFile } from '#core/memory/memory'
import type { Plan, WaitingLearning } from '#core/plan/plan'
import type { SettingsSource, SourceText } from '#core/text/source-text'
import type { TurnUsage } from '#flow/model-port'

/**
 * The commits that a review may read: the two of the change, and the tip of the default branch,
 * where memory lives. The model never names a commit.
 */
export type At = 'base' | 'head' | 'tip'

/** What reading one file gave. `refused` is said to the reader as it stands. */
export type FileContent =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'missing' }
  | { readonly kind: 'refused'; readonly because: string }

/** The repository at the two commits of a review, read-only. Paths are relative to its root. */
export interface Contents {
  /** One answer for each asked path, in one round trip where the other side allows it. */
  read(paths: readonly string[], at: At): Promise<ReadonlyMap<string, FileContent>>
  /** Every file's path, sorted. `complete: false` when the listing was cut. */
  list(at: At): Promise<{ readonly paths: readonly string[]; readonly complete: boolean }>
}

/** What a repository says about its own reviews, read from the default branch only. */
export interface TrustedFiles {
  /** The commit that everything here was read at; null where there is none to read. */
  readonly commit: string | null
  readonly settings: SettingsSource | null
  /** The repository's own definition of the agent, if it has one. */
  readonly agent: SourceText | null
  readonly memory: readonly MemoryFile[]
}

/** A change, pinned: everything here describes the same base and head. */
export interface Snapshot {
  /** Full sha of the merge base. */
  readonly base: string
  /** Full sha, or `WORKTREE` or `INDEX` for a local change that is not committed. */
  readonly head: string
  readonly files: readonly FileDiff[]
  /** How many files changed in truth; more than `files.length` when the other side cut the list. */
  readonly totalFiles: number
  /** Words of the author: data for the model, never an instruction. */
  readonly title: string
  readonly description: string
  readonly trusted: TrustedFiles
  readonly contents: Contents
  /** Things that the reader of the review should know about how the change was read. */
  readonly notes?: readonly string[]
}

/** Reads one change. Throws Problem `gone` when it disappeared, `retry` when it moved meanwhile. */
export interface Changes {
  snapshot(): Promise<Snapshot>
}

/** What a scan of files gave. A file that could not be scanned is named with the reason. */
export interface ScanResult {
  readonly facts: readonly Fact[]
  /** Files whose language has fact packs and that were scanned. */
  readonly scanned: readonly string[]
  /** Files that no fact pack can read, such as a language without one. */
  readonly unsupported: readonly { readonly path: string; readonly because: string }[]
  readonly failed: readonly { readonly path: string; readonly because: string }[]
}

/** What a search for secrets gave. A file that could not be searched is named with the reason. */
export interface SecretScan {
  readonly hits: readonly SecretHit[]
  readonly failed: readonly { readonly path: string; readonly because: string }[]
}

/** What a search for a pattern gave; `cut` when there were more matches than asked for. */
export type SearchResult =
  | {
      readonly ok: true
      readonly matches: readonly { path: string; line: number; text: string }[]
      readonly cut: boolean
    }
  | { readonly ok: false; readonly because: string }

/** Reads facts out of source text, in processes and threads that can be killed. */
export interface Scan {
  /** For `rules` unless another use is named. */
  facts(sources: readonly SourceText[], use?: FactUse): Promise<ScanResult>
  secrets(sources: readonly SourceText[]): Promise<SecretScan>
  /** How many places of each file its grammar cannot read; no entry where there is no grammar. */
  syntaxErrors(sources: readonly SourceText[]): Promise<ReadonlyMap<string, number>>
  /** Lines that match a pattern that a stranger may have written; stopped after a hard limit. */
  search(pattern: string, sources: readonly SourceText[], limit: number): Promise<SearchResult>
}

/** A waiting learning as it is kept. */
export type KeptLearning = WaitingLearning & { readonly id: number; readonly pull: number }

/** The waiting learnings of one pull request, and of its repository what the branch has to take. */
export interface PendingLearnings {
  /** The same topic and text is kept once, with what was said of it last. */
  add(runKey: string, learnings: readonly WaitingLearning[]): Promise<void>
  list(): Promise<readonly KeptLearning[]>
  /** What may be written and is not, of every pull request of the repository, oldest first. */
  due(): Promise<readonly KeptLearning[]>
  /** Of the repository, whatever pull request they are of. */
  remove(ids: readonly number[]): Promise<void>
}

/** Money, reserved before each call and settled after it, so that a restart forgets nothing. */
export interface Budget {
  /** False when a ceiling would be passed. */
  reserve(usd: number): Promise<boolean>
  settle(entry: {
    reserved: number
    usd: number
    model: string
    usage: TurnUsage
    requestId: string | null
  }): Promise<void>
}

/** The names of the effects of one run, in order. Each happens at most once. */
export type EffectStep =
  | 'react-start'
  | 'open-check'
  | 'create-branch'
  | 'commit-settings'
  | 'open-pull'
  | 'open-issue'
  | 'post-review'
  | 'post-file-comment'
  | 'post-summary'
  | 'resolve-thread'
  | 'reopen-thread'
  | 'commit-memory'
  | 'conclude-check'
  | 'react-end'
  | 'post-answer'

/** What is stored about an effect: `intended` without an object means that nobody knows. */
export interface Effect {
  readonly status: 'intended' | 'done'
  readonly objectId: string | null
  /** How often the write was sent. */
  readonly attempts: number
  /** Milliseconds since the epoch of the last intent. */
  readonly intendedAt: number
}

/**
 * One run: the durable state of one review of one head. Every method throws Problem
 * `run.lease-lost` when another worker has taken the run over; then nothing more may be written.
 */
export interface Run {
  readonly key: string
  readonly job: ReviewJob
  readonly epoch: number
  /** Aborted when the lease is lost, the run is superseded, or the process drains. */
  readonly signal: AbortSignal
  plan(): Promise<Plan | null>
  /** Stores the plan once; a second call is a bug and throws. */
  freeze(plan: Plan): Promise<void>
  /** `key` tells effects of one step apart, as in one thread of many. */
  effect(step: EffectStep, key?: string): Promise<Effect | null>
  intend(step: EffectStep, key?: string): Promise<Effect>
  done(step: EffectStep, objectId: string | null, key?: string): Promise<void>
  /** Takes an intent back: the other side said that nothing happened, so it counts as no attempt. */
  withdraw(step: EffectStep, key?: string): Promise<void>
  /** Ends the run; `state` is what people see in `tech-lead jobs`. */
  finish(state: 'done' | 'superseded' | 'cancelled', because: string | null): Promise<void>
}

/**
 * What came of asking for a run. `ended`: this very review is done, for what `job` asked. `busy`:
 * another worker has it.
 */
export type OpenedRun =
  | { readonly kind: 'claimed'; readonly run: Run }
  | { readonly kind: 'ended'; readonly job: ReviewJob }
  | { readonly kind: 'busy'; readonly retryAfterMs: number }

/** What is reviewed: a head against a base branch. */
export interface Change {
  readonly headSha: string
  readonly baseRef: string
}

/** A run that was opened once, whatever became of it. */
export interface KnownRun extends Change {
  readonly job: ReviewJob
  /** When it was first taken up, in milliseconds since the epoch. */
  readonly createdAt: number
}

/** The durable runs: one for each review of one head. */
export interface Runs {
  open(job: ReviewJob, at: Change): Promise<OpenedRun>
  /** Calls off the other runs of a pull request; their keys come back. */
  supersede(pullKey: string, exceptRunKey: string | null): Promise<readonly string[]>
  /** Every head of a pull request that was taken up, and why, newest first. */
  ofPull(pullKey: string): Promise<readonly KnownRun[]>
  /** The pull requests that a check belongs to: of the run that it names, else of its head. */
  pullsOf(check: {
    readonly installation: number
    readonly repository: number
    readonly externalId: string | null
    readonly head: string
  }): Promise<readonly number[]>
}

/** The wall clock and waiting, so that tests can hold them still. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number
  sleep(ms: number, signal?: AbortSignal): Promise<void>
}

/** Events in the past tense with fields. Never code, prompts, payloads or secrets. */
export interface Log {
  info(fields: Readonly<Record<string, unknown>>, event: string): void
  warn(fields: Readonly<Record<string, unknown>>, event: string): void
  error(fields: Readonly<Record<string, unknown>>, event: string): void
}
