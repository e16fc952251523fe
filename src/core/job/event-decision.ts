import type { EventFields, EventUser } from '#core/job/event-fields'
import type { Job, RepositoryRef } from '#core/job/job'

/** The app's own numeric ids. Names are not compared: they can be taken by others. */
export interface Self {
  readonly appId: number
  /** The account that the app's comments and pull requests belong to. */
  readonly botUserId: number
}

/** What an event asks to be done, or why nothing. The reason carries no stranger's words. */
export type EventDecision =
  | { readonly kind: 'job'; readonly job: Job }
  | { readonly kind: 'ignored'; readonly because: string }

/** An event of one repository, read, with what every job of it carries. */
export interface RepositoryEvent {
  readonly fields: EventFields
  readonly self: Self
  readonly origin: {
    readonly version: 1
    readonly installation: number
    readonly repository: RepositoryRef
    readonly delivery: string
  }
}

/** The decision to do nothing. */
export function ignored(because: string): EventDecision {
  return { kind: 'ignored', because }
}

/** Whether this is the app's own account. */
export function isSelf(user: EventUser, self: Self): boolean {
  return user !== null && user.id === self.botUserId
}
