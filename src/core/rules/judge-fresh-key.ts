import { atEach, type Judgement, type Observation, type View } from '#core/rules/observation'
import { MONEY_CALL, MONEY_PATH, POSTS, REPEATS } from '#core/rules/repeats'
import { shownIn, type Unit, unitsOf } from '#core/rules/units'

/** A value that is another one each time that it is made. */
const FRESH =
  '(?:\\w+\\()?["\'`f]{0,2}[\\w.:{$-]{0,30}?(?:(?:crypto\\.|uuid\\.)?randomUUID\\(|uuid(?:v[147]|\\.v[147]|\\.uuid[147])?\\(\\)|uuid[147]\\(|\\bv[47]\\(\\)|uuid\\.New\\w*\\(|uuid\\.Must\\(|UUID\\.randomUUID\\(|UUID\\.random\\(|Uuid\\.random\\(|Guid\\.NewGuid\\(|SecureRandom\\.(?:uuid|hex|urlsafe_base64)|Str::(?:uuid|random|ulid|orderedUuid)\\(|Uuid::(?:uuid[1467]|new_v[47]|v[47])\\(|nanoid\\(|ulid(?:\\.Make|\\.New)?\\(|xid\\.New\\(|ksuid\\.New\\(|uniqid\\(|bin2hex\\(random_bytes|Date\\.now\\(|time\\.time\\w*\\(|time\\.Now\\(\\)|System\\.(?:currentTimeMillis|nanoTime)\\(|Instant\\.now\\(|Math\\.random\\(|secrets\\.token_\\w+\\(|ObjectId\\(\\)|new ObjectId|Time\\.now|Time\\.current|microtime\\(|now\\(\\)->|DateTime\\.UtcNow|createId\\(|cuid\\()'
/** The name of a key by which others know a repetition, whoever they are. */
const KEY =
  '(?:(?:x-)?idempot\\w*(?:[-_]?key|[-_]?token|[-_]?id)?|paypal-request-id|customer_?transaction_?id|unique_?request_?id)'
/** Names of such numbers that may also be something else. */
const REFERENCE =
  '(?:request_?id|client_?(?:ref(?:erence)?|request|transaction|order|token)\\w*|merchant_?(?:ref\\w*|transaction_?\\w*|order_?\\w*)|external_?(?:id|ref\\w*)|end_?to_?end_?(?:id\\w*)?|transaction_?(?:id|ref\\w*)|instruction_?(?:id\\w*)|dedup\\w*(?:id|key)?|transfer_?id|payout_?id|payment_?ref\\w*|msg_?id|reference(?:_?id)?)'
