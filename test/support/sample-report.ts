import type { Finding } from '#core/findings/finding'
import { NO_MEMORY, type Report, type ReportFile } from '#core/report/report'

/** A finding with sound values everywhere; `over` replaces some. */
export function sampleFinding(over: Partial<Finding> = {}): Finding {
  return {
    id: 'tl-0123456789ab',
    rule: 'webhook-signature-missing',
    class: 'webhook-verification',
    severity: 'critical',
    proof: 'proven',
    source: 'rule',
    path: 'src/hooks/stripe.ts',
    side: 'RIGHT',
    startLine: 42,
    line: 43,
    title: 'The Stripe webhook is accepted without a signature check',
    body: 'The handler reads the event and acts on it.',
    scenario: 'Anybody who knows the address marks an order as paid.',
    fix: 'Call stripe.webhooks.constructEvent with the raw body first.',
    suggestion: null,
    evidence: [
      {
        path: 'src/hooks/stripe.ts',
        side: 'RIGHT',
        line: 42,
        text: "app.post('/stripe', async (req, res) => {",
        redacted: false,
      },
      {
        path: 'src/hooks/stripe.ts',
        side: 'RIGHT',
        line: 43,
        text: '\tpay(req.body)',
        redacted: false,
      },
    ],
    provider: 'stripe',
    preExisting: false,
    placement: 'line',
    ...over,
  }
}

/** A selected and reviewed file; `over` replaces some values. */
export function sampleFile(over: Partial<ReportFile> = {}): ReportFile {
  return {
    path: 'src/hooks/stripe.ts',
    previousPath: null,
    change: 'modified',
    decision: 'selected',
    score: 0.93,
    reasons: [{ signal: 'import', detail: 'imports stripe', line: 1 }],
    providers: ['stripe'],
    coverage: 'reviewed',
    because: null,
    ...over,
  }
}

/** A skipped file. */
export function skippedFile(path: string, because: string | null = null): ReportFile {
  const none = { reasons: [], providers: [], score: 0 }
  return sampleFile({ path, decision: 'skipped', coverage: 'skipped', because, ...none })
}

/** A whole report with one finding; `over` replaces some values. */
export function sampleReport(over: Partial<Report> = {}): Report {
  return {
    version: 1,
    tool: { name: 'integrations-tech-lead', version: '9.9.9' },
    agent: 'integrations-tech-lead',
    reviewer: 'rules',
    model: null,
    base: 'a'.repeat(40),
    head: 'WORKTREE',
    status: 'reviewed',
    because: null,
    notes: [],
    files: [sampleFile()],
    bundles: [],
    findings: [sampleFinding()],
    inventory: { providers: [], delta: [] },
    matrix: { calls: [], handlers: [] },
    learnings: [],
    memory: NO_MEMORY,
    advice: null,
    usage: null,
    timings: {},
    ...over,
  }
}
