import type { Outcome } from '#core/evaluation/score-cases'
import type { Inventory } from '#core/inventory/inventory'
import type { Matrix } from '#core/matrix/matrix'
import type { Complaint } from '#core/problem'
import type { PullName } from '#core/render/planned-writes'
import type { Report } from '#core/report/report'
import type { ReviewRequest } from '#core/report/review-request'
import type { Check } from '#wiring/check'
import type { LocalMemory, MemoryRequest } from '#wiring/memory-locally'
import type { SetUp, SetupRequest } from '#wiring/setup'
import type { RuleTest } from '#wiring/test-rules'

/** Where a command writes: the result to `out`, everything else to `err`. */
export interface Streams {
  /** Resolves when the text was taken, also when nobody reads any more. */
  out(text: string): Promise<void>
  err(text: string): void
  /** Shows what is being done, in place; an empty text clears it. Only a terminal sees it. */
  progress(step: string): void
  readonly colour: boolean
  /** Columns that a text should take. */
  readonly width: number
  /** Columns that a row of a table may take; infinite where nothing breaks it, as in a file. */
  readonly columns: number
}

/** Says what is being done, in a few words. */
type Progress = (step: string) => void

/** Runs a review on this machine. Throws Problem for what a person can mend. */
export type ReviewLocally = (request: ReviewRequest, progress: Progress) => Promise<Report>

/** The report of a review that was taken down in a file. Throws Problem for what a person can mend. */
export type ReplayReview = (file: string) => Promise<Report>

/** Looks at a whole repository on this machine. Throws Problem for what a person can mend. */
export type LookLocally<Seen> = (
  request: { readonly directory: string; readonly ref: string | null },
  progress: Progress,
) => Promise<Seen>

/** Holds the rules against the labelled cases of a folder. Throws Problem for what a person can mend. */
export type EvaluateLocally = (directory: string, progress: Progress) => Promise<readonly Outcome[]>

/** The memory folder of a checkout. Throws Problem for what a person can mend. */
export interface LocalMemoryDesk {
  look(request: MemoryRequest): Promise<LocalMemory>
  /** Null where no single entry has the id. */
  forget(
    request: MemoryRequest,
    id: string,
  ): Promise<{ readonly id: string; readonly changed: readonly string[] } | null>
}

/** One line of a list: an id, columns, and what it is in a few words. */
export interface Entry {
  readonly id: string
  readonly columns: readonly string[]
  readonly title: string
}

/** Rules, providers and agents that this installation ships. */
export interface Knowledge {
  rules(): Promise<readonly Entry[]>
  /** The rule as text for a person; null when there is none of this id. */
  explainRule(id: string): Promise<string | null>
  testRules(progress: Progress): Promise<RuleTest>
  /** @param category null for all. Throws Problem where there is no such category. */
  providers(category: string | null): Promise<readonly Entry[]>
  explainProvider(id: string): Promise<string | null>
  /** Of these files, or of the shipped packs when there are none. */
  checkProviders(files: readonly string[]): Promise<readonly Complaint[]>
  agents(): Promise<readonly Entry[]>
  /** Of these files, or of the shipped agents when there are none. */
  checkAgents(files: readonly string[]): Promise<readonly Complaint[]>
}

/** Operating a server. Throws Problem where no server answers. */
export interface Operations {
  jobs(filter: { readonly state: string | null; readonly limit: number }): Promise<readonly Entry[]>
  /** The job as text for a person; null when there is none of this id. */
  showJob(id: string): Promise<string | null>
  /** What the latest review of a pull request wrote, or would have; null where no plan is kept. */
  plan(of: PullName): Promise<string | null>
  /** False when there is no such job, or none that can be replayed. */
  replayJob(id: string): Promise<boolean>
  discardJob(id: string): Promise<boolean>
  /** Stops `all`, an installation by its id or a repository by its name, until it is resumed. */
  halt(scope: string): Promise<void>
  /** False when nothing of this scope was stopped. */
  resume(scope: string): Promise<boolean>
  halted(): Promise<readonly string[]>
  /** Finds open pull requests that changed since a moment and were never taken up. */
  reconcile(request: { readonly since: number; readonly go: boolean }): Promise<{
    readonly looked: number
    readonly proposed: readonly Entry[]
    /** How many reviews were queued; null where nothing was to be. */
    readonly queued: number | null
    /** What was not looked at, and why. */
    readonly left: readonly string[]
  }>
  /** Carries the embedded store over to Postgres; what came along, in words, a line each. */
  move(): Promise<readonly string[]>
  doctor(): Promise<readonly Check[]>
}

/**
 * Runs the server in this process. Resolves to false when it refused to start, after saying why;
 * otherwise the server ends the process itself when it is told to stop.
 *
 * @param role null for what the environment says
 */
export type Serve = (role: 'worker' | null) => Promise<boolean>

/**
 * Registers the app on GitHub. Throws Problem for what a person can mend.
 *
 * @param begun told the address that the person opens
 */
export type RunSetup = (
  request: SetupRequest & { readonly port: number },
  begun: (url: string) => void,
) => Promise<SetUp>

/** What the commands need, loaded only when a command that needs it runs. */
export interface Services {
  review(): Promise<ReviewLocally>
  replay?(): Promise<ReplayReview>
  inventory?(): Promise<LookLocally<Inventory>>
  matrix?(): Promise<LookLocally<Matrix>>
  evaluation?(): Promise<EvaluateLocally>
  memory?(): Promise<LocalMemoryDesk>
  knowledge?(): Promise<Knowledge>
  operations?(): Promise<Operations>
  serve?: Serve
  setup?: RunSetup
}
