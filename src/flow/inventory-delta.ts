import type { FileDiff } from '#core/diff/diff'
import { pathFacts } from '#core/filter/file-kind'
import { buildIntegrations } from '#core/inventory/build-inventory'
import { compareIntegrations } from '#core/inventory/compare-integrations'
import type { Integration, InventoryChange } from '#core/inventory/inventory'
import { namesPackages } from '#core/inventory/packages'
import { homesOf } from '#core/inventory/repository-modules'
import type { Catalog } from '#core/providers/catalog'
import { type Code, codeOf, isPython } from '#core/rules/code'
import { importsOf } from '#core/rules/imports'
import type { SourceText } from '#core/text/source-text'
import type { At, Contents, Scan } from '#flow/ports'
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
  const base = await textsAtBase(needs.contents, files)
  if (base.length === 0 && head.length === 0) return { delta: [], head: [] }
  const before = await codeWithFacts(needs, base)
  const after = await codeWithFacts(needs, head)
  const shared = await importedCode(needs, [before, after])
  const integrationsOf = (texts: readonly SourceText[], own: Code) =>
    buildIntegrations({
      code: own,
      around: shared,
      manifests: texts.filter(({ path }) => namesPackages(path)),
      samples: texts.filter(({ path }) => pathFacts(path).kind === 'env-sample'),
      catalog: needs.catalog,
    })
  const left = integrationsOf(head, after)
  return { delta: compareIntegrations(integrationsOf(base, before), left), head: left }
}

/** The files as they were, under their names at head, so that a new name alone changes nothing. */
async function textsAtBase(
  contents: DeltaNeeds['contents'],
  files: readonly FileDiff[],
): Promise<readonly SourceText[]> {
  const names = new Map(
    files.flatMap(({ path, previousPath, change }) =>
      change === 'added' ? [] : [[previousPath ?? path, path] as const],
    ),
  )
  return read(contents, [...names.keys()], 'base').then((texts) =>
    texts.map(({ path, text }) => ({ path: names.get(path) ?? path, text })),
  )
}

async function read(
  contents: DeltaNeeds['contents'],
  paths: readonly string[],
  at: At,
): Promise<readonly SourceText[]> {
  if (paths.length === 0) return []
  const answers = await contents.read(paths, at)
  return [...answers].flatMap(([path, content]) =>
    content.kind === 'text' ? [{ path, text: content.text }] : [],
  )
}

async function codeWithFacts({ scan }: DeltaNeeds, texts: readonly SourceText[]): Promise<Code> {
  const { facts } = await scan.facts(texts, 'inventory')
  return codeOf(texts, facts)
}

/** The files of the repository that the code imports: a client may be made there. */
async function importedCode(needs: DeltaNeeds, sides: readonly Code[]): Promise<Code> {
  const known = new Set(sides.flatMap(({ files }) => [...files.keys()]))
  const wanted = new Set<string>()
  for (const file of sides.flatMap(({ files }) => [...files.values()])) {
    const python = isPython(file)
    for (const { module } of importsOf(file)) {
      const candidates = homesOf(file.path, module, python)
      if (candidates.some((path) => known.has(path))) continue
      for (const path of candidates) wanted.add(path)
    }
  }
  const texts = await read(needs.contents, [...wanted].slice(0, MAX_CANDIDATES), 'head')
  return codeWithFacts(needs, texts)
}
