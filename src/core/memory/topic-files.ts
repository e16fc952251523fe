import { MAX_MEMORY_FILE_BYTES, MEMORY_INDEX } from '#core/memory/memory'
import { foldPath } from '#core/memory/memory-paths'
import { type ParsedMemory, parseMemory } from '#core/memory/parse-memory'
import { byteLength } from '#core/text/lines'

/** The heading under which facts go in a file that a person wrote. */
const SECTION = 'Learned in reviews'

/** Replaces the characters from `start` to `end` by `text`. */
interface Splice {
  readonly start: number
  readonly end: number
  readonly text: string
}

/** A memory file while it is being changed. */
export interface Draft {
  readonly path: string
  readonly before: string | null
  readonly parsed: ParsedMemory
  readonly bullets: string[]
  readonly splices: Splice[]
  /** Size once everything so far is written, in bytes; never less than the truth. */
  bytes: number
}

/** A draft of a file, or of one that does not exist yet. A file that is too large stays closed. */
export function openDraft(path: string, text: string | null): Draft | null {
  const bytes = text === null ? byteLength(`# ${titleOf(path)}\n\n`) : byteLength(text)
  if (bytes > MAX_MEMORY_FILE_BYTES || /[\0\uFFFD]/.test(text ?? '')) return null
  // A new section costs its heading and the blank lines around it.
  const section = byteLength(`\r\n\r\n## ${SECTION}\r\n\r\n`)
  const parsed = parseMemory(text ?? '')
  return { path, before: text, parsed, bullets: [], splices: [], bytes: bytes + section }
}

/** Adds a bullet if the file has room for it and would show it as one. */
export function addBullet(draft: Draft, words: string): boolean {
  const cost = byteLength(`- ${words}\r\n`)
  if (draft.bytes + cost > MAX_MEMORY_FILE_BYTES) return false
  if (draft.bullets.length === 0 && !showsBullet(draft, words)) return false
  draft.bullets.push(words)
  draft.bytes += cost
  return true
}

/** A code fence or a comment that a person left open swallows what follows it. */
function showsBullet(draft: Draft, words: string): boolean {
  if (draft.before === null) return true
  const written = parseMemory(writeDraft({ ...draft, bullets: [words] }))
  return written.entries.length > draft.parsed.entries.length
}

/** Puts text in at an offset if the file has room for it. */
export function insertText(draft: Draft, at: number, text: string): boolean {
  if (draft.bytes + byteLength(text) > MAX_MEMORY_FILE_BYTES) return false
  draft.splices.push({ start: at, end: at, text })
  draft.bytes += byteLength(text)
  return true
}

/** Puts text in the place of a part of the file if the file has room for it. */
export function replaceText(
  draft: Draft,
  { start, end }: { readonly start: number; readonly end: number },
  text: string,
): boolean {
  const grown = byteLength(text) - byteLength((draft.before ?? '').slice(start, end))
  if (draft.bytes + grown > MAX_MEMORY_FILE_BYTES) return false
  draft.splices.push({ start, end, text })
  draft.bytes += Math.max(0, grown)
  return true
}

/** The file's text with everything spliced in; all other bytes are as they were. */
export function writeDraft(draft: Draft): string {
  const { before, bullets } = draft
  if (before === null)
    return `# ${titleOf(draft.path)}\n\n${bullets.map((b) => `- ${b}\n`).join('')}`
  const place = bullets.length === 0 ? [] : [bulletsPlace(draft, before)]
  let text = before
  for (const splice of [...draft.splices, ...place].sort((a, b) => b.start - a.start)) {
    text = text.slice(0, splice.start) + splice.text + text.slice(splice.end)
  }
  return text
}

/** After our last entry; else under our section; else under a new section at the end. */
function bulletsPlace({ parsed, bullets }: Draft, text: string): Splice {
  const eol = text.includes('\r\n') ? '\r\n' : '\n'
  const own = parsed.topBullets.filter(({ start, end }) =>
    parsed.entries.some((entry) => entry.start >= start && entry.end <= end),
  )
  const last = own.at(-1)
  if (last !== undefined) {
    const marker = /^[-*+]/.exec(text.slice(last.start))?.[0] ?? '-'
    const added = bullets.map((words) => `${eol}${marker} ${words}`).join('')
    return { start: last.end, end: last.end, text: added }
  }
  const lines = bullets.map((words) => `- ${words}${eol}`).join('')
  const section = parsed.headings.find((heading) => heading.text === SECTION)
  if (section !== undefined) {
    return {
      start: section.end,
      end: section.end,
      text: `${eol}${eol}${lines.slice(0, -eol.length)}`,
    }
  }
  const end = text.length
  const gap = text === '' || text.endsWith('\n') ? '' : eol
  const heading = parsed.hasBody ? `${eol}## ${SECTION}${eol}${eol}` : blankLine(text, eol)
  return { start: end, end, text: `${gap}${heading}${lines}` }
}

function blankLine(text: string, eol: string): string {
  return text.trim() === '' || /\n\r?\n$/.test(text) ? '' : eol
}

/**
 * The files of a topic in the order in which they fill: `stripe.md`, `stripe-2.md`, … A file that
 * somebody named with other letters in between, as in `retry_rules.md`, is the topic's own.
 */
export function topicPath(topic: string, number: number, existing: Iterable<string>): string {
  const path = number === 1 ? `${topic}.md` : `${topic}-${number}.md`
  for (const other of existing) {
    if (foldPath(other).replaceAll(/[_ ]+/g, '-') === path) return other
  }
  return path
}

/** Words whose spelling a slug does not tell. */
const SPELLINGS: ReadonlyMap<string, string> = new Map(
  [
    'AI',
    'API',
    'APIs',
    'AWS',
    'AvaTax',
    'BigCommerce',
    'ClickUp',
    'DeepL',
    'DocuSign',
    'EasyPost',
    'GitHub',
    'GitLab',
    'GoCardless',
    'HubSpot',
    'OAuth',
    'OpenAI',
    'PagerDuty',
    'PayPal',
    'PostHog',
    'QuickBooks',
    'RabbitMQ',
    'S3',
    'SendGrid',
    'SES',
    'SNS',
    'SQS',
    'TaxJar',
    'UPS',
    'USPS',
    'WhatsApp',
    'WooCommerce',
    'WorkOS',
  ].map((word) => [word.toLowerCase(), word]),
)

/** `error-handling-2.md` is "Error handling (2)" to people, and `sendgrid.md` is "SendGrid". */
export function titleOf(path: string): string {
  if (path === MEMORY_INDEX) return 'What the reviews learned'
  const name = path.split('/').at(-1)?.replace(/\.md$/, '') ?? path
  const [, words = name, number] = /^(.*?)(?:-(\d+))?$/.exec(name) ?? []
  const spelled = words.split('-').map((word) => SPELLINGS.get(word) ?? word)
  const sentence = spelled.join(' ')
  const title = sentence.charAt(0).toUpperCase() + sentence.slice(1)
  return number === undefined ? title : `${title} (${number})`
}
