import type { FileDiff } from '#core/diff/diff'
import { type Bundle, bundlesOf } from '#core/filter/bundles'
import { markTests } from '#core/filter/mark-tests'
import { memoryHits } from '#core/filter/memory-hits'
import { needsText } from '#core/filter/needs-text'
import { selectFiles } from '#core/filter/select-files'
import type { Selection } from '#core/filter/selection'
import { pathsNamedIn } from '#core/memory/named-paths'
import type { Catalog } from '#core/providers/catalog'
import type { SourceText } from '#core/text/source-text'
import type { Gathered } from '#flow/gather'
import type { FileContent } from '#flow/ports'
import { type Widened, widen } from '#flow/widen-selection'

/** The part of a change that is about integrations, with the text of its files at the head. */
export interface Scope {
  readonly selection: Selection
  /** The selected files. */
  readonly files: readonly FileDiff[]
  /** The head's text of the selected files that could be read. */
  readonly head: readonly SourceText[]
  /** Selected files whose text could not be read, and why. */
  readonly unread: ReadonlyMap<string, string>
  /** Which of the selected files make up one integration. */
  readonly bundles: readonly Bundle[]
}

/**
 * Decides which files are about integrations. Names and diffs decide first; only files that they
 * leave in doubt or select are read, so that an unrelated change costs next to nothing.
 */
export async function select(gathered: Gathered, catalog: Catalog): Promise<Scope> {
  const { snapshot, settings, memory } = gathered
  const { files, contents } = snapshot
  const named = pathsNamedIn(memory.files)
  const known = { files, catalog, settings, hints: memoryHits(files, named, catalog) }
  const first = selectFiles({ ...known, sources: new Map() })
  const doubtful = files.filter((file, index) => {
    const decision = first[index]
    return decision !== undefined && needsText(file, decision)
  })
  if (doubtful.length === 0) return scopeOf(gathered, { selection: first, edges: [] }, new Map())
  const { texts, attributes } = await readTexts(
    gathered,
    doubtful.map((file) => file.path),
  )
  const input = {
    ...known,
    sources: readable(texts),
    ...(attributes === null ? {} : { attributes }),
  }
  return scopeOf(gathered, await widen(input, selectFiles(input), named, contents), texts)
}

function readable(texts: ReadonlyMap<string, FileContent>): ReadonlyMap<string, string> {
  return new Map(
    [...texts].flatMap(([path, content]) =>
      content.kind === 'text' ? [[path, content.text]] : [],
    ),
  )
}

function scopeOf(
  { snapshot }: Gathered,
  { selection: decisions, edges }: Widened,
  texts: ReadonlyMap<string, FileContent>,
): Scope {
  const selection = markTests(decisions, edges)
  const files = snapshot.files.filter((_, index) => selection[index]?.decision === 'selected')
  const sources = readable(texts)
  return {
    selection,
    files,
    head: files.flatMap(({ path }) => {
      const text = sources.get(path)
      return text === undefined ? [] : [{ path, text }]
    }),
    unread: new Map(files.flatMap((file) => unreadReason(file, texts.get(file.path)))),
    bundles: bundlesOf(selection, edges),
  }
}

const ATTRIBUTES = '.gitattributes'

/**
 * The head's texts, and the base's marks of generated and vendored files: the head's could hide its
 * own files. Where the change leaves them alone both commits have the same, and one read serves.
 */
async function readTexts(
  { snapshot: { contents, files, totalFiles } }: Gathered,
  paths: readonly string[],
): Promise<{ texts: ReadonlyMap<string, FileContent>; attributes: string | null }> {
  const touched =
    totalFiles > files.length ||
    files.some(({ path, previousPath }) => path === ATTRIBUTES || previousPath === ATTRIBUTES)
  const texts = await contents.read(touched ? paths : [...paths, ATTRIBUTES], 'head')
  const marks = (touched ? await contents.read([ATTRIBUTES], 'base') : texts).get(ATTRIBUTES)
  return { texts, attributes: marks?.kind === 'text' ? marks.text : null }
}

function unreadReason(
  file: FileDiff,
  content: FileContent | undefined,
): readonly [string, string][] {
  if (file.change === 'removed' || content?.kind === 'text') return []
  const because = content?.kind === 'refused' ? content.because : 'its text could not be read'
  return [[file.path, because]]
}
