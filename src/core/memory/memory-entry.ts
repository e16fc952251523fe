import type { Citation } from '#core/memory/memory'
import { shortHash } from '#core/text/short-hash'

/** A cited line, and the commit at which it stands there. */
export interface PinnedCitation extends Citation {
  /** At least the first 7 digits of the sha. */
  readonly commit: string
  /** Digest of the cited line, see `lineDigest`; null where a person wrote the citation. */
  readonly digest: string | null
}

/** When and by which pull request an entry was seen. Days are `YYYY-MM-DD`. */
export interface Sighting {
  readonly date: string
  readonly pull: number
}

/**
 * One remembered fact. In the file it is a bullet that reads well without us:
 *
 *     - Stripe webhooks are verified before parsing. (`src/stripe.ts:14 @a1b2c3d #5f1c9e2a`, PR #12, 2026-11-22) [m-3f9a2c1d]
 *
 * `learned` is null where a person rewrote the parenthesis; the id alone makes it an entry.
 */
export interface MemoryEntry {
  readonly id: string
  /** The words before the parenthesis, on one line. */
  readonly text: string
  readonly citation: PinnedCitation | null
  readonly learned: Sighting | null
  /** Login of the maintainer who said so, as in `lena in PR #12`; null for what was observed. */
  readonly by: string | null
  /** Whether it was written when its pull request merged, as in `merged PR #12`. */
  readonly merged: boolean
  /** The entry that this one took the place of. */
  readonly replaces: string | null
  /** The second sighting, by another pull request. */
  readonly confirmed: Sighting | null
}

const ID = /\[(m-[0-9a-f]{8})\]/g
const CITED =
  '`(?<path>[^`\\n]{1,300}):(?<line>\\d{1,7})\\s@(?<commit>[0-9a-f]{7,40})(?:\\s#(?<digest>[0-9a-f]{8}))?`'
const LEARNED =
  '(?:(?<merged>merged)\\s|(?<by>[A-Za-z0-9][A-Za-z0-9_-]{0,60}(?:\\[bot\\])?)\\sin\\s)?PR\\s#(?<pull>\\d{1,10}),\\s(?<date>\\d{4}-\\d{2}-\\d{2})'
const REPLACES = '(?:,\\sreplaces\\s(?<replaces>m-[0-9a-f]{8}))?'
const CONFIRMED =
  '(?:,\\sconfirmed\\s(?<confirmedOn>\\d{4}-\\d{2}-\\d{2})\\sby\\sPR\\s#(?<confirmedBy>\\d{1,10}))?'
const ORIGIN = new RegExp(`\\((?:${CITED},\\s)?${LEARNED}${REPLACES}${CONFIRMED}\\)\\s*$`)
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
  const cited = citation === null ? '' : `${renderCitation(citation)}, `
  const said = entry.by === null ? '' : `${entry.by} in `
  const source = `${entry.merged ? 'merged ' : said}PR #${learned.pull}, ${learned.date}`
  const replaces = entry.replaces === null ? '' : `, replaces ${entry.replaces}`
  const confirmed = entry.confirmed === null ? '' : confirmation(entry.confirmed)
  return `${entry.text} (${cited}${source}${replaces}${confirmed}) [${entry.id}]`
}

/** The cited line as a code span. */
export function renderCitation({ path, line, commit, digest }: PinnedCitation): string {
  return `\`${path}:${line} @${commit}${digest === null ? '' : ` #${digest}`}\``
}

/** What is added before the closing parenthesis when a second pull request saw the same. */
export function confirmation({ date, pull }: Sighting): string {
  return `, confirmed ${date} by PR #${pull}`
}

/** A part of a text, by offsets. */
interface Part {
  readonly start: number
  readonly end: number
}

/** An entry, and what a change of it must know. */
export interface ReadEntry {
  readonly entry: MemoryEntry
  /** Where a confirmation goes; null when the parenthesis was rewritten. */
  readonly confirmAt: number | null
  /** Where the code span of the citation stands. */
  readonly cited: Part | null
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
    return { entry: rewritten(id[1], words(before)), confirmAt: null, cited: null, goesOn }
  }
  const start = from + origin.index
  const groups: Groups = origin.groups ?? {}
  const citation = citationOf(groups)
  const entry = {
    id: id[1],
    text: words(before.slice(0, start)),
    citation,
    learned: sighting(groups['date'], groups['pull']),
    by: groups['by'] ?? null,
    merged: groups['merged'] !== undefined,
    replaces: groups['replaces'] ?? null,
    confirmed: sighting(groups['confirmedOn'], groups['confirmedBy']),
  }
  const [whole] = origin
  const span = citation === null ? null : whole.indexOf('`,')
  const cited = span === null ? null : { start: start + 1, end: start + span + 1 }
  return { entry, confirmAt: start + whole.trimEnd().length - 1, cited, goesOn }
}

/** An entry whose parenthesis a person rewrote. */
function rewritten(id: string, text: string): MemoryEntry {
  const observed = { by: null, merged: false, replaces: null, confirmed: null }
  return { id, text, citation: null, learned: null, ...observed }
}

type Groups = Readonly<Record<string, string | undefined>>

function citationOf({ path, line, commit, digest }: Groups): PinnedCitation | null {
  if (path === undefined || line === undefined || commit === undefined) return null
  return { path, line: Number(line), commit, digest: digest ?? null }
}

function sighting(date: string | undefined, pull: string | undefined): Sighting | null {
  return date === undefined || pull === undefined ? null : { date, pull: Number(pull) }
}
