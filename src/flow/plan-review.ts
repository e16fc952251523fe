import { comparePosted, type PostedThread, type Unseen } from '#core/findings/compare-posted'
import type { Finding } from '#core/findings/finding'
import { isGuess } from '#core/findings/guess'
import { type OthersThread, saidByOthers } from '#core/findings/said-by-others'
import { entryId } from '#core/memory/memory-entry'
import {
  NOTHING_CARRIED,
  type Plan,
  type PlannedLearning,
  type PlannedMemoryEdit,
} from '#core/plan/plan'
import type { Complaint } from '#core/problem'
import { findingComment } from '#core/render/finding-comment'
import { type MarkerKeys, type MarkerScope, marker, readMarkers } from '#core/render/marker'
import {
  checkSummary,
  reviewBody,
  reviewBodyInFull,
  summaryComment,
} from '#core/render/summary-comment'
import { verdictOf } from '#core/render/verdict'
import type { Report, ReportFile } from '#core/report/report'
import type { Settings } from '#core/settings/settings'
import { redact } from '#core/text/redact'
import type { OwnThread, PullState } from '#flow/pull-request-port'

/** What a plan is made of. */
export interface PlanInput {
  readonly report: Report
  readonly state: PullState
  readonly threads: readonly OwnThread[]
  /** Open threads of others on lines of the change. */
  readonly others: readonly OthersThread[]
  readonly learnings: readonly PlannedLearning[]
  /** Ids of facts that the memory holds already: written again only to confirm them, and not told. */
  readonly knownFacts: ReadonlySet<string>
  readonly memoryEdits?: readonly PlannedMemoryEdit[]
  readonly settings: Settings
  /** What is wrong with the settings. */
  readonly complaints: readonly Complaint[]
  readonly webUrl: string
  readonly scope: MarkerScope
  readonly markerKeys: MarkerKeys
  /** Whether we have said anything in the conversation before. */
  readonly commented: boolean
  /** Whether a person asked for this review and waits for an answer. */
  readonly asked: boolean
  /** How many files changed in truth: more than the report has where GitHub cut the list. */
  readonly totalFiles: number
  readonly carried?: Plan['carried']
  /** The values of this process's own secrets: nothing is posted that holds one. */
  readonly secrets: readonly string[]
}

/**
 * Decides everything that will be written about one head: which findings are new and where they
 * are said, which threads are settled, what the check concludes. Pure, so that it can be frozen.
 */
export function planReview(asked: PlanInput): Omit<Plan, 'memoryEdits'> {
  const input = withoutEchoes(asked)
  const { report, state, settings, webUrl } = input
  const safe = (text: string) => redact(text, input.secrets).text
  const threads = input.threads.flatMap((thread) => postedThread(thread, input))
  const { fresh, settled, returned } = comparePosted(report.findings, threads, unseenBy(input))
  const verdict = verdictOf(report, settings)
  const summary = {
    report,
    title: verdict.title,
    webUrl,
    diagrams: settings.review.diagrams,
    learnings: input.learnings.filter(({ text }) => !input.knownFacts.has(entryId(text))),
    settled: settled.map(({ finding, judged }) => ({ finding, judged })),
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
      body: safe(summaryComment(summary)),
      create: input.asked || isWorthASummary(report, verdict),
      update: input.commented,
    },
    resolve: settled.map((thread) => thread.id),
    reopen: returned.map((thread) => thread.id),
    carried: input.carried ?? NOTHING_CARRIED,
    check: {
      conclusion: verdict.conclusion,
      title: safe(verdict.title),
      summary: safe(checkSummary(summary)),
      annotations: input.complaints.map(({ file, line, reason }) => ({
        path: file,
        line: line ?? 1,
        message: safe(`${reason}; the default settings are used`),
      })),
    },
    learnings: [...input.learnings],
  }
}

/** What somebody else said on the same lines is listed, and not said there again. */
function withoutEchoes(input: PlanInput): PlanInput {
  const { report, threads, others } = input
  const ours = new Set(
    threads.flatMap((thread) => postedThread(thread, input)).map(({ finding }) => finding),
  )
  const unsaid = report.findings.filter(({ id }) => !ours.has(id))
  const before = saidByOthers(unsaid, others)
  if (before.length === 0) return input
  const echoes = new Set(before.map(({ finding }) => finding))
  return {
    ...input,
    report: {
      ...report,
      findings: report.findings.map((one) =>
        echoes.has(one) ? { ...one, placement: 'summary' } : one,
      ),
      notes: [
        ...report.notes,
        ...before.map(
          ({ finding: { title, path, line }, author }) =>
            `"${title}" at ${path}:${line} is not said on its line, because ${author} has said it there`,
        ),
      ],
    },
  }
}

/**
 * Also where everything was silenced: a reader must be able to object. A mere guess that has no
 * line stands in the check, unless the check fails for it.
 */
function isWorthASummary(
  { findings, status, memory }: Report,
  { conclusion }: ReturnType<typeof verdictOf>,
): boolean {
  const isSaid = findings.some((one) => !isGuess(one) || one.placement !== 'summary')
  const isWhole = status === 'reviewed' && conclusion !== 'failure'
  return isSaid || !isWhole || memory.silenced.length > 0
}

/** A review only where something new is to be said on a line: the summary carries the rest. */
function planComments(fresh: readonly Finding[], input: PlanInput): Plan['review'] {
  const inline = fresh.filter((finding) => finding.placement === 'line')
  if (inline.length === 0) return null
  const safe = (text: string) => redact(text, input.secrets).text
  return {
    body: safe(reviewBody(input.report, input.webUrl, fresh)),
    bodyWithoutComments: safe(reviewBodyInFull(input.report, input.webUrl, inline)),
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

function commentBody(finding: Finding, input: PlanInput): string {
  const { webUrl, scope, markerKeys, secrets } = input
  const signs = [
    marker('finding', finding.id, scope, markerKeys),
    ...(finding.source === 'agent' ? [marker('judged', finding.id, scope, markerKeys)] : []),
  ]
  // The markers come after the masking: a mask must never swallow them.
  return `${redact(findingComment(finding, webUrl), secrets).text}\n\n${signs.join('\n')}`
}

function postedThread(
  thread: OwnThread,
  { scope, markerKeys }: PlanInput,
): readonly PostedThread[] {
  const [finding] = readMarkers(thread.body, 'finding', scope, markerKeys)
  if (finding === undefined) return []
  const judged = readMarkers(thread.body, 'judged', scope, markerKeys).includes(finding)
  const { id, path, resolved, resolvedByUs, answered } = thread
  return [{ id, finding, path, resolved, resolvedByUs, answered, judged }]
}

/** What the absence of a finding says nothing about; a renamed file counts under both names. */
function unseenBy({ report, totalFiles }: PlanInput): Unseen {
  const names = (files: readonly ReportFile[]) =>
    new Set(files.flatMap((file) => [file.path, file.previousPath ?? file.path]))
  const { files, reviewer } = report
  return {
    paths: names(files.filter(({ coverage }) => coverage === 'partial' || coverage === 'failed')),
    unjudged: names(reviewer === 'rules' ? files : []),
    listed: totalFiles > files.length ? names(files) : null,
  }
}
