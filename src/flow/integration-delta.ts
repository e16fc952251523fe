import { changedLines, hasAny } from '#core/diff/line-sets'
import { pathFacts } from '#core/filter/file-kind'
import { buildIntegrations } from '#core/inventory/build-inventory'
import { compareIntegrations } from '#core/inventory/compare-integrations'
import type { Integration, InventoryChange } from '#core/inventory/inventory'
import { namesPackages } from '#core/inventory/packages'
import { homesOf } from '#core/inventory/repository-modules'
import { buildMatrix, type Rows } from '#core/matrix/build-matrix'
import { compareMatrix } from '#core/matrix/compare-matrix'
import type { MatrixDelta } from '#core/matrix/matrix'
import type { Catalog } from '#core/providers/catalog'
import { type Code, codeOf } from '#core/rules/code'
import { importsOf } from '#core/rules/imports'
import type { ProviderKnowledge } from '#core/rules/provider-knowledge'
import type { SourceText } from '#core/text/source-text'
import { letOthers } from '#flow/let-others'
import type { At, Contents, Scan } from '#flow/ports'
import { readSources } from '#flow/read-sources'
import type { Scope } from '#flow/select'

interface DeltaNeeds {
  readonly scan: Pick<Scan, 'facts'>
  readonly catalog: Catalog
  readonly providers: ProviderKnowledge
  readonly contents: Pick<Contents, 'read' | 'list'>
}

/** Imported files that are read: one round trip, however large the change. */
const MAX_AROUND = 80

/** What became of the integrations. */
export interface IntegrationDelta {
  readonly inventory: readonly InventoryChange[]
  readonly matrix: MatrixDelta
  /** The integrations of the selected files as the change leaves them. */
  readonly head: readonly Integration[]
  /** The selected files with what they import, before and after. */
  readonly before: Code
  readonly after: Code
}

/**
 * What a change adds to the repository's integrations and takes from them, and what it does to what
 * protects them: the selected files before and after, together with the files that they import.
 */
export async function integrationDelta(
  needs: DeltaNeeds,
  { files, head }: Pick<Scope, 'files' | 'head'>,
): Promise<IntegrationDelta> {
  const renamed = new Map(
    files.flatMap(({ path, previousPath, change }) =>
      change === 'added' ? [] : [[previousPath ?? path, path] as const],
    ),
  )
  const readBefore = async () =>
    withFacts(needs, await readSources(needs.contents, [...renamed.keys()], 'base'))
  const [was, is] = await Promise.all([readBefore(), withFacts(needs, head)])
  // Both sides see equally far: a file that comes or goes must not open or close the view of others.
  const imported = new Set([...importedBy(is.code), ...importedBy(was.code)])
  const [before, after] = await Promise.all([
    seenIn(needs, was, imported, 'base'),
    seenIn(needs, is, imported, 'head'),
  ])
  const diffs = new Map(files.map((file) => [file.path, file]))
  return {
    inventory: compareIntegrations(before.integrations, after.integrations, renamed),
    matrix: compareMatrix(before, after, {
      renamed,
      touches(path, startLine, endLine) {
        const diff = diffs.get(path)
        return diff !== undefined && hasAny(changedLines(diff, 'RIGHT'), startLine, endLine)
      },
    }),
    head: after.integrations,
    before: before.code,
    after: after.code,
  }
}

/** What stands in some files. */
type Seen = Rows & { readonly integrations: readonly Integration[]; readonly code: Code }

const NOTHING: Seen = { integrations: [], calls: [], handlers: [], code: { files: new Map() } }

/** Selected files as they stand on one side. */
interface Selected {
  readonly texts: readonly SourceText[]
  readonly code: Code
}

async function withFacts({ scan }: DeltaNeeds, texts: readonly SourceText[]): Promise<Selected> {
  if (texts.length === 0) return { texts, code: { files: new Map() } }
  const { facts } = await scan.facts(texts, 'matrix')
  return { texts, code: codeOf(texts, facts) }
}

async function seenIn(
  needs: DeltaNeeds,
  { texts, code }: Selected,
  imported: ReadonlySet<string>,
  at: At,
): Promise<Seen> {
  if (texts.length === 0) return NOTHING
  const { catalog, providers } = needs
  const around = await importedCode(needs, code, imported, at)
  await letOthers()
  const integrations = buildIntegrations({
    code,
    around,
    manifests: texts.filter(({ path }) => namesPackages(path)),
    samples: texts.filter(({ path }) => pathFacts(path).kind === 'env-sample'),
    catalog,
  })
  await letOthers()
  const rows = buildMatrix({ code, around, catalog, providers })
  await letOthers()
  return {
    integrations,
    ...rows,
    code: { files: new Map([...around.files, ...code.files]) },
  }
}

/** Where the files may stand that some code imports. */
function importedBy({ files }: Code): readonly string[] {
  return [...files.values()].flatMap((file) =>
    importsOf(file).flatMap(({ module }) => {
      const candidates = homesOf(file.path, module, file.language)
      return candidates.some((path) => files.has(path)) ? [] : candidates
    }),
  )
}

/** The files of the repository that the code of either side imports: a client may be made there. */
async function importedCode(
  needs: DeltaNeeds,
  { files }: Code,
  imported: ReadonlySet<string>,
  at: At,
): Promise<Code> {
  const wanted = [...imported].filter((path) => !files.has(path))
  if (wanted.length === 0) return { files: new Map() }
  // Most places where a module might stand do not exist; they must not use up the room.
  const { paths, complete } = await needs.contents.list(at)
  const known = new Set(paths)
  const existing = wanted.filter((path) => known.has(path) || !complete)
  const texts = await readSources(needs.contents, existing.slice(0, MAX_AROUND), at)
  return (await withFacts(needs, texts)).code
}
