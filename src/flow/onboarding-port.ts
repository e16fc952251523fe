import type { RepositoryRef } from '#core/job/job'
import type { Contents } from '#flow/ports'
import type { MemoryBranch } from '#flow/pull-request-port'

/** A repository at the moment of asking, as far as introducing the app to it goes. */
export interface RepositoryState {
  readonly archived: boolean
  readonly fork: boolean
  /** Null without a commit. */
  readonly tip: { readonly branch: string; readonly commit: string } | null
  /** Whether the default branch holds our settings or a memory. */
  readonly introduced: boolean
  /** The latest pull request from our branch, whatever became of it. */
  readonly pull: { readonly number: number; readonly open: boolean } | null
  /** Where our branch stands, and whether it holds the settings; null where there is none. */
  readonly ours: { readonly commit: string; readonly settings: boolean } | null
}

/** A repository that the app is introduced to. No write is retried in here. */
export interface OnboardingHome {
  readonly webUrl: string
  state(): Promise<RepositoryState>
  /** The repository at one commit. */
  contents(commit: string): Contents
  /** Makes our branch. @throws Problem `github.ambiguous` where it is there already */
  createBranch(commit: string): Promise<string>
  /** One commit on our branch that adds the settings; gives its sha. */
  commitSettings(change: {
    readonly expected: string
    readonly text: string
    readonly trailer: string
  }): Promise<string>
  /** @throws Problem `github.ambiguous` where one is open already */
  openPull(pull: {
    readonly base: string
    readonly title: string
    readonly body: string
  }): Promise<number>
  /** The memory folder on our branch. */
  memoryBranch(): MemoryBranch
}

/** One installation: what it reaches, and how much of its hourly limits is left. */
export interface InstallationHome {
  /** Whether the app is still installed there, suspended or not. */
  exists(): Promise<boolean>
  /** Every repository that the app reaches, page by page. @throws Problem `gone` without any */
  repositories(): AsyncIterable<readonly RepositoryRef[]>
  /** The least of the limits that is left, from 0 to 1, and when it is whole again. */
  budget(): Promise<{ readonly left: number; readonly resetAt: number }>
}

/** An installation of the app in the list of all of them. */
export interface InstallationSeen {
  readonly id: number
  /** The login of the account; null where GitHub names none. */
  readonly account: string | null
  readonly suspended: boolean
}

/** An open pull request in the list of its repository. */
export interface OpenPull {
  readonly number: number
  readonly head: string
  /** When anything about it changed last, in milliseconds since the epoch. */
  readonly updatedAt: number
  /** Whether we opened it ourselves. */
  readonly ours: boolean
}

/** The open pull requests of one installation. */
export interface OpenPulls {
  /** Every repository that may have any and is neither archived nor disabled, page by page. */
  repositories(): AsyncIterable<readonly RepositoryRef[]>
  /** Those of a repository that changed at a moment or after it, the latest first, page by page. */
  of(repository: RepositoryRef, since: number): AsyncIterable<readonly OpenPull[]>
}

/**
 * What the store knows of the head of a pull request. `covered`: it has a run, or a job that is
 * queued or looked at it since its last change. `moved`: only other heads of it had a run.
 */
export type Standing = 'covered' | 'moved' | 'new'

/** What became of first looks, so that each repository gets one. */
export interface FirstLooks {
  /** Null for a repository that was not looked at, or whose look may be tried again. */
  result(installation: number, repository: number): Promise<string | null>
  end(installation: number, repository: number, result: string): Promise<void>
  /** Until when looks of an installation stand still, in milliseconds since the epoch; 0 for never. */
  pausedUntil(installation: number): Promise<number>
  pause(installation: number, until: number): Promise<void>
}
