import { type Held, isShared, type Known, wordsOf } from '#core/memory/known-entries'
import { findDigest } from '#core/memory/line-anchor'
import type { Citation } from '#core/memory/memory'
import { splitLines } from '#core/text/lines'

/** Sentences of which only one can be true at a time, up to what they say of their subject. */
const SINGLE = [/^(.{1,200} sets) `/, /^(.{1,200} pins API version) `/]

/**
 * The entry that a new fact makes wrong: one that says something else of the same subject, or one
 * about the same file in much the same words whose own line is gone. What a maintainer said, and
 * what a person wrote on below, is never taken for wrong.
 *
 * @param said ids of the facts that come together with this one: they do not make each other wrong
 * @param texts the files that the new facts cite, as they are now
 */
export function findContradicted(
  { known, said }: { readonly known: Known; readonly said: ReadonlySet<string> },
  fact: { readonly text: string; readonly citation: Citation | null },
  texts: ReadonlyMap<string, string>,
): Held | null {
  const subject = subjectOf(fact.text)
  const words = wordsOf(fact.text)
  for (const held of known.ids.values()) {
    if (held === null || held.entry.by !== null || held.entry.learned === null) continue
    if (said.has(held.entry.id)) continue
    if (subject !== null && subjectOf(held.entry.text) === subject) return held
    const samePath = held.entry.citation?.path === fact.citation?.path
    if (fact.citation !== null && samePath && isGone(held, texts) && isShared(held.words, words, 1))
      return held
  }
  return null
}

function subjectOf(text: string): string | null {
  for (const pattern of SINGLE) {
    const subject = pattern.exec(text)?.[1]
    if (subject !== undefined) return subject
  }
  return null
}

/** Whether the line that an entry cites stands nowhere in its file any more. */
function isGone({ entry: { citation } }: Held, texts: ReadonlyMap<string, string>): boolean {
  if (citation === null || citation.digest === null) return false
  const text = texts.get(citation.path)
  return text !== undefined && findDigest(citation.digest, splitLines(text), citation.line) === null
}
