import { resolveModel } from '#core/agent/models'
import type { Claim, FindingClass } from '#core/findings/finding'
import { mergeClaims } from '#core/findings/merge-claims'
import { placeClaims } from '#core/findings/place-claims'
import type { Integration } from '#core/inventory/inventory'
import { withoutLabels } from '#core/memory/entry-status'
import type { Learning, MemoryEdit, MemoryFile } from '#core/memory/memory'
import { entryId } from '#core/memory/memory-entry'
import { silence } from '#core/memory/silence'
import { splitOverlay } from '#core/memory/split-overlay'
import type { WaitingLearning } from '#core/plan/plan'
import type { Catalog } from '#core/providers/catalog'
import { Advice } from '#core/report/advice'
import type { Report } from '#core/report/report'
import type { ProviderKnowledge } from '#core/rules/provider-knowledge'
import type { Rule } from '#core/rules/rule'
import type { Suppressed } from '#core/rules/suppression'
import { redact } from '#core/text/redact'
import { type AgentOutcome, askAgent } from '#flow/ask-agent'
import { checkRules } from '#flow/check-rules'
import { coverage, reportOfFiles } from '#flow/coverage'
import type { Gathered } from '#flow/gather'
import { type IntegrationDelta, integrationDelta } from '#flow/integration-delta'
import type { Model } from '#flow/model-port'
import type { Budget, Clock, Log, Scan } from '#flow/ports'
import { type RecalledMemory, recallMemory, topicsFor } from '#flow/recall-memory'
import { keptNotes, memoryReport } from '#flow/report-memory'
import type { Scope } from '#flow/select'

/** What this installation knows: rules and providers, validated when it started. */
export interface Knowledge {
  readonly rules: readonly Rule[]
  readonly providers: ProviderKnowledge
  readonly catalog: Catalog
}

/** What examining a change needs from the world. */
export interface ExamineNeeds {
  readonly scan: Scan
  /** Null without a key: then the rules review alone. */
  readonly model: Model | null
  readonly budget: Budget
  readonly knowledge: Knowledge
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
}

/** What was found out. `waiting` says that the model may answer later. */
export interface Examined {
  readonly report: Report
  /** What the agent changed in its memory, on top of what it was shown. */
  readonly memoryEdits: readonly MemoryEdit[]
  /** The integrations of the selected files as the change leaves them. */
  readonly integrations: readonly Integration[]
  readonly waiting: Extract<AgentOutcome, { kind: 'unavailable' }> | null
}

/**
 * Reviews the selected files: the rules find hard evidence, the agent judges with that evidence at
 * hand, and both speak with one voice. Nothing is written anywhere.
 */
export async function examine(
  needs: ExamineNeeds,
  gathered: Gathered,
  scope: Scope,
  waiting: readonly WaitingLearning[] = [],
): Promise<Examined> {
  const started = needs.clock.now()
  const { snapshot, settings } = gathered
  const { rules, providers } = needs.knowledge
  const contents = snapshot.contents
  const recalled = await recallMemory(gathered, scope, waiting)
  const ruled = await checkRules(
    { scan: needs.scan, contents, log: needs.log },
    {
      files: scope.files,
      head: scope.head,
      rules,
      providers,
      settings,
      remembered: recalled.named,
    },
  )
  const integrations = await integrationDelta({ ...needs, ...needs.knowledge, contents }, scope)
  const ruledAt = needs.clock.now()
  const hush = (claims: readonly Claim[]) =>
    silence(claims, recalled.decisions, { ...snapshot, settings, classes: classesOf(rules) })
  const known = hush(ruled.claims)
  const classes = ruled.claims.map((claim) => claim.class)
  const { topics, leftOut } = topicsFor(recalled, scope, classes)
  const about = { scope, recalled, topics, evidence: known.standing }
  const asked = needs.model === null ? null : await ask(needs, needs.model, gathered, about)
  const answered = asked?.kind === 'answered' ? asked : null
  const judged = hush(answered?.claims ?? [])
  const edits = withoutMarks(answered?.edits ?? [])
  const claims = mergeClaims(undismissed(known.standing, answered), judged.standing)
  const masked = claims.map((claim) => maskedClaim(claim, needs.secrets))
  return {
    integrations: integrations.head,
    waiting: asked?.kind === 'unavailable' ? asked : null,
    memoryEdits: edits,
    report: {
      ...withDelta(reportOfFiles(needs, gathered, scope), integrations),
      ...coverage({ gathered, scope, ruled, asked }),
      reviewer: needs.model === null ? 'rules' : 'claude',
      model: needs.model === null ? null : modelOf(needs, gathered),
      notes: [
        ...[...gathered.notes, ...suppressionNotes(ruled.suppressed), ...dismissalNotes(answered)],
        ...keptNotes([...known.kept, ...judged.kept]),
      ],
      findings: [...placeClaims(masked, snapshot.files, settings)],
      learnings: splitOverlay(gathered.memory.files, edits).learnings.map(reportLearning),
      memory: memoryReport(recalled, { topics, leftOut }, [...known.silenced, ...judged.silenced]),
      advice: adviceOf(answered, needs.secrets),
      usage: asked?.usage ?? null,
      timings: { rules: ruledAt - started, agent: needs.clock.now() - ruledAt },
    },
  }
}

