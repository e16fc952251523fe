import { diffArrays } from 'diff'
import { parseMemory } from '#core/memory/parse-memory'
import type { PlannedMemoryEdit } from '#core/plan/plan'
import { splitLines } from '#core/text/lines'

/** One step on the way from the base to the agent's text. */
interface Step {
  /** Index of the first base line concerned. */
  readonly at: number
  readonly removed: number
  readonly added: readonly string[]
}

/**
 * Applies the agent's change of a file to the file as it stands at the tip, line by line. Only our
 * own entries are ever removed, and only when nobody touched them since; a person's line stays
 * where it is, and one that a person removed does not come back. A new heading goes after the line
 * that it followed, or to the end when that line is gone. Null means that nothing but headings
 * would be left of a file that the agent removed.
 */
export function mergeOverlay(edit: PlannedMemoryEdit, tip: string): string | null {
  const base = splitLines(edit.base)
  const raw = tip.match(/[^\n]*\n|[^\n]+$/g) ?? []
  const lines = splitLines(tip.replace(/^\uFEFF/, ''))
  const steps = stepsBetween(base, edit.text === null ? [] : splitLines(edit.text))
  const places = placesIn(base, lines)
  const dropped = removable(edit, steps, places)
  const inserted = insertions(steps, places, lines)
  const text = splice(raw, dropped, inserted)
  return edit.text === null && !parseMemory(text).hasBody ? null : text
}

/** The lines without the dropped ones and with the inserted ones, every other byte as it was. */
function splice(
  raw: readonly string[],
  dropped: ReadonlySet<number>,
  inserted: ReadonlyMap<number, readonly string[]>,
): string {
  const eol = raw.some((line) => line.endsWith('\r\n')) ? '\r\n' : '\n'
  let text = ''
  for (let index = 0; index <= raw.length; index += 1) {
    for (const line of inserted.get(index) ?? []) {
      if (text !== '' && !text.endsWith('\n')) text += eol
      text += line + eol
    }
    if (!dropped.has(index)) text += raw[index] ?? ''
  }
  return text
}

/** Above this many changed lines the whole text counts as replaced. */
const MAX_EDITS = { maxEditLength: 2_000 }

function stepsBetween(from: readonly string[], to: readonly string[]): Step[] {
  const changes = diffArrays([...from], [...to], MAX_EDITS)
  if (changes === undefined) return [{ at: 0, removed: from.length, added: to }]
  const steps: Step[] = []
  let at = 0
  for (const { value, added, removed } of changes) {
    if (added) steps.push({ at, removed: 0, added: value })
    else if (removed) steps.push({ at, removed: value.length, added: [] })
    if (!added) at += value.length
  }
  return steps
}

/** For each base line that nobody changed: where it stands at the tip. */
function placesIn(base: readonly string[], tip: readonly string[]): ReadonlyMap<number, number> {
  const places = new Map<number, number>()
  let before = 0
  let now = 0
  for (const { value, added, removed } of diffArrays([...base], [...tip], MAX_EDITS) ?? []) {
    if (!(added || removed))
      for (const index of value.keys()) places.set(before + index, now + index)
    if (!added) before += value.length
    if (!removed) now += value.length
  }
  return places
}

function removable(
  edit: PlannedMemoryEdit,
  steps: readonly Step[],
  places: ReadonlyMap<number, number>,
): ReadonlySet<number> {
  const gone = new Set(steps.flatMap(({ at, removed }) => range(at, at + removed)))
  const kept = new Set(parseMemory(edit.text ?? '').entries.map((entry) => entry.id))
  const dropped = new Set<number>()
  for (const entry of parseMemory(edit.base).entries) {
    const own = range(entry.startLine - 1, entry.endLine)
    if (
      kept.has(entry.id) ||
      entry.hasNotes ||
      !own.every((line) => gone.has(line) && places.has(line))
    )
      continue
    for (const line of own) dropped.add(places.get(line) ?? -1)
  }
  return dropped
}

/** New headings, with the blank lines around them, by the index of the line they go before. */
function insertions(
  steps: readonly Step[],
  places: ReadonlyMap<number, number>,
  tip: readonly string[],
): ReadonlyMap<number, string[]> {
  const known = new Set(tip.map((line) => line.trim()))
  const inserted = new Map<number, string[]>()
  for (const { at, added } of steps) {
    const isNew = (line: string) => /^#{1,6}\s/.test(line) && !known.has(line.trim())
    if (!added.some(isNew)) continue
    const previous = at === 0 ? -1 : (places.get(at - 1) ?? tip.length - 1)
    const lines = added.filter((line) => line.trim() === '' || isNew(line))
    inserted.set(previous + 1, [...(inserted.get(previous + 1) ?? []), ...lines])
  }
  return inserted
}

function range(from: number, to: number): number[] {
  return Array.from({ length: Math.max(0, to - from) }, (_, index) => from + index)
}
