import { hkdfSync } from 'node:crypto'
import type { RepositoryRef } from '#core/job/job'
import type { Report } from '#core/report/report'
import type { ReviewRequest } from '#core/report/review-request'
import type { Log } from '#flow/ports'
import type { PullRequest } from '#flow/pull-request-port'
import { reviewInWorkflow } from '#flow/review-in-workflow'
import { createClient, type GitHubHost } from '#github/client'
import { createPullReader } from '#github/pull-reader'
import { createPullWriter } from '#github/pull-writer'
import { withoutWrites } from '#wiring/dry-run'
import { loadKnowledge, OWN_AGENT } from '#wiring/load-knowledge'
import { examineNeedsOf } from '#wiring/wire-local'

/** A pull request as a workflow knows it, and the token that the workflow was given. */
export interface WorkflowPull {
  readonly host: GitHubHost
  readonly token: string
  readonly repository: RepositoryRef
  readonly pull: number
  readonly reviewer: ReviewRequest['reviewer']
  /** A secret of the repository that signs marks; null for none. */
  readonly markerKey: string | null
}

/** How long GitHub may hide what it has accepted. */
const VISIBILITY_MS = 60_000

/**
 * Reviews a pull request on GitHub with the token of a workflow, and says there what was found.
 *
 * @param say told what could not be written, in words
 * @throws Problem where the token cannot read the pull request
 */
export async function reviewWithToken(
  { host, token, repository, pull: number, reviewer, markerKey }: WorkflowPull,
  say: (because: string) => void,
): Promise<{ readonly report: Report; readonly said: boolean }> {
  const loaded = await loadKnowledge(new Date().toISOString().slice(0, 10))
  const needs = await examineNeedsOf(loaded, { reviewer })
  const { clock, random } = needs
  const ref = { owner: repository.owner, name: repository.name, pull: number }
  const client = createClient(host, async () => token, {
    now: clock.now,
    random,
    sleep: (ms) => clock.sleep(ms),
  })
  let refused = false
  const log: Log = {
    ...needs.log,
    warn({ because, detail }, event) {
      refused ||= event === 'pull request not writable'
      say([event, because, detail].filter((word) => typeof word === 'string').join(': '))
    },
  }
  const pull: PullRequest = {
    ...withoutWrites({
      reader: createPullReader(client, ref, OWN_AGENT),
      webUrl: `${host.webUrl}/${ref.owner}/${ref.name}`,
    }),
    writer: async () => createPullWriter(client, ref),
  }
  const { report, published } = await reviewInWorkflow(
    {
      pull,
      examineNeeds: {
        ...needs,
        log,
        secrets: [...needs.secrets, token, ...(markerKey === null ? [] : [markerKey])],
      },
      ...{ agent: loaded.agent, knowledge: loaded.knowledge },
      markerKeys: [keyOf(repository, markerKey)],
      visibilityMs: VISIBILITY_MS,
    },
    {
      version: 1,
      kind: 'review',
      installation: 1,
      repository,
      pull: number,
      head: '',
      delivery: 'workflow',
      // Of all actions the one that no setting leaves out: the workflow decides when it runs.
      trigger: { kind: 'automatic', action: 'edited' },
    },
  )
  if (published.kind !== 'published') say(`not everything was posted: ${published.because}`)
  return { report, said: published.kind === 'published' && !refused }
}

/**
 * A workflow has no secret that lasts unless it is given one. Without, whoever can post as the
 * workflow's own account can forge a marker: that account is then the boundary, and nobody else's
 * markers count.
 */
function keyOf({ id }: RepositoryRef, secret: string | null): Uint8Array {
  const from = secret ?? String(id)
  return new Uint8Array(hkdfSync('sha256', from, '', 'tech-lead workflow marker v1', 32))
}
