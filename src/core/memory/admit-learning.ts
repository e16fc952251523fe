import { isDecision, readDecision } from '#core/memory/decision'
import type { Citation } from '#core/memory/memory'
import { hasEntryId } from '#core/memory/memory-entry'
import { foldPath } from '#core/memory/memory-paths'
import { findInstruction } from '#core/memory/reader-instructions'
import { hasHidden } from '#core/text/hidden-characters'
import { redact } from '#core/text/redact'

/** Why something may not be remembered. */
export type RefusalReason =
  | 'topic'
  | 'empty'
  | 'too-long'
  | 'hidden-characters'
  | 'lookalike-letters'
  | 'markdown'
  | 'link'
  | 'mention'
  | 'long-quote'
  | 'secret'
  | 'encoded'
  | 'instruction'
  | 'decision'
  | 'citation'

/** A refused learning: the reason for programs, the detail for people. Neither quotes the text. */
export interface Refusal {
  readonly reason: RefusalReason
  readonly detail: string
}

/** Characters of one fact. A longer one is two facts. */
const MAX_LEARNING_CHARACTERS = 400
/** Characters of somebody else's words or code within a fact. */
const MAX_QUOTE_CHARACTERS = 200

const TOPIC = /^[a-z0-9]+(?:-[a-z0-9]+)*$/
const RESERVED_TOPICS = new Set(['memory', 'readme', 'claude', 'agents', 'index'])
const CODE = /`[^`]*`/g
const QUOTED = /"[^"]{201,}"|“[^”]{201,}”|«[^»]{201,}»|`[^`]{201,}`|(?<!\w)'[^']{201,}'(?!\w)/u

/**
 * The gate before memory: returns the learning with its white space in order, or the reason why
 * it is refused. It judges the text alone; who may write and when is decided elsewhere.
 */
export function admitLearning<T extends Words>(
  learning: T,
): { readonly ok: true; readonly learning: T } | ({ readonly ok: false } & Refusal) {
  const text = learning.text
    .normalize('NFC')
    .replace(/[ \t\r\n]+/g, ' ')
    .trim()
  const refusal =
    topicRefusal(learning.topic) ??
    shapeRefusal(text) ??
    contentRefusal(text) ??
    meaningRefusal(text, learning.author) ??
    citationRefusal(learning.citation)
  return refusal === null
    ? { ok: true, learning: { ...learning, text } }
    : { ok: false, ...refusal }
}

interface Words {
  readonly topic: string
  readonly text: string
  readonly citation: Citation | null
  /** Only what a maintainer says may be a decision. */
  readonly author?: string | undefined
}

function topicRefusal(topic: string): Refusal | null {
  const fits = topic.length <= 40 && TOPIC.test(topic) && !RESERVED_TOPICS.has(foldPath(topic))
  return fits ? null : { reason: 'topic', detail: 'the topic is not a short lower-case slug' }
}

function shapeRefusal(text: string): Refusal | null {
  if (text === '') return { reason: 'empty', detail: 'there are no words' }
  if (text.length > MAX_LEARNING_CHARACTERS) {
    return { reason: 'too-long', detail: `more than ${MAX_LEARNING_CHARACTERS} characters` }
  }
  if (hasHidden(text)) return { reason: 'hidden-characters', detail: 'invisible characters' }
  if (
    /\p{Script=Latin}[\p{Script=Cyrillic}\p{Script=Greek}]|[\p{Script=Cyrillic}\p{Script=Greek}]\p{Script=Latin}/u.test(
      text,
    )
  ) {
    return { reason: 'lookalike-letters', detail: 'one word mixes letters of two scripts' }
  }
  if ((text.match(/`/g)?.length ?? 0) % 2 === 1 || text.includes('``')) {
    return { reason: 'markdown', detail: 'a code span is not closed' }
  }
  if (/^(?:[#>|~]|[-*+] |\d+[.)] |\[[ xX]\] |-{3}|={3})/.test(text) || text.endsWith('\\')) {
    return { reason: 'markdown', detail: 'starts or ends with markup instead of words' }
  }
  return hasEntryId(text) ? { reason: 'markdown', detail: 'carries an entry id' } : null
}

function contentRefusal(text: string): Refusal | null {
  const prose = text.replace(CODE, ' ')
  if (/:\/\/|\bwww\.|\b(?:javascript|data|mailto):/i.test(text) || /\][([:]|!\[/.test(prose)) {
    return { reason: 'link', detail: 'a link or an image' }
  }
  if (/<\/?[a-z!?]|&#?\w{1,31};/i.test(prose)) return { reason: 'link', detail: 'HTML' }
  if (/[\w.+-]@[\w-]+\.\w/.test(prose)) return { reason: 'link', detail: 'an e-mail address' }
  if (/(?<![\w`])@[a-z0-9]/i.test(prose)) return { reason: 'mention', detail: 'a mention' }
  if (QUOTED.test(text)) {
    return {
      reason: 'long-quote',
      detail: `a quotation of more than ${MAX_QUOTE_CHARACTERS} characters`,
    }
  }
  if (redact(text).found) return { reason: 'secret', detail: 'the shape of a secret' }
  if (
    /(?=[A-Za-z0-9+/_=-]*\d)(?=[A-Za-z0-9+/_=-]*[A-Z])[A-Za-z0-9+/_=-]{32,}|[A-Za-z0-9+/]{20,}={1,2}(?!\w)|[0-9a-f]{32,}/.test(
      text,
    )
  ) {
    return { reason: 'encoded', detail: 'a long run of encoded characters' }
  }
  return null
}

/** A decision about findings may judge them, and may order nothing else. */
function meaningRefusal(text: string, author: string | undefined): Refusal | null {
  const decision = author === undefined ? null : readDecision(text)
  if (decision === null && isDecision(text)) {
    return { reason: 'decision', detail: 'has the form of a decision, which a maintainer makes' }
  }
  const instruction =
    decision === null ? findInstruction(text) : findInstruction(decision.reason, 'findings')
  return instruction === null ? null : { reason: 'instruction', detail: instruction }
}

function citationRefusal(citation: Citation | null): Refusal | null {
  if (citation === null) return null
  const { path, line } = citation
  const segments = path.split('/')
  const fits =
    path.length <= 300 &&
    !/[`\\\n\r]/.test(path) &&
    !hasHidden(path) &&
    !segments.some((segment) => segment === '' || segment === '.' || segment === '..') &&
    Number.isSafeInteger(line) &&
    line >= 1 &&
    line < 10_000_000
  return fits ? null : { reason: 'citation', detail: 'the cited place is not a path and a line' }
}
