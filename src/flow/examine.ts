import { type Claim, compareSeverity, type FindingClass } from '#core/findings/finding'
import { mergeClaims } from '#core/findings/merge-claims'
import { placeClaims } from '#core/findings/place-claims'
import type { Integration } from '#core/inventory/inventory'
import { withoutLabels } from '#core/memory/entry-status'
import type { Learning, MemoryEdit } from '#core/memory/memory'
import { entryId } from '#core/memory/memory-entry'
import { silence } from '#core/memory/silence'
import { splitOverlay } from '#core/memory/split-overlay'
import type { CarriedState } from '#core/plan/plan'
import type { Report } from '#core/report/report'
import type { Rule } from '#core/rules/rule'
import { withheldBecause } from '#core/settings/model-policy'
import type { Settings } from '#core/settings/settings'
import { redact } from '#core/text/redact'
import { adviceOf, answerNotes, suppressionNotes } from '#flow/answer-words'
import type { Ask } from '#flow/ask'
import type { AgentOutcome } from '#flow/ask-agent'
import { consultAgent, type Known } from '#flow/consult-agent'
import { coverage, reportOfFiles } from '#flow/coverage'
import type { Earlier } from '#flow/earlier-review'
import type { Gathered } from '#flow/gather'
import type { IntegrationDelta } from '#flow/integration-delta'
import { judgeChange } from '#flow/judge-change'
import type { Model } from '#flow/model-port'
import type { Budget, Clock, Log, Scan } from '#flow/ports'
import { recallMemory, topicsFor } from '#flow/recall-memory'
import { keptNotes, memoryReport } from '#flow/report-memory'
import { scanAhead } from '#flow/scan-ahead'
import type { Scope } from '#flow/select'

/** What examining a change needs from the world. */
export interface ExamineNeeds {
  readonly scan: Scan
  /** Null without a key: then the rules review alone. */
  readonly model: Model | null
  /** Whether the operator lets this repository be sent to the model. */
  readonly modelGranted: boolean
  readonly budget: Budget
  readonly clock: Clock
  readonly random: () => number
  /** Random hex digits, new in every run. */
  readonly delimiter: () => string
  readonly log: Log
  /** Overrides the agent's own model; null for the agent's. */
  readonly modelName: string | null
  /** The values of this process's own secrets, to be masked wherever they turn up. */
  readonly secrets: readonly string[]
  readonly tool: Report['tool']
  readonly signal: AbortSignal
  /** Told what the model is asked, or would be asked if there were one. */
  readonly onQuestion?: (question: Ask) => Promise<void>
}

/** What was found out. `waiting` says that the model may answer later. */
export interface Examined {
  readonly report: Report
  /** What the agent changed in its memory, on top of what it was shown. */
  readonly memoryEdits: readonly MemoryEdit[]
  /** The integrations of the selected files as the change leaves them. */
  readonly integrations: readonly Integration[]
  readonly waiting: Extract<AgentOutcome, { kind: 'unavailable' }> | null
  /** What the next review of the same pull request goes on from. */
  readonly carried: Pick<CarriedState, 'key' | 'digests' | 'firstPaths'>
}

const NOTHING_KNOWN: Known = { waiting: [], earlier: null, incremental: false }

/**
 * Reviews the selected files: the rules find hard evidence, the agent judges with that evidence at
 * hand, and both speak with one voice. Nothing is written anywhere.
 */
