import type { FileDiff } from '#core/diff/diff'
import { isReadableCode, needsText } from '#core/filter/needs-text'
import { createSelector, type Selector } from '#core/filter/select-files'
import type { Selection } from '#core/filter/selection'
import type { Catalog } from '#core/providers/catalog'
import type { SourceText } from '#core/text/source-text'
import type { Gathered } from '#flow/gather'
import type { FileContent } from '#flow/ports'

/** The part of a change that is about integrations, with the text of its files at the head. */
export interface Scope {
  readonly selection: Selection
  /** The selected files. */
  readonly files: readonly FileDiff[]
  /** The head's text of the selected files that could be read. */
  readonly head: readonly SourceText[]
  /** Selected files whose text could not be read, and why. */
  readonly unread: ReadonlyMap<string, string>
}

/**
 * Decides which files are about integrations. Paths decide first, with the marks of the base, then
 * the diffs of what is no code; only code and selected files are read, and an unrelated change
 * costs next to nothing.
 */
export async function select(gathered: Gathered, catalog: Catalog): Promise<Scope> {
  const { snapshot, settings } = gathered
  const { files, contents } = snapshot
  const unmarked = createSelector({ files, catalog, settings })
  if (!files.some((file) => wantsText(file, unmarked))) {
    return scopeOf(
      gathered,
      files.map((file) => unmarked.decide(file)),
      new Map(),
    )
  }
  const attributes = await readAttributes(gathered)
  const selector =
    attributes === null ? unmarked : createSelector({ files, catalog, settings, attributes })
  const doubtful = files.filter((file) => wantsText(file, selector)).map(({ path }) => path)
  const texts = doubtful.length === 0 ? new Map() : await contents.read(doubtful, 'head')
  const sources = readable(texts)
  const selection = files.map((file) => selector.decide(file, sources.get(file.path)))
  return scopeOf(gathered, selection, texts)
}

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
  selection: Selection,
  texts: ReadonlyMap<string, FileContent>,
): Scope {
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
  }
}

/** Generated and vendored marks count at the base only: the head could hide its own files. */
async function readAttributes({ snapshot }: Gathered): Promise<string | null> {
  const read = await snapshot.contents.read(['.gitattributes'], 'base')
  const attributes = read.get('.gitattributes')
  return attributes?.kind === 'text' ? attributes.text : null
}

function unreadReason(
  file: FileDiff,
  content: FileContent | undefined,
): readonly [string, string][] {
  if (file.change === 'removed' || content?.kind === 'text') return []
  const because = content?.kind === 'refused' ? content.because : 'its text could not be read'
  return [[file.path, because]]
}
