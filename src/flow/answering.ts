import type { Agent } from '#core/agent/agent'
import type { AnsweredCommand } from '#core/command/command'
import type { GivenCommand, Job, RepositoryRef } from '#core/job/job'
import type { MarkerKeys } from '#core/render/marker'
import type { Settings } from '#core/settings/settings'
import type { TurnNeeds } from '#flow/ask-turn'
import type { Allowances, Answers, Pauses, Reports } from '#flow/conversation-port'
import type { Knowledge } from '#flow/knowledge'
import type { Clock, PendingLearnings, Scan } from '#flow/ports'
import type { PullRequest } from '#flow/pull-request-port'

/** The work of one command that is answered with words. */
export type CommandJob = Extract<Job, { kind: 'command' }>

/** What the operator of this installation decides over the head of every repository. */
export interface Operator {
  /** Whether there is a key, and so a model. */
  readonly hasModel: boolean
  /** Whether it lets this repository be sent to the model. */
  readonly modelGranted: (repository: Pick<RepositoryRef, 'owner' | 'name'>) => boolean
  /** Overrides the model of the agent's definition. */
  readonly model: string | null
  /** US dollars; null leaves it to the repository's settings. */
  readonly maxUsdPerReview: number | null
  readonly maxUsdPerDay: number | null
}

/** Whose question it is: what it costs is booked on this place. */
export type QuestionOf = Pick<
  CommandJob,
  'installation' | 'repository' | 'issue' | 'surface' | 'commentId'
>

/** A model that can be asked, with the money that one question may cost. */
export interface QuestionWorld extends TurnNeeds {
  /** Random hex digits, new in every question. */
  readonly delimiter: string
}

/** What answering takes besides the place where the command was written. */
export interface AnswerNeeds {
  readonly answers: Answers
  readonly allowances: Allowances
  readonly pauses: Pauses
  readonly reports: Reports
  readonly operator: Operator
  /** Null without a key. */
  readonly questions: ((of: QuestionOf, settings: Settings) => Promise<QuestionWorld>) | null
  /** How long a question waits for an unreachable model, in milliseconds. */
  readonly modelWaitMs: number
  readonly clock: Clock
  /** How long a new comment may stay invisible to lists, in milliseconds. */
  readonly visibilityMs: number
  readonly markerKeys: MarkerKeys
  readonly scan: Scan
  readonly knowledge: Knowledge
  /** The values of this process's own secrets: nothing is posted that holds one. */
  readonly secrets: readonly string[]
  /** What the memory needs to be written by a command. */
  readonly memory: {
    /** Of the pull request or issue that the command was written on. */
    readonly pending: (job: CommandJob) => PendingLearnings
    /** Has what waits for a repository's branch written soon. */
    readonly writeLater: (job: CommandJob) => Promise<unknown>
    /** From 0 to below 1. */
    readonly random: () => number
  }
  /** The agent that this installation ships. */
  readonly agent: Agent
}

/** One command of somebody who may give it. On an issue `pull` has no changes, only comments. */
export interface Asked {
  readonly job: CommandJob
  readonly pull: PullRequest
  readonly command: Extract<GivenCommand, { name: AnsweredCommand }>
  /** When the command was first queued, in milliseconds since the epoch. */
  readonly since: number
  /** Aborted when the process drains. */
  readonly signal: AbortSignal
}

/** Does what a command asks for, and gives the words of the answer: markdown, already safe. */
export type Answer = (needs: AnswerNeeds, asked: Asked) => Promise<string>
