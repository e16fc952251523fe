import { comparePosted, type PostedThread } from '#core/findings/compare-posted'
import type { Finding } from '#core/findings/finding'
import type { Plan, PlannedLearning, PlannedMemoryEdit } from '#core/plan/plan'
import { findingComment } from '#core/render/finding-comment'
import { type MarkerKeys, type MarkerScope, marker, readMarkers } from '#core/render/marker'
import {
  checkSummary,
  reviewBody,
  reviewBodyInFull,
  summaryComment,
} from '#core/render/summary-comment'
import { verdictOf } from '#core/render/verdict'
import type { Report } from '#core/report/report'
import type { Settings } from '#core/settings/settings'
import type { OwnThread, PullState } from '#flow/ports'

/** What a plan is made of. */
export interface PlanInput {
  readonly report: Report
  readonly state: PullState
  readonly threads: readonly OwnThread[]
  readonly learnings: readonly PlannedLearning[]
  readonly memoryEdits?: readonly PlannedMemoryEdit[]
  readonly settings: Settings
  readonly webUrl: string
  readonly scope: MarkerScope
  readonly markerKeys: MarkerKeys
}

/**
 * Decides everything that will be written about one head: which findings are new and where they
 * are said, which threads are settled, what the check concludes. Pure, so that it can be frozen.
 */
export function planReview(input: PlanInput): Omit<Plan, 'memoryEdits'> {
  const { report, state, settings, webUrl } = input
  const threads = input.threads.flatMap((thread) => postedThread(thread, input))
  const { fresh, settled } = comparePosted(report.findings, threads, unreadPaths(report))
  const verdict = verdictOf(report, settings)
  const summary = {
    report,
    title: verdict.title,
    webUrl,
    learnings: input.learnings,
    settled: settled.map((thread) => thread.finding),
  }
  return {
    version: 1,
    headSha: report.head,
    baseRef: state.baseRef,
    draft: state.draft,
    report,
    review: planComments(fresh, input),
    fileComments: fresh
      .filter((finding) => finding.placement === 'file')
      .map((finding) => ({
        finding: finding.id,
        path: finding.path,
        body: commentBody(finding, input),
      })),
    summary: {
      body: summaryComment(summary),
      create: report.findings.length > 0 || report.status !== 'reviewed',
    },
    resolve: settled.map((thread) => thread.id),
    check: { ...verdict, summary: checkSummary(summary) },
    learnings: [...input.learnings],
  }
}

/** A review only where something new is to be said on a line: the summary carries the rest. */
function planComments(fresh: readonly Finding[], input: PlanInput): Plan['review'] {
  const inline = fresh.filter((finding) => finding.placement === 'line')
  if (inline.length === 0) return null
  return {
    body: reviewBody(input.report, input.webUrl, fresh),
    bodyWithoutComments: reviewBodyInFull(input.report, input.webUrl, fresh),
    comments: inline.map((finding) => ({
      finding: finding.id,
      path: finding.path,
      side: finding.side,
      line: finding.line,
      startLine: finding.startLine < finding.line ? finding.startLine : null,
      body: commentBody(finding, input),
    })),
  }
}

function commentBody(finding: Finding, { webUrl, scope, markerKeys }: PlanInput): string {
  return `${findingComment(finding, webUrl)}\n\n${marker('finding', finding.id, scope, markerKeys)}`
}

function postedThread(
  thread: OwnThread,
  { scope, markerKeys }: PlanInput,
): readonly PostedThread[] {
  const [finding] = readMarkers(thread.body, 'finding', scope, markerKeys)
  if (finding === undefined) return []
  const { id, path, resolved, answered } = thread
  return [{ id, finding, path, resolved, answered }]
}

/** Paths whose absence of a finding means nothing, under both names of a renamed file. */
function unreadPaths(report: Report): ReadonlySet<string> {
  const unread = report.files.filter(
    (file) => file.coverage === 'partial' || file.coverage === 'failed',
  )
  return new Set(unread.flatMap((file) => [file.path, file.previousPath ?? file.path]))
}
