import type {
  MemoryBranch,
  MemoryHome,
  PullRequest,
  PullWriter,
  StatusWriter,
} from '#flow/pull-request-port'

/** The id of everything that a dry run pretends to have written. */
const NOTHING = 0

/**
 * A pull request that is read as ever and never written to: what would have been posted is in the
 * stored plan, which `tech-lead jobs show` prints. No token that can write is ever minted.
 */
export function withoutWrites(pull: Pick<PullRequest, 'reader' | 'webUrl'>): PullRequest {
  return {
    ...pull,
    status: QUIET_STATUS,
    writer: async () => QUIET_WRITER,
    memoryHome: async () => QUIET_MEMORY,
  }
}

const QUIET_STATUS: StatusWriter = {
  ownChecks: async () => [],
  createCheck: async () => NOTHING,
  async updateCheck() {},
  async react() {},
}

const QUIET_WRITER: PullWriter = {
  postReview: async () => ({ kind: 'posted', id: NOTHING }),
  postFileComment: async () => ({ kind: 'posted', id: NOTHING }),
  async deletePendingReview() {},
  createComment: async () => NOTHING,
  async updateComment() {},
  replyInThread: async () => NOTHING,
  async resolveThread() {},
  async reopenThread() {},
}

const QUIET_BRANCH: MemoryBranch = {
  tip: async () => ({ branch: '', commit: '', files: [], settings: null }),
  readAtTip: async () => new Map(),
  requiresChecks: async () => true,
  history: async () => ({ carried: new Map(), madeAt: [] }),
  commit: async () => ({ kind: 'refused', because: 'this server runs dry' }),
}

const QUIET_MEMORY: MemoryHome = {
  ...QUIET_BRANCH,
  isIntroducing: async () => false,
  rolling: (work) => work({ ...QUIET_BRANCH, propose: async () => NOTHING }),
}
