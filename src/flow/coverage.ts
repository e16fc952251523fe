import type { FileDiff } from '#core/diff/diff'
import type { FileDecision } from '#core/filter/selection'
import type { Catalog } from '#core/providers/catalog'
import { type Coverage, NO_MEMORY, type Report, type ReportFile } from '#core/report/report'
import { FILES_ONLY } from '#core/report/review-request'
import type { AgentOutcome } from '#flow/ask-agent'
import type { RuleResult } from '#flow/check-rules'
import type { Gathered } from '#flow/gather'
import type { Scope } from '#flow/select'

/** What came of reading a change. */
export interface Reading {
  readonly gathered: Gathered
  readonly scope: Scope
  readonly ruled: RuleResult
  /** Null where no agent was asked. */
  readonly asked: AgentOutcome | null
}

/** The report of a change of which only the files were looked at: every decision, no review. */
export function reportOfFiles(
  needs: { readonly tool: Report['tool'] },
  { snapshot, agent, notes, knowledge }: Gathered,
  scope: Scope,
): Report {
  return {
    version: 1,
    tool: needs.tool,
    agent: agent.header.name,
    reviewer: 'rules',
    model: null,
    base: snapshot.base,
    head: snapshot.head,
    status: 'not-reviewed',
    because: FILES_ONLY,
    notes: [...notes],
    files: snapshot.files.map((file, index) =>
      ledgerLine(file, decisionOf(scope, file, index), 'skipped', null),
    ),
    bundles: scope.bundles.map((bundle) => ({ ...bundle, files: [...bundle.files] })),
    findings: [],
    inventory: { providers: providersIn(scope, knowledge.catalog), delta: [] },
    matrix: { calls: [], handlers: [] },
    learnings: [],
    memory: NO_MEMORY,
    advice: null,
    usage: null,
    timings: {},
  }
}

/**
 * The coverage ledger: one line for every changed file, and what follows from it for the whole.
 * Never greener than the truth: one selected file that was not read whole makes it partial.
 */
export function coverage(reading: Reading): Pick<Report, 'files' | 'status' | 'because'> {
  const { gathered, scope, asked } = reading
  const files = gathered.snapshot.files.map((file, index) =>
    cover(reading, file, decisionOf(scope, file, index)),
  )
  const unfinished = files.filter(
    (file) =>
      file.decision === 'selected' && (file.coverage === 'partial' || file.coverage === 'failed'),
  ).length
  const { totalFiles } = gathered.snapshot
  const reasons = [
    asked?.kind === 'unavailable' ? `the model was not asked: ${asked.because}` : '',
    asked?.kind === 'answered' ? (asked.partial ?? '') : '',
    totalFiles > files.length
      ? `only ${files.length} of ${totalFiles} changed files could be listed`
      : '',
    unfinished === 0
      ? ''
      : `${unfinished} selected ${unfinished === 1 ? 'file was' : 'files were'} not read whole`,
  ].filter((reason) => reason !== '')
  if (reasons.length === 0) return { files, status: 'reviewed', because: null }
  return { files, status: 'partial', because: reasons.join('; ') }
}

function cover(
  { scope, ruled, asked }: Reading,
  file: FileDiff,
  decision: FileDecision,
): ReportFile {
  const line = (how: Coverage, because: string | null) => ledgerLine(file, decision, how, because)
  if (decision.decision === 'skipped') return line('skipped', null)
  if (file.content === 'missing')
    return line('failed', 'GitHub did not send its diff: it is too large')
  if (file.content === 'unreadable') return line('failed', 'its diff could not be read')
  const judged = asked?.kind === 'answered' ? asked.coverage.get(file.path) : undefined
  if (judged !== undefined) return line(judged.coverage, judged.because)
  if (file.change === 'removed') return line('reviewed', null)
  const unread = scope.unread.get(file.path)
  if (unread !== undefined) return line('failed', unread)
  const failure = ruled.failed.find((one) => one.path === file.path)
  if (failure !== undefined) return line('failed', failure.because)
  const unsupported = ruled.unsupported.find((one) => one.path === file.path)
  if (unsupported !== undefined) return line('skipped', unsupported.because)
  return line('reviewed', null)
}

function decisionOf(scope: Scope, { path }: FileDiff, index: number): FileDecision {
  return (
    scope.selection[index] ?? { path, decision: 'skipped', score: 0, reasons: [], providers: [] }
  )
}

function ledgerLine(
  file: FileDiff,
  decision: FileDecision,
  how: Coverage,
  because: string | null,
): ReportFile {
  return {
    path: file.path,
    previousPath: file.previousPath,
    change: file.change,
    decision: decision.decision,
    score: decision.score,
    reasons: [...decision.reasons],
    providers: [...decision.providers],
    coverage: how,
    because,
  }
}

function providersIn({ selection }: Scope, catalog: Catalog): Report['inventory']['providers'] {
  const files = new Map<string, string[]>()
  for (const { decision, path, providers } of selection) {
    if (decision !== 'selected') continue
    for (const id of providers) files.set(id, [...(files.get(id) ?? []), path])
  }
  return [...files]
    .sort(([a], [b]) => a.localeCompare(b, 'en'))
    .map(([id, paths]) => ({ id, name: catalog.get(id)?.names[0] ?? id, files: paths }))
}
