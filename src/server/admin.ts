import type { PlannedWrites, PullName } from '#core/render/planned-writes'

/** A job as the operator sees it. Times are ISO 8601. */
export interface AdminJob {
  readonly id: string
  readonly kind: string
  readonly state: string
  readonly installation: number
  /** `owner/name`; null for jobs of a whole installation. */
  readonly repository: string | null
  readonly pull: number | null
  readonly attempts: number
  readonly createdAt: string
  /** Why it waits, failed or was dropped. */
  readonly because: string | null
}

/** Open pull requests that were never taken up. Moments are milliseconds since the epoch. */
interface AdminFinds {
  readonly looked: number
  readonly proposed: readonly {
    readonly repository: string
    readonly pull: number
    readonly head: string
    readonly updatedAt: number
  }[]
  /** Null where nothing was to be queued. */
  readonly queued: number | null
  readonly left: readonly { readonly what: string; readonly because: string }[]
}

/** What the operator may do to the queue. */
export interface Admin {
  list(filter: {
    readonly state: string | null
    readonly limit: number
  }): Promise<readonly AdminJob[]>
  show(id: string): Promise<AdminJob | null>
  /** What the latest review of a pull request wrote, or would have; null where no plan is kept. */
  plan(of: PullName): Promise<PlannedWrites | null>
  /** False when there is no such job or it is in no state to be run again. */
  replay(id: string): Promise<boolean>
  /** False when there is no such job or it is already over. */
  discard(id: string): Promise<boolean>
  /** Stops `all`, an installation by its id or a repository by its name. */
  halt(scope: string): Promise<void>
  /** False when nothing of this scope was stopped. */
  resume(scope: string): Promise<boolean>
  /** What is stopped, by scope. */
  halted(): Promise<readonly string[]>
  /** Finds open pull requests that changed since a moment and were never taken up. */
  reconcile(request: { readonly since: number; readonly go: boolean }): Promise<AdminFinds>
}
