import { pathFacts } from '#core/filter/file-kind'
import { buildIntegrations } from '#core/inventory/build-inventory'
import { compareIntegrations } from '#core/inventory/compare-integrations'
import type { Integration, InventoryChange } from '#core/inventory/inventory'
import { namesPackages } from '#core/inventory/packages'
import { homesOf } from '#core/inventory/repository-modules'
import type { Catalog } from '#core/providers/catalog'
import { type Code, codeOf } from '#core/rules/code'
import { importsOf } from '#core/rules/imports'
import type { SourceText } from '#core/text/source-text'
import type { At, Contents, Scan } from '#flow/ports'
import { readSources } from '#flow/read-sources'
import type { Scope } from '#flow/select'

interface DeltaNeeds {
  readonly scan: Pick<Scan, 'facts'>
  readonly catalog: Catalog
  readonly contents: Pick<Contents, 'read'>
}

/** Paths that are tried for imported files: one round trip, however large the change. */
const MAX_CANDIDATES = 200

/** What became of the integrations. */
export interface InventoryDelta {
  readonly delta: readonly InventoryChange[]
  /** The integrations of the selected files as the change leaves them. */
  readonly head: readonly Integration[]
}

/**
 * What a change adds to the repository's integrations and takes from them: the selected files
 * before and after, together with the files that they import.
 */
export async function inventoryDelta(
  needs: DeltaNeeds,
  { files, head }: Pick<Scope, 'files' | 'head'>,
): Promise<InventoryDelta> {
  const names = new Map(
    files.flatMap(({ path, previousPath, change }) =>
      change === 'added' ? [] : [[previousPath ?? path, path] as const],
    ),
  )
  const base = await readSources(needs.contents, [...names.keys()], 'base')
  if (base.length === 0 && head.length === 0) return { delta: [], head: [] }
  const before = await integrationsOf(needs, base, 'base')
  const after = await integrationsOf(needs, head, 'head')
  return { delta: compareIntegrations(before, after, names), head: after }
}

async function integrationsOf(
  needs: DeltaNeeds,
  texts: readonly SourceText[],
  at: At,
): Promise<Integration[]> {
  if (texts.length === 0) return []
  const code = await codeWithFacts(needs, texts)
  return buildIntegrations({
    code,
    around: await importedCode(needs, code, at),
    manifests: texts.filter(({ path }) => namesPackages(path)),
    samples: texts.filter(({ path }) => pathFacts(path).kind === 'env-sample'),
    catalog: needs.catalog,
  })
}

async function codeWithFacts({ scan }: DeltaNeeds, texts: readonly SourceText[]): Promise<Code> {
  const { facts } = await scan.facts(texts, 'inventory')
  return codeOf(texts, facts)
}

/** The files of the repository that the code imports: a client may be made there. */
async function importedCode(needs: DeltaNeeds, { files }: Code, at: At): Promise<Code> {
  const wanted = new Set<string>()
  for (const file of files.values()) {
    for (const { module } of importsOf(file)) {
      const candidates = homesOf(file.path, module, file.language)
      if (candidates.some((path) => files.has(path))) continue
      for (const path of candidates) wanted.add(path)
    }
  }
  const texts = await readSources(needs.contents, [...wanted].slice(0, MAX_CANDIDATES), at)
  return codeWithFacts(needs, texts)
}
