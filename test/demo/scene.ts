import type { readConversation } from '../world/github/conversation.ts'

type Conversation = Awaited<ReturnType<typeof readConversation>>

/** The check of one head. */
export type Check = Conversation['checks'][number]
/** One conversation at a line, open or resolved. */
export type Thread = Conversation['threads'][number]
/** The first comment of a thread with the code that it was written on. */
export type InlineComment = Conversation['reviews'][number]['comments'][number]

/** A file as a push changed it. */
export interface ChangedFile {
  readonly path: string
  readonly added: number
  readonly removed: number
  /** The hunks of `git diff`, without their header. */
  readonly patch: string
}

/** A commit as `git show` prints it. */
export interface ShownCommit {
  readonly sha: string
  readonly author: string
  readonly message: string
  readonly files: readonly ChangedFile[]
}

/** A webhook as it was delivered. */
export interface Delivered {
  readonly event: string
  readonly statusCode: number
  readonly milliseconds: number
}

/** What the app wrote about one head. */
export interface Reviewed {
  readonly sha: string
  /** From the delivery of the webhook to the completed check. */
  readonly seconds: number
  readonly check: Check
  readonly comments: readonly InlineComment[]
  readonly threads: readonly Thread[]
  readonly summary: string | null
}

/** One thing that happens in the demo, as it is shown in the terminal and on the page. */
export type Scene =
  | {
      readonly kind: 'shop'
      readonly repository: string
      readonly files: readonly string[]
      readonly startSeconds: number
    }
  | {
      readonly kind: 'opened'
      readonly author: string
      readonly title: string
      readonly body: string
      readonly number: number
      readonly branch: string
      readonly sha: string
      readonly files: readonly ChangedFile[]
      readonly delivered: Delivered
    }
  | { readonly kind: 'reviewed'; readonly first: boolean; readonly review: Reviewed }
  | {
      readonly kind: 'remembered'
      readonly after: 'review' | 'push' | 'merge'
      readonly commit: ShownCommit | null
    }
  | {
      readonly kind: 'pushed'
      readonly author: string
      readonly message: string
      readonly sha: string
      readonly files: readonly ChangedFile[]
      readonly delivered: Delivered
    }
  | { readonly kind: 'merged'; readonly by: string; readonly sha: string }
  | { readonly kind: 'counted'; readonly counts: Counts }

/** What the stand-in saw from the first to the last moment. */
export interface Counts {
  readonly calls: number
  readonly writes: number
  readonly webhooks: number
  readonly violations: readonly string[]
}

/** The scene of a kind, or undefined. */
export function sceneOf<K extends Scene['kind']>(
  scenes: readonly Scene[],
  kind: K,
): Extract<Scene, { kind: K }> | undefined {
  return scenes.find((scene): scene is Extract<Scene, { kind: K }> => scene.kind === kind)
}
