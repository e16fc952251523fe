import type { Citation } from '#core/memory/memory'
import { entryIds, normalise } from '#core/memory/memory-entry'
import type { LocatedEntry } from '#core/memory/parse-memory'
import type { Draft } from '#core/memory/topic-files'

/** An entry of the folder, and its words for comparison. */
export interface Held {
  readonly draft: Draft
  readonly entry: LocatedEntry
  readonly words: Words
}

/** What two wordings are compared by. */
export interface Words {
  readonly all: ReadonlySet<string>
  /** Numbers, names in code and negations, in one string. */
  readonly telling: string
}

/** What the folder already says; null for an id that stands where nothing can be changed. */
export interface Known {
  readonly ids: Map<string, Held | null>
  readonly texts: Map<string, string | null>
}

/** Everything that the files say, by id and by words. */
export function knownIn(drafts: ReadonlyMap<string, Draft>): Known {
  const known: Known = { ids: new Map(), texts: new Map() }
  for (const draft of drafts.values()) {
    // An entry that a person put into a table or a code block is still there.
    for (const id of entryIds(draft.before ?? '')) known.ids.set(id, null)
  }
  for (const draft of drafts.values()) {
    for (const text of draft.parsed.otherBullets) known.texts.set(normalise(text), null)
    for (const entry of draft.parsed.entries) {
      known.ids.set(entry.id, { draft, entry, words: wordsOf(entry.text) })
      known.texts.set(normalise(entry.text), entry.id)
    }
  }
  return known
}

/** The entry that says the same already; `known` when there is nothing to confirm in it. */
export function findSame(
  known: Known,
  id: string,
  fact: { readonly text: string; readonly citation: Citation | null },
): Held | 'known' | null {
  const byText = known.texts.get(normalise(fact.text))
  const sameId = known.ids.has(id) ? id : byText
  if (sameId === null) return 'known'
  if (sameId !== undefined) return known.ids.get(sameId) ?? 'known'
  const words = wordsOf(fact.text)
  for (const held of known.ids.values()) {
    const samePath = held?.entry.citation?.path === fact.citation?.path
    if (held !== null && fact.citation !== null && samePath && isClose(held.words, words))
      return held
  }
  return null
}

/** Whether two wordings differ in little words only: in no number, name or negation. */
function isClose(a: Words, b: Words): boolean {
  return a.telling === b.telling && isShared(a, b, 4)
}

/** Whether two wordings have at least so many words in common for each that they have not. */
export function isShared(a: Words, b: Words, times: number): boolean {
  let common = 0
  for (const word of a.all) if (b.all.has(word)) common += 1
  return common >= times * (a.all.size + b.all.size - 2 * common)
}

/** The words of a sentence. */
export function wordsOf(text: string): Words {
  const code = text.match(/`[^`]*`/g) ?? []
  const all = normalise(text)
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')
  const hard = all.filter((word) => /\d|^(?:not|no|never|without|only|un\w+|except)$/.test(word))
  return { all: new Set(all), telling: [...new Set([...code, ...hard])].sort().join('\n') }
}
