import { NOTHING_CARRIED, type Plan } from '#core/plan/plan'
import { Problem } from '#core/problem'
import type { Contents, Log, TrustedFiles } from '#flow/ports'
import type {
  CheckOutput,
  CheckRun,
  Opening,
  OwnPost,
  OwnThread,
  Permission,
  PostOutcome,
  PullRequest,
  PullState,
} from '#flow/pull-request-port'
import { report } from '../support/builders.ts'

export const HEAD = 'a'.repeat(40)

export const pullState = (more: Partial<PullState> = {}): PullState => ({
  ...{ open: true, merged: false, draft: false, locked: false, head: HEAD, fork: false },
  ...{ baseRef: 'main', baseSha: 'b'.repeat(40), mergeCommit: null },
  ...{ authorId: 11, authorLogin: 'dev', authorIsBot: false },
  ...more,
})

export const plan = (more: Partial<Plan> = {}): Plan => ({
  ...{ version: 1, headSha: HEAD, baseRef: 'main', draft: false, report: report() },
  ...{ reopen: [], carried: NOTHING_CARRIED },
  review: {
    body: 'the review',
    bodyWithoutComments: 'the review, in full',
    comments: [
      {
        finding: 'tl-0123456789ab',
        path: 'a.ts',
        side: 'RIGHT',
        line: 3,
        startLine: null,
        body: 'x',
      },
    ],
  },
  fileComments: [],
  summary: { body: 'the summary', create: true, update: true },
  resolve: [],
  check: {
    conclusion: 'success',
    title: 'Reviewed, 1 finding',
    summary: 'all of it',
    annotations: [],
  },
  ...{ learnings: [], memoryEdits: [] },
  ...more,
})

export const problem = (code: string, kind: 'told' | 'retry' | 'gone' = 'told') =>
  new Problem(code, kind, `said ${code}`)

export const refused = (
  because: 'anchors' | 'pending-review' | 'forbidden' | 'validation',
): PostOutcome => ({ kind: 'refused', because, detail: because })

const NO_FILES: TrustedFiles = { commit: 'c', settings: null, agent: null, memory: [] }

export const QUIET: Log = { info() {}, warn() {}, error() {} }

/** A pull request in memory: what was written stands in it, in order. */
export function fakePull(start: Partial<PullState> = {}) {
  const world = {
    state: pullState(start),
    permissions: {} as Record<string, Permission>,
    opening: {} as Partial<Opening>,
    reviews: [] as OwnPost[],
    comments: [] as OwnPost[],
    threads: [] as OwnThread[],
    threadComments: [] as OwnPost[],
    checks: [] as (CheckRun & CheckOutput)[],
    reactions: [] as string[],
    /** Every write as it was sent, refused ones too. */
    writes: [] as string[],
    writers: 0,
    /** The files of the default branch. */
    tip: {
      read: async () => new Map(),
      list: async () => ({ paths: [], complete: true }),
    } as Contents,
    /** Plays before a write of this name takes effect; a returned outcome replaces it. */
    before: (_write: string): PostOutcome | undefined => undefined,
  }
  let nextId = 100
  const written = (name: string) => {
    world.writes.push(name)
    return world.before(name)
  }
  const own = (body: string): OwnPost => {
    nextId += 1
    return { id: nextId, nodeId: `N${nextId}`, body, state: 'submitted' }
  }
  const pull: PullRequest = {
    webUrl: 'https://github.com/acme/shop',
    reader: {
      opening: async () => ({
        state: world.state,
        trusted: NO_FILES,
        threads: world.threads,
        others: [],
        commented: world.comments.length > 0,
        ...world.opening,
      }),
      state: async () => world.state,
      tip: async () => ({
        trusted: world.opening.trusted ?? NO_FILES,
        contents: world.tip,
      }),
      permission: async (login) => world.permissions[login] ?? 'none',
      changes: () => ({ snapshot: () => Promise.reject(new Error('not here')) }),
      ownReviews: async () => world.reviews,
      ownComments: async () => world.comments,
      ownThreads: async () => world.threads,
      ownThreadComments: async () => world.threadComments,
    },
    status: {
      ownChecks: async (sha) => world.checks.filter((check) => check.headSha === sha),
      async createCheck({ headSha, externalId, startedAt: _, ...output }) {
        written('create-check')
        nextId += 1
        const status = output.conclusion === null ? 'in_progress' : 'completed'
        const annotationCount = output.annotations?.length ?? 0
        world.checks.push({ id: nextId, headSha, externalId, status, annotationCount, ...output })
        return nextId
      },
      async updateCheck(id, output) {
        written('update-check')
        const at = world.checks.findIndex((check) => check.id === id)
        const known = world.checks[at]
        if (known === undefined) throw problem('github.gone', 'gone')
        const status = output.conclusion === null ? known.status : 'completed'
        const annotationCount = known.annotationCount + (output.annotations?.length ?? 0)
        world.checks[at] = { ...known, ...output, status, annotationCount }
      },
      async react(_, content) {
        world.reactions.push(content)
      },
    },
    async writer() {
      world.writers += 1
      return {
        async postReview({ body, comments }) {
          const outcome = written(comments.length > 0 ? 'review' : 'review-body')
          if (outcome !== undefined) return outcome
          const post = own(body)
          world.reviews.push(post)
          return { kind: 'posted', id: post.id }
        },
        async postFileComment({ path, body }) {
          const outcome = written('file-comment')
          if (outcome !== undefined) return outcome
          const { id, nodeId } = own(body)
          const none = { resolved: false, resolvedByUs: false, answered: false, replies: [] }
          world.threads.push({ id: nodeId, commentId: id, path, body, ...none })
          return { kind: 'posted', id }
        },
        async deletePendingReview(id) {
          written('delete-pending')
          world.reviews = world.reviews.filter((post) => post.id !== id)
        },
        async createComment(body) {
          written('comment')
          const post = own(body)
          world.comments.push(post)
          return post.id
        },
        async updateComment(id, body) {
          written('edit-comment')
          world.comments = world.comments.map((post) => (post.id === id ? { ...post, body } : post))
        },
        async replyInThread(root, body) {
          written('reply')
          const post = own(body)
          world.threadComments.push(post)
          world.threads = world.threads.map((one) =>
            one.commentId === root ? { ...one, replies: [...one.replies, body] } : one,
          )
          return post.id
        },
        async reopenThread(id) {
          written('reopen')
          world.threads = world.threads.map((one) =>
            one.id === id ? { ...one, resolved: false, resolvedByUs: false } : one,
          )
        },
        async resolveThread(id) {
          written('resolve')
          world.threads = world.threads.map((one) =>
            one.id === id ? { ...one, resolved: true, resolvedByUs: true } : one,
          )
        },
      }
    },
    memoryHome: () => Promise.reject(new Error('not here')),
  }
  return { world, pull }
}
