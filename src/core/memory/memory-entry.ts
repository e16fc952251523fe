import type { Citation } from '#core/memory/memory'
import { shortHash } from '#core/text/short-hash'

/** A cited line, and the commit at which it stands there. */
export interface PinnedCitation extends Citation {
  /** At least the first 7 digits of the sha. */
  readonly commit: string
}

/** When and by which pull request an entry was seen. Days are `YYYY-MM-DD`. */
export interface Sighting {
  readonly date: string
  readonly pull: number
}

/**
 * One remembered fact. In the file it is a bullet that reads well without us:
 *
 *     - Stripe webhooks are verified before parsing. (`src/stripe.ts:14 @a1b2c3d`, PR #12, 2026-11-22) [m-3f9a2c1d]
 *
 * `learned` is null where a person rewrote the parenthesis; the id alone makes it an entry.
 */
export interface MemoryEntry {
  readonly id: string
  /** The words before the parenthesis, on one line. */
  readonly text: string
  readonly citation: PinnedCitation | null
  readonly learned: Sighting | null
  /** The second sighting, by another pull request. */
  readonly confirmed: Sighting | null
}

const ID = /\[(m-[0-9a-f]{8})\]/g
const ORIGIN =
  /\((?:`([^`\n]{1,300}):(\d{1,7})\s@([0-9a-f]{7,40})`,\s)?PR\s#(\d{1,10}),\s(\d{4}-\d{2}-\d{2})(?:,\sconfirmed\s(\d{4}-\d{2}-\d{2})\sby\sPR\s#(\d{1,10}))?\)\s*$/
/** No origin is longer than this: a path of 300 characters and the fixed words around it. */
const ORIGIN_CHARACTERS = 500

/** Whether a text carries an entry's id, which only we may write. */
export function hasEntryId(text: string): boolean {
  return text.search(ID) !== -1
}

/** Every id that stands anywhere in a text. */
export function entryIds(text: string): string[] {
  return [...text.matchAll(ID)].flatMap((match) => match[1] ?? [])
}

/** What two wordings of the same sentence have in common. */
export function normalise(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[`*]/g, '')
    .replace(/\s+/g, ' ')
    .replace(/^[ .!;:,]+|[ .!;:,]+$/g, '')
}

/**
 * The id of a fact: the same sentence has the same id wherever and whenever it is learned, so that
 * an entry that a person deleted can be recognised when it is proposed again.
 */
export function entryId(text: string): string {
  return `m-${shortHash([normalise(text)], 8)}`
}

/** The entry as one line of markdown, without the bullet. */
export function renderEntry(entry: MemoryEntry): string {
  const { citation, learned } = entry
  if (learned === null) return `${entry.text} [${entry.id}]`
  const cited =
    citation === null ? '' : `\`${citation.path}:${citation.line} @${citation.commit}\`, `
  const confirmed = entry.confirmed === null ? '' : confirmation(entry.confirmed)
  return `${entry.text} (${cited}PR #${learned.pull}, ${learned.date}${confirmed}) [${entry.id}]`
}

/** What is added before the closing parenthesis when a second pull request saw the same. */
export function confirmation({ date, pull }: Sighting): string {
  return `, confirmed ${date} by PR #${pull}`
}

/** An entry, and what a change of it must know. */
export interface ReadEntry {
  readonly entry: MemoryEntry
  /** Where a confirmation goes; null when the parenthesis was rewritten. */
  readonly confirmAt: number | null
  /** Whether a person wrote on behind the id. */
  readonly goesOn: boolean
}

/** Reads the first paragraph of a bullet; null when it carries no id of ours. */
export function readEntry(paragraph: string): ReadEntry | null {
  const id = [...paragraph.matchAll(ID)].at(-1)
  if (id?.[1] === undefined) return null
  const before = paragraph.slice(0, id.index)
  const goesOn = paragraph.slice(id.index + id[0].length).trim() !== ''
  const from = Math.max(0, before.length - ORIGIN_CHARACTERS)
  const origin = ORIGIN.exec(before.slice(from))
  const words = (text: string) => text.replace(/\s+/g, ' ').trim()
  if (origin === null) {
    const entry = { id: id[1], text: words(before), citation: null, learned: null, confirmed: null }
    return { entry, confirmAt: null, goesOn }
  }
  const [whole, path, line, commit, pull, date, confirmedOn, confirmedBy] = origin
  const entry = {
    id: id[1],
    text: words(before.slice(0, from + origin.index)),
    citation: citationOf(path, line, commit),
    learned: sighting(date, pull),
    confirmed: sighting(confirmedOn, confirmedBy),
  }
  return { entry, confirmAt: from + origin.index + whole.trimEnd().length - 1, goesOn }
}

function citationOf(
  path: string | undefined,
  line: string | undefined,
  commit: string | undefined,
): PinnedCitation | null {
  if (path === undefined || line === undefined || commit === undefined) return null
  return { path, line: Number(line), commit }
}

function sighting(date: string | undefined, pull: string | undefined): Sighting | null {
  return date === undefined || pull === undefined ? null : { date, pull: Number(pull) }
}
