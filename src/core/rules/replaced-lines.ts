import type { FileDiff } from '#core/diff/diff'
import { diffLines } from '#core/diff/line-sets'

/** A removed line and the line that now stands for it. Both are 1-based, each on its side. */
export interface Replaced {
  readonly gone: number
  readonly still: number
}

/** What is said about a line, by its number on its side. */
export interface Says {
  readonly gone: (line: number) => string | null
  readonly still: (line: number) => string | null
  /** Whether a text of the change says the protection. */
  readonly kept: (text: string) => boolean
}

/** Two lines with so much in common are one line before and after. */
const ALIKE = 0.6
/** A hunk with more changed lines is a rewrite. */
const MAX_CHANGED = 40

/**
 * Lines that a change writes again without the protection that was in them, whatever is said
 * elsewhere: `log(mask(x))` that is `log(x)` now. Silent where the hunk says the protection anew.
 */
export function replacedWithout({ hunks }: FileDiff, says: Says): readonly Replaced[] {
  return hunks.flatMap((hunk) => {
    const lines = diffLines(hunk)
    const added = lines.flatMap(({ kind, newLine }) =>
      kind === 'added' && newLine !== null ? [newLine] : [],
    )
    const removed = lines.flatMap(({ kind, oldLine }) =>
      kind === 'removed' && oldLine !== null ? [oldLine] : [],
    )
    if (added.length + removed.length > MAX_CHANGED) return []
    const texts = added.map((line) => ({ line, text: says.still(line) }))
    if (hunk.lines.some((line) => line.startsWith('+') && says.kept(line))) return []
    return removed.flatMap((gone) => {
      const before = says.gone(gone)
      if (before === null) return []
      const best = texts.find(({ text }) => text !== null && likeness(before, text) >= ALIKE)
      return best === undefined ? [] : [{ gone, still: best.line }]
    })
  })
}

/** The share of words that two lines have in common. */
function likeness(one: string, other: string): number {
  const words = (text: string) => new Set(text.match(/\w+/g) ?? [])
  const [first, second] = [words(one), words(other)]
  const common = [...first].filter((word) => second.has(word)).length
  return (2 * common) / Math.max(1, first.size + second.size)
}

/** Lines before a check among which what it looks at stands. */
const SUBJECT = 12

/** Whether what a removed check looked at is left: a check that goes with its call protects nothing. */
export function isSubjectLeft(
  { old, now }: { readonly old: readonly string[]; readonly now: readonly string[] },
  removed: number,
  within: { readonly line: number; readonly endLine: number },
  subject: RegExp,
): boolean {
  const left = now.slice(within.line - 1, within.endLine)
  const before = old.slice(Math.max(0, removed - SUBJECT), removed).toReversed()
  const said = before.find((text) => subject.test(text))?.trim()
  return said === undefined || left.some((text) => text.trim() === said || isLeftOf(said, text))
}

/** Whether what a removed line masked is still said in a statement; true where it names nothing. */
export function isLogged(removed: string, statement: readonly string[], mask: RegExp): boolean {
  const rest = removed.slice(mask.exec(removed)?.index ?? 0)
  const masked = /^[\w.]*\(\s*\$?([\w.$>-]{2,80})/.exec(rest)?.[1]
  const given = /^\s*(?:(?:const |let |var |\$)?(\w+)\s*:?=(?!=)|["']?(\w+)["']?:\s)/.exec(removed)
  const name = masked ?? given?.[1] ?? given?.[2]
  if (name === undefined) return true
  return statement.some((line) => line.includes(name))
}

/** Whether a line is what a change made of an earlier one, or left of it. */
export function isLeftOf(earlier: string, line: string): boolean {
  const had = new Set(earlier.match(/\w+/g) ?? [])
  const words = line.match(/\w+/g) ?? []
  return (
    likeness(earlier, line) >= ALIKE || (words.length > 0 && words.every((one) => had.has(one)))
  )
}