function withDelta(report: Report, { inventory, matrix }: IntegrationDelta): Report {
  return { ...report, matrix, inventory: { ...report.inventory, delta: [...inventory] } }
}

function modelOf(needs: ExamineNeeds, { agent }: Gathered): string {
  return resolveModel(needs.modelName ?? agent.header.model)
}

function ask(
  needs: ExamineNeeds,
  model: Model,
  gathered: Gathered,
  { scope, recalled, topics, evidence }: AskedAbout,
): Promise<AgentOutcome> {
  const { snapshot, settings } = gathered
  return askAgent(
    { ...needs, model, contents: snapshot.contents },
    {
      agent: gathered.agent,
      model: modelOf(needs, gathered),
      title: snapshot.title,
      description: snapshot.description,
      base: snapshot.base,
      head: snapshot.head,
      files: scope.files,
      selection: scope.selection,
      bundles: scope.bundles,
      evidence,
      memory: {
        index: recalled.index,
        recalled: topics,
        files: recalled.files,
        noted: recalled.waiting.map(({ text }) => text),
      },
      settings,
      redact: (text) => redact(text, needs.secrets).text,
      delimiter: needs.delimiter(),
      signal: needs.signal,
    },
  )
}

interface AskedAbout {
  readonly scope: Scope
  readonly recalled: RecalledMemory
  readonly topics: readonly MemoryFile[]
  readonly evidence: readonly Claim[]
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

/** What comments in the code silence stays in sight: a reader of the review can object. */
function suppressionNotes(suppressed: readonly Suppressed[]): readonly string[] {
  return suppressed.map(
    ({ claim, reason, line }) =>
      `${claim.rule ?? claim.class} at ${claim.path}:${claim.line} is ignored by the comment in line ${line}: ${redact(reason).text}`,
  )
}

function dismissalNotes(answered: Answered | null): readonly string[] {
  return (answered?.dismissed ?? []).map(({ claim, reason, evidence }) => {
    const lines = evidence.map((one) => `${one.path}:${one.line}`).join(', ')
    const kept = claim.severity === 'critical' ? 'kept because it is critical' : 'left out'
    return `${claim.rule ?? claim.class} at ${claim.path}:${claim.line} was refuted (${lines}) and ${kept}: ${reason}`
  })
}

function reportLearning({ topic, text, citation }: Learning): Report['learnings'][number] {
  return { id: entryId(text), topic, text, citation }
}

/** The model's closing words as data, masked; its prose about the whole is left out. */
function adviceOf(answered: Answered | null, secrets: readonly string[]): Report['advice'] {
  const closing = answered?.closing ?? null
  if (closing === null) return null
  const { risk, complexity, diagram, failure_modes: failureModes, plan } = closing
  const advice = { risk, complexity, sequence: diagram ?? null, failureModes, plan }
  return Advice.parse(maskedDeep(advice, secrets))
}

function maskedDeep(value: unknown, secrets: readonly string[]): unknown {
  if (typeof value === 'string') return redact(value, secrets).text
  if (Array.isArray(value)) return value.map((one: unknown) => maskedDeep(one, secrets))
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).map(([key, one]) => [key, maskedDeep(one, secrets)])
  return Object.fromEntries(entries)
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