export async function examine(
  needs: ExamineNeeds,
  gathered: Gathered,
  scope: Scope,
  known: Known = NOTHING_KNOWN,
): Promise<Examined> {
  const started = needs.clock.now()
  const { snapshot, settings } = gathered
  const { model, because } = askable(needs, settings)
  const { rules } = gathered.knowledge
  const recalled = await recallMemory(gathered, scope, known.waiting)
  const { ruled, integrations } = await judgedBy(needs, gathered, scope, recalled.named)
  const ruledAt = needs.clock.now()
  const hush = (claims: readonly Claim[]) =>
    silence(claims, recalled.decisions, { ...snapshot, settings, classes: classesOf(rules) })
  const evident = hush(ruled.claims)
  const classes = ruled.claims.map((claim) => claim.class)
  const { topics, leftOut } = topicsFor(recalled, scope, classes)
  const found = { gathered, scope, recalled, topics, evidence: evident.standing, integrations }
  const consulted = await consultAgent({ ...needs, model }, found, known)
  const { asked, answered, going } = consulted
  const judged = hush(going.claims)
  const edits = withoutMarks(answered?.edits ?? [])
  const claims = mergeClaims(undismissed(evident.standing, answered), judged.standing)
  const masked = doubtedLast(claims, answered).map((claim) => maskedClaim(claim, needs.secrets))
  return {
    integrations: integrations.head,
    waiting: asked?.kind === 'unavailable' ? asked : null,
    memoryEdits: edits,
    carried: consulted.carried,
    report: {
      ...withDelta(reportOfFiles(needs, gathered, scope), integrations),
      ...coverage({ gathered, scope, ruled, asked }),
      reviewer: model === null ? 'rules' : 'claude',
      model: model === null ? null : consulted.model,
      notes: [
        ...because,
        ...[...gathered.notes, ...suppressionNotes(ruled.suppressed)],
        ...answerNotes(answered, known.earlier?.report.findings ?? []),
        ...keptNotes([...evident.kept, ...judged.kept]),
      ],
      findings: [...placeClaims(masked, snapshot.files, quieter(settings, known.earlier), going)],
      learnings: splitOverlay(gathered.memory.files, edits).learnings.map(reportLearning),
      memory: memoryReport(recalled, { topics, leftOut }, [
        ...evident.silenced,
        ...judged.silenced,
      ]),
      advice: adviceOf(answered, needs.secrets) ?? consulted.standingAdvice,
      usage: asked?.usage ?? null,
      timings: { rules: ruledAt - started, agent: needs.clock.now() - ruledAt },
    },
  }
}

/** The model that may be asked about a repository with these settings, and why it is none. */
function askable(
  { model, modelGranted }: ExamineNeeds,
  settings: Settings,
): { readonly model: Model | null; readonly because: readonly string[] } {
  const withheld = model === null ? null : withheldBecause(settings, modelGranted)
  return withheld === null
    ? { model, because: [] }
    : { model: null, because: [`By rules alone. ${withheld}`] }
}

function judgedBy(
  { scan, log }: ExamineNeeds,
  { snapshot, settings, knowledge }: Gathered,
  scope: Scope,
  remembered: readonly string[],
) {
  const { rules, providers, catalog } = knowledge
  const { files, head } = scope
  const { files: changed, contents } = snapshot
  return judgeChange(
    { scan: scanAhead(scan, contents, scope), contents, log, catalog },
    { files, head, changed, rules, providers, settings, remembered },
  )
}

/** After the first review of a pull request only medium findings and above get a comment. */
function quieter(settings: Settings, earlier: Earlier | null): Settings {
  const { review } = settings
  if (earlier === null || review.inline_from !== 'low') return settings
  return { ...settings, review: { ...review, inline_from: 'medium' } }
}

function withDelta(report: Report, { inventory, matrix }: IntegrationDelta): Report {
  return { ...report, matrix, inventory: { ...report.inventory, delta: [...inventory] } }
}

function classesOf(rules: readonly Rule[]): ReadonlyMap<string, FindingClass> {
  return new Map(rules.map((rule) => [rule.id, rule.class]))
}

/** The agent's changes without the marks that its tool showed it. */
function withoutMarks(edits: readonly MemoryEdit[]): readonly MemoryEdit[] {
  return edits.map(({ path, text }) => ({ path, text: text === null ? null : withoutLabels(text) }))
}

type Answered = Extract<AgentOutcome, { kind: 'answered' }>

/** A refuted claim leaves the review, but only if the agent cited lines against it. */
function undismissed(claims: readonly Claim[], answered: Answered | null): readonly Claim[] {
  const refuted = new Set(answered?.dismissed.map((dismissal) => dismissal.claim))
  return claims.filter((claim) => !refuted.has(claim) || claim.severity === 'critical')
}

/** Of one severity those last that a second opinion could not confirm. */
function doubtedLast(claims: readonly Claim[], answered: Answered | null): readonly Claim[] {
  const isDoubted = (claim: Claim) => (answered?.doubted.has(claim) === true ? 1 : 0)
  return claims.toSorted(
    (a, b) => compareSeverity(a.severity, b.severity) || isDoubted(a) - isDoubted(b),
  )
}

function reportLearning({ topic, text, citation }: Learning): Report['learnings'][number] {
  return { id: entryId(text), topic, text, citation }
}

function maskedClaim(claim: Claim, secrets: readonly string[]): Claim {
  const mask = (text: string) => redact(text, secrets).text
  return {
    ...claim,
    title: mask(claim.title),
    body: mask(claim.body),
    scenario: mask(claim.scenario),
    fix: mask(claim.fix),
    suggestion: claim.suggestion === null ? null : mask(claim.suggestion),
    evidence: claim.evidence.map((one) => {
      const { text, found } = redact(one.text, secrets)
      return { ...one, text, redacted: one.redacted || found }
    }),
  }
}
