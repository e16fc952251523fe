import type { FileDiff } from '#core/diff/diff'
import type { Hit } from '#core/filter/hit'
import type { PathNote } from '#core/memory/named-paths'
import type { Catalog } from '#core/providers/catalog'

/** Files of one change that memory may speak for. */
const MAX_FILES = 100
const MAX_WORDS = 120

/** Says itself what the inventory found: how somebody is called, who calls us, who is checked. */
const TELLS =
  /\b(?:is called through|endpoint\b.{0,120}\bis handled in|are checked with|pins API version|client\b.{0,120}\bsets)\b/
const CREDENTIAL = /\bcredential\b.{0,120}\bcomes from\b/

/** What memory says of a file is enough to read it; of a credential or in passing it is a hint. */
const TELLS_WEIGHT = 0.6
const CREDENTIAL_WEIGHT = 0.45
const PASSING_WEIGHT = 0.3

/**
 * What the repository's memory says for changed files. It may add a file to a review and never
 * takes one away; in a file where everything meets it counts little, as all that the change did
 * not touch.
 */
export function memoryHits(
  files: readonly FileDiff[],
  named: ReadonlyMap<string, PathNote>,
  catalog: Catalog,
): ReadonlyMap<string, readonly Hit[]> {
  const hits = new Map<string, readonly Hit[]>()
  if (named.size === 0) return hits
  for (const { path, previousPath } of files) {
    const note = named.get(path) ?? named.get(previousPath ?? '')
    if (note === undefined) continue
    hits.set(path, [hitOf(note, catalog)])
    if (hits.size === MAX_FILES) break
  }
  return hits
}

/** The provider that an entry is about, by its topic or by the first word that names one. */
export function providerOfNote({ topic, text }: PathNote, catalog: Catalog): string | null {
  if (catalog.get(topic) !== null) return topic
  const first = /^(?:The\s+)?([A-Z][\w.-]{2,40})\b/.exec(text)?.[1]
  return first === undefined ? null : catalog.byName(first)
}

function hitOf(note: PathNote, catalog: Catalog): Hit {
  const provider = providerOfNote(note, catalog)
  return {
    signal: 'memory',
    detail: `memory names it: ${note.text.slice(0, MAX_WORDS)}`,
    weight: weightOf(note, provider),
    reach: 'file',
    line: null,
    changed: false,
    provider,
  }
}

/** Whether an entry says that a path is integration code, and does not only mention it. */
export function tellsOfIntegration(note: PathNote, catalog: Catalog): boolean {
  return weightOf(note, providerOfNote(note, catalog)) === TELLS_WEIGHT
}

function weightOf({ text }: PathNote, provider: string | null): number {
  if (CREDENTIAL.test(text)) return CREDENTIAL_WEIGHT
  return TELLS.test(text) || provider !== null ? TELLS_WEIGHT : PASSING_WEIGHT
}
