import type { FileDiff } from '#core/diff/diff'
import { parsePatch } from '#core/diff/parse-patch'
import type { Claim, Finding } from '#core/findings/finding'
import type { Report, ReportFile } from '#core/report/report'

/** A changed file from a bare patch, as GitHub sends it. */
export function changedFile(path: string, patch: string, more: Partial<FileDiff> = {}): FileDiff {
  const read = parsePatch(patch)
  if (!read.ok) throw new Error(read.reason)
  return {
    path,
    previousPath: null,
    change: 'modified',
    content: 'text',
    hunks: read.hunks,
    ...more,
  }
}

/** A claim by a rule on line 3 of `src/a.ts`; every part can be replaced. */
export function claim(more: Partial<Claim> = {}): Claim {
  const path = more.path ?? 'src/a.ts'
  const line = more.line ?? 3
  return {
    rule: 'payment-without-key',
    class: 'idempotency',
    severity: 'high',
    proof: 'proven',
    source: 'rule',
    path,
    side: 'RIGHT',
    startLine: line,
    line,
    title: 'Charge is created without an idempotency key',
    body: 'Stripe treats every request without a key as new.',
    scenario: 'The connection drops after Stripe charged the card; the retry charges it again.',
    fix: 'Pass a key that is derived from the order.',
    suggestion: null,
    evidence: [
      { path, side: 'RIGHT', line, text: 'await stripe.charges.create(order)', redacted: false },
    ],
    provider: 'stripe',
    symbol: 'charge',
    ...more,
  }
}

/** A finding on line 3 of `src/a.ts`. */
export function finding(more: Partial<Finding> = {}): Finding {
  const { symbol: _, ...said } = claim()
  return { ...said, id: 'tl-0123456789ab', preExisting: false, placement: 'line', ...more }
}

/** A selected and fully reviewed file of a report. */
export function reportFile(path: string, more: Partial<ReportFile> = {}): ReportFile {
  return {
    path,
    previousPath: null,
    change: 'modified',
    decision: 'selected',
    score: 0.9,
    reasons: [{ signal: 'import', detail: 'imports stripe', line: 1 }],
    providers: ['stripe'],
    coverage: 'reviewed',
    because: null,
    ...more,
  }
}

/** A complete review of one file without findings. */
export function report(more: Partial<Report> = {}): Report {
  return {
    version: 1,
    tool: { name: 'integrations-tech-lead', version: '0.0.0' },
    agent: 'integrations-tech-lead',
    reviewer: 'rules',
    model: null,
    base: 'b'.repeat(40),
    head: 'a'.repeat(40),
    status: 'reviewed',
    because: null,
    notes: [],
    files: [reportFile('src/a.ts')],
    bundles: [],
    findings: [],
    inventory: { providers: [], delta: [] },
    matrix: { calls: [], handlers: [] },
    learnings: [],
    memory: { recalled: [], leftOut: [], waiting: [], silenced: [] },
    advice: null,
    usage: null,
    timings: {},
    ...more,
  }
}
