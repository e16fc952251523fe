import type { FileDiff } from '#core/diff/diff'
import { type Bundle, bundlesOf } from '#core/filter/bundles'
import { copiedAmong, librariesAmong, proofsOf } from '#core/filter/copied-libraries'
import { markTests } from '#core/filter/mark-tests'
import { memoryHits } from '#core/filter/memory-hits'
import { isReadableCode, needsText } from '#core/filter/needs-text'
import { createSelector, type Selector } from '#core/filter/select-files'
import type { Selection } from '#core/filter/selection'
import { pathsNamedIn } from '#core/memory/named-paths'
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
 * Decides which files are about integrations. Paths decide first, then the diffs of what is no
 * code; only code and selected files are read, and an unrelated change costs next to nothing.
 */
export async function select(gathered: Gathered): Promise<Scope> {
  const { snapshot, settings, memory } = gathered
  const { catalog } = gathered.knowledge
  const { files, contents } = snapshot
  const named = pathsNamedIn(memory.files)
  const known = { files, catalog, settings, hints: memoryHits(files, named, catalog) }
  const unmarked = createSelector(known)
  const wanted = files.filter((file) => wantsText(file, unmarked)).map(({ path }) => path)
  if (wanted.length === 0) {
    const selection = files.map((file) => unmarked.decide(file))
    return scopeOf(gathered, { selection, edges: [] }, new Map())
  }
  const { texts, attributes } = await readTexts(gathered, wanted)
  const copied = await copiedLibraries(gathered, wanted)
  const input = { ...known, copied, ...(attributes === null ? {} : { attributes }) }
  const selector = createSelector(input)
  const freed = files.filter((file) => !texts.has(file.path) && wantsText(file, selector))
  // The base may say that a name that looks generated is not.
  const more = freed.length === 0 ? [] : await contents.read(pathsOf(freed), 'head')
  const all = new Map([...texts, ...more])
  const sources = readable(all)
  const first = files.map((file) => selector.decide(file, sources.get(file.path)))
  return scopeOf(gathered, await widen({ ...input, sources }, first, named, contents), all)
}

const pathsOf = (files: readonly FileDiff[]) => files.map(({ path }) => path)

/** Code is wanted whatever its hunks may say, so they are not looked at before its text is there. */
function wantsText(file: FileDiff, selector: Selector): boolean {
  const settled = selector.byPath(file)
  if (settled === null && isReadableCode(file)) return true
  return needsText(file, settled ?? selector.decide(file))
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

/** Libraries that were copied in before the change: one read, where it touches any such folder. */
async function copiedLibraries(
  { snapshot: { contents } }: Gathered,
  paths: readonly string[],
): Promise<readonly string[]> {
  const libraries = librariesAmong(paths)
  if (libraries.length === 0) return []
  return copiedAmong(libraries, readable(await contents.read(proofsOf(libraries), 'base')))
}

function unreadReason(
  file: FileDiff,
  content: FileContent | undefined,
): readonly [string, string][] {
  if (file.change === 'removed' || content?.kind === 'text') return []
  const because = content?.kind === 'refused' ? content.because : 'its text could not be read'
  return [[file.path, because]]
}