const JOIN = '["\'`\\])]{0,3}\\s*(?:=>|:=|=(?!=)|:|,|\\bto\\b|\\(|\\{)\\s*[\\[{("\']{0,2}'
const DIRECT = new RegExp(`(?<![\\w$])["'\`:]?(?:set_?|with_?)?${KEY}${JOIN}${FRESH}`, 'i')
const REFERENCED = new RegExp(
  `(?<![\\w$])["'\`:]?(?:set_?|with_?)?${REFERENCE}${JOIN}${FRESH}`,
  'i',
)
const ASSIGNED = new RegExp(
  `(?:^|[\\s;({])(\\$?\\w+)\\s*(?::\\s*\\w+\\s*)?:?=\\s*(?:await\\s+)?${FRESH}`,
  'gi',
)
/** Where attempts begin within a function. */
const ATTEMPT =
  /\b(?:for|while)\b[^\n]{0,100}(?:attempt|tries|retr|range\(|<=?\s*\w*[mM]ax|\d\b)|\bloop\s*(?:\{|do)|\bwhile\s*\(?\s*true|\bwhile True|\bfor\s*\{|\bfor\s*\(;;\)|(?:pRetry|retry\w*|Retry\w*|backoff\.\w+|retry\.\w+|ExecuteAsync|execute\w*|executeSupplier|with_retries|Retriable\.\w+|withRetry|RetryNotify)!?\s*\(?[^\n]{0,80}(?:=>|\{|func\(|\bdo\b|->|fn\s*\(|function\s*\(|lambda|\|\|)/
/** Kept before it is used, or asked for before it is made: the next attempt finds it. */
const KEPT =
  /\?\?=|\|\|=|\b(?:save|update|store|persist|insert|create|upsert|flush)\w*!?\(?[^\n]{0,80}(?:key|idempot|reference|request_?id)|(?:key|idempot\w*|reference)\s*(?:\?\?|\|\||or)\s|if\s+not\s+[\w.]*(?:key|idempot)|if\s*\(\s*!?\$?\w*(?:key|idempot)\w*\s*\)|(?:key|idempot\w*)\s*(?:==|===|is)\s*(?:null|nil|None)|\b(?:state|map|draft|store|session|cache)\.(?:merge|set|with)\w*\(|\bset[sS]tate\(/i
/** The caller may have given one. */
const GIVEN =
  /\.(?:get|has|key\?|include\?|contains(?:Key)?)\(\s*["'`](?:x-)?idempoten\w{0,4}-?key["'`]|:?=\s*[\w.]{1,60}\[["'`](?:x-)?idempoten\w{0,4}-?key["'`]\]|\[["'`](?:x-)?idempoten\w{0,4}-?key["'`]\]\s*(?:===?\s*(?:undefined|null)|\?\?|\|\|)/i
const MONEY_NAME =
  /pay(?!load)|transfer|refund|payout|charge|capture|order|invoice|ship|label|booking|wire|debit|disburs|withdraw/i

/** The key of an operation is made anew by each attempt of it. */
export const freshKey: Judgement = {
  names: ['snippet', 'symbol'],
  judge: (view) => atEach(unitsOf(view.file), (unit) => freshIn(view, unit)),
}

function freshIn(view: View, unit: Unit): readonly Observation[] {
  const { text } = unit
  if (KEPT.test(text) || GIVEN.test(text)) return []
  const direct = DIRECT.exec(text)
  if (direct !== null && isOfOperation(unit, direct) && isNew(direct, text))
    return [shownIn(view, unit, direct)]
  if (!movesMoney(unit)) return []
  const begins = isRepeatedWhole(unit) ? 0 : (ATTEMPT.exec(text)?.index ?? -1)
  if (begins === -1) return []
  const repeated = text.slice(begins)
  const found =
    REFERENCED.exec(repeated) ??
    [...repeated.matchAll(ASSIGNED)].find(({ 1: name = '' }) => isGivenAsKey(text, name))
  if (found === undefined || found === null) return []
  return [shownIn(view, unit, { 0: found[0], index: found.index + begins })]
}

/**
 * The key of what moves money, or of a request that is sent in the very code of its attempts: a
 * client for all requests makes one before it begins to try, and rows have keys too.
 */
function isOfOperation(unit: Unit, { index }: RegExpExecArray): boolean {
  if (movesMoney(unit)) return true
  const begins = ATTEMPT.exec(unit.text)?.index ?? -1
  return begins !== -1 && begins < index && SENDS.test(unit.text)
}

const SENDS = new RegExp(`${POSTS.source}|\\bheaders?\\b`, 'i')

function isNew(direct: RegExpExecArray, text: string): boolean {
  return !/uniqid/.test(direct[0]) || ATTEMPT.test(text)
}

function movesMoney({ text, name }: Unit): boolean {
  if (MONEY_CALL.test(text) || MONEY_NAME.test(name)) return true
  return MONEY_PATH.test(text) && POSTS.test(text)
}

/** Whether a variable is sent as the key, under a name that says so. */
function isGivenAsKey(text: string, variable: string): boolean {
  const name = RegExp.escape(variable.replace(/^\$/, ''))
  const given = new RegExp(
    `(?:${KEY}|${REFERENCE})${JOIN}(?:\\w+\\()?[$]?${name}\\b|\\{\\s*(?:${KEY}|${REFERENCE})\\s*[,}]`,
    'i',
  )
  if (given.test(text)) return true
  const isNamed = new RegExp(`^(?:${KEY}|${REFERENCE})$`, 'i').test(variable.replace(/^\$/, ''))
  return isNamed && new RegExp(`[(,\\s]\\$?${name}\\s*[,)}]`).test(text)
}

/** The whole function is an attempt: it stands under an annotation, or is what a queue runs. */
function isRepeatedWhole({ text, name, around }: Unit): boolean {
  const head = text.slice(0, 400)
  if (
    /@(?:Retryable|Retry|retry|tenacity|backoff|shared_task|app\.task|celery|task|dramatiq)\b/.test(
      head,
    )
  )
    return true
  return (
    /^(?:perform|handle|process|run|execute|work|Execute|Handle|Process|Consume|onMessage)\w*$/.test(
      name,
    ) && REPEATS.test(around.slice(0, 900))
  )
}
