import { isReading } from '#core/matrix/chain-words'
import type { Chain } from '#core/matrix/chains'
import { quietOf, type Region } from '#core/matrix/region'

/** Asking whether an event was seen. */
interface Look {
  readonly kind: 'look'
  readonly offset: number
  readonly text: string
}

const BY_EVENT =
  /\b(?:\w*(?:event|delivery|webhook|message|notification|transmission|invocation|idempotency|external|request)\w*(?:\.|->|_|\[["']|::)?(?:id|key|uuid|sid)\b\w*|\w*(?:event|Event|delivery|Delivery|webhook|Webhook|message|Message|notification|Notification|idempotency)\w*(?:Id|ID|Key|Sid)\b)|\b(?:event|payload|body|evt|msg|message|notification|delivery|data|e|n|hook)(?:\.|->|\[["'])(?:\w+\.)?(?:id|ID|Id)\b/i
const SEEN_WORD =
  /seen|processed|handled|duplicate|idempot|dedup|already|received|deliver|webhook_?event|event_?log|inbox/i
const DONE =
  /done|processed|handled|complete|finished|succe|paid|settled|applied|fulfilled|seen|exists|duplicate/i
const LEAVES_WELL =
  /\breturn\b(?!\s*(?:\w+,\s*){0,2}\w*[eE]rr\b)(?![^;\n]{0,80}\b(?:4\d\d|5\d\d)\b)|\bcontinue\b|\bnext\b|\bhead\s*\(?:ok|\bskip\b|\bbreak\b|\bhalt\s+20\d/
/** Ruby says first that it leaves: `return head(:ok) if seen?(event)`. */
const LEAVES_BEFORE = /^\s*(?:return|next|halt\s+20\d)\b(?![^\n]{0,80}\b[45]\d\d\b)[^\n]*\bif\s*$/
const EXISTENCE =
  /^(?:exists?\??|existsBy\w*|exist|has|sismember|SIsMember|contains\w*|include\?|member\?|any\?|AnyAsync|Any|ExistsAsync|count|isProcessed|is_processed|wasProcessed|was_processed|already\w*|isDuplicate|is_duplicate|seen\w*|hasSeen|has_seen|is_?seen\w*|was_?seen\w*|is_?handled\w*)$/i

/** Reads of what was seen before, of which the answer decides whether the handler goes on. */
export function looksIn(region: Region, chains: readonly Chain[]): readonly Look[] {
  return chains.flatMap((chain): readonly Look[] => {
    if (
      /^(?:\w+\.)*(?:headers|params|query|searchParams|TOPICS|[A-Z_]{3,})(?:\.|$)|^\$?_?(?:req|request|ctx|c|r)(?:\.|->|$)/.test(
        chain.head,
      )
    )
      return []
    const last = chain.names.find((name) => EXISTENCE.test(name)) ?? null
    const reads =
      last !== null || isReading(chain) || /\bselect\b[\s\S]{0,300}\bfrom\b/i.test(chain.text)
    if (/skip[_ ]?locked|pending|\bqueued\b/i.test(chain.text)) return []
    if (!reads || !decides(chain, region, last !== null)) return []
    return [{ kind: 'look', offset: chain.start, text: chain.text.slice(0, 300) }]
  })
}

function decides(chain: Chain, region: Region, asks: boolean): boolean {
  const { text: whole } = quietOf(chain.file)
  const after = whole.slice(chain.end, Math.min(region.end, chain.end + 500))
  const before = whole.slice(whole.lastIndexOf('\n', chain.start - 1) + 1, chain.start)
  const byEvent =
    BY_EVENT.test(chain.text) ||
    keyOf(chain, whole) ||
    SEEN_WORD.test(`${chain.head} ${chain.names.join(' ')}`)
  if (CONDITION.test(before)) return asks && byEvent && decidesAtOnce(chain, before, after)
  return chain.into !== null && decidesLater(chain, chain.into, after, byEvent)
}

const CONDITION = /\b(?:if|unless|elif|when)\b/

/** It stands in the condition itself: `if (await seen(event.id)) return`. */
function decidesAtOnce(chain: Chain, before: string, after: string): boolean {
  const negated = /!\s*(?:await\s+)?\(?\s*$|\bnot\s+(?:await\s+)?$|\bunless\b/.test(before)
  const isNegative = /^\s*(?:===?\s*null|==\s*nil|is None|\.nil\?|is null)/.test(after)
  return (
    SEENISH(chain, chain.text) &&
    !negated &&
    !isNegative &&
    (leaves(after) || LEAVES_BEFORE.test(before))
  )
}

const CALLS_MORE = /^\.(?!is_some|isPresent|present|exists|any|length|rowCount|rows|count)\w+\(/
const IS_NOTHING =
  /^\s*(?:===?\s*(?:null|undefined|nil|None|0|false)|is None|is null|\.nil\?|\.empty\?|\.isEmpty|\.is_none|\.blank\?)/

/** What it answers is asked for afterwards. */
function decidesLater(chain: Chain, into: string, after: string, byEvent: boolean): boolean {
  const name = RegExp.escape(into)
  const test = new RegExp(
    `\\b(?:if|unless|elif|when)\\b[^\\n]{0,20}(?<![\\w$!])(!|not\\s+)?\\(?${name}\\b([^\\n]{0,120})`,
  ).exec(after)
  if (test === null)
    return byEvent && new RegExp(`\\b(?:return|next)\\b[^\\n]{0,60}\\bif\\s+${name}\\b`).test(after)
  const rest = test[2] ?? ''
  const asksState = DONE.test(rest)
  const isNegative = test[1] !== undefined || IS_NOTHING.test(rest)
  if (CALLS_MORE.test(rest) || (isNegative && !asksState)) return false
  return leaves(after.slice(test.index)) && (asksState || (byEvent && SEENISH(chain, chain.text)))
}

const SEENISH = ({ head, names }: Chain, text: string): boolean =>
  SEEN_WORD.test(`${head} ${names.join(' ')} ${text}`) ||
  BY_EVENT.test(text) ||
  /redis|cache|kv\b/i.test(head) ||
  /\b(?:event|delivery|webhook|notification|hook)\w*/i.test(head)

/** Whether the key that is asked for was put together from the event. */
function keyOf(chain: Chain, whole: string): boolean {
  const [, name] = /[(,]\s*([a-z_$]\w*)\s*[,)]/i.exec(chain.text) ?? []
  if (name === undefined) return false
  const before = whole.slice(Math.max(0, chain.start - 800), chain.start)
  const made = new RegExp(`(?<![\\w$])${RegExp.escape(name)}\\b[^=\\n]{0,20}=([^\\n]{0,200})`).exec(
    before,
  )
  return made !== null && BY_EVENT.test(made[1] ?? '')
}

function leaves(after: string): boolean {
  return LEAVES_WELL.test(after.slice(0, 350))
}
