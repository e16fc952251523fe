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

/** What the operator may do to the queue. */
export interface Admin {
  list(filter: {
    readonly state: string | null
    readonly limit: number
  }): Promise<readonly AdminJob[]>
  show(id: string): Promise<AdminJob | null>
  /** False when there is no such job or it is in no state to be run again. */
  replay(id: string): Promise<boolean>
  /** False when there is no such job or it is already over. */
  discard(id: string): Promise<boolean>
}
