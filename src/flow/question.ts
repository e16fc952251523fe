import { lighterModel, resolveModel } from '#core/agent/models'
import { providerSheet } from '#core/agent/provider-sheet'
import type { Claim, Finding } from '#core/findings/finding'
import type { MemoryFile } from '#core/memory/memory'
import { redact } from '#core/text/redact'
import type { Ask } from '#flow/ask'
import type { Gathered } from '#flow/gather'
import type { IntegrationDelta } from '#flow/integration-delta'
import type { RecalledMemory } from '#flow/recall-memory'
import type { Scope } from '#flow/select'

/** What a question needs to know about this installation and this run. */
export interface QuestionNeeds {
  /** Overrides the agent's own model; null for the agent's. */
  readonly modelName: string | null
  readonly secrets: readonly string[]
  readonly delimiter: () => string
  readonly signal: AbortSignal
}

/** What was found out about a change before the agent is asked. */
export interface QuestionFrom {
  readonly gathered: Gathered
  readonly scope: Scope
  readonly recalled: RecalledMemory
  /** The topics that concern this change. */
  readonly topics: readonly MemoryFile[]
  readonly evidence: readonly Claim[]
  /** Open findings of an earlier review. */
  readonly earlier: readonly Finding[]
  readonly integrations: IntegrationDelta
}

/** What the agent is asked about a change: everything that the deterministic parts know of it. */
export function questionOf(needs: QuestionNeeds, found: QuestionFrom): Ask {
  const { gathered, scope, evidence, earlier, integrations, recalled, topics } = found
  const { snapshot, settings, agent } = gathered
  const model = resolveModel(needs.modelName ?? agent.header.model)
  const { catalog } = gathered.knowledge
  return {
    agent,
    model,
    lightModel: lighterModel(model),
    title: snapshot.title,
    description: snapshot.description,
    base: snapshot.base,
    head: snapshot.head,
    files: scope.files,
    selection: scope.selection,
    bundles: scope.bundles,
    evidence,
    earlier,
    reviewedBefore: 0,
    background: {
      code: integrations.after,
      matrix: integrations.matrix,
      inventory: integrations.inventory,
      integrations: integrations.head,
      sheetOf: (provider) => providerSheet(provider, catalog),
    },
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
  }
}

/** The same question about some of the files; the others were judged before and are as they were. */
export function narrowed(question: Ask, paths: ReadonlySet<string>): Ask {
  const { files, selection, evidence, earlier } = question
  const isAsked = ({ path }: { readonly path: string }) => paths.has(path)
  return {
    ...question,
    files: files.filter(isAsked),
    selection: selection.filter((one) => one.decision === 'skipped' || isAsked(one)),
    evidence: evidence.filter(isAsked),
    earlier: earlier.filter(isAsked),
    reviewedBefore: files.filter((file) => !isAsked(file)).length,
  }
}
