import type { Fact, Language, Span } from '#core/facts/fact'
import { within } from '#core/facts/scopes'
import { type CodeFile, factsOf } from '#core/rules/code'
import { codeOnly } from '#core/rules/code-text'
import type { WebhookHandler } from '#core/rules/webhooks'

/** Languages whose calls all have brackets: in the others a word may act. */
const TOLD: ReadonlySet<Language> = new Set([
  'typescript',
  'tsx',
  'javascript',
  'python',
  'php',
  'java',
  'kotlin',
  'csharp',
  'go',
])
/** Words that stand before a bracket and call nothing. */
const WORDS =
  /^(?:if|elif|for|foreach|while|switch|when|match|catch|except|return|await|async|function|fn|func|fun|def|and|or|not|in|typeof|isset|empty)$/
/** Reads of the request, and answers: of the request's and the answer's own objects, one name deep. */
const OF_REQUEST =
  /^(?:await )?\$?(?:this\.|self\.|this->)?(?:req|request|res|response|reply|c|ctx|w|rw|r|call|Response|NextResponse|ResponseEntity|Results|TypedResults|HttpResponse|JSONResponse)(?:\.|->|::)(?:json|JSON|send|sendStatus|status|Status|status_code|end|type|headers?|Headers?|body|Body|text|form|formData|arrayBuffer|get|getHeader|set|setHeader|Set|writeHead|write|Write|WriteHeader|WriteString|String|ok|accepted|noContent|no_content|badRequest|build|get_data|get_json|read|ReadToEndAsync|redirect|respond|respondText|receive|receiveText|query|param|input|all|getContent|make)$/
/** What makes an answer of values, reads a text, or looks at a value. */
const OF_VALUES =
  /^(?:new )?(?:\\?[\w.]*\b)?(?:Response|NextResponse|JSONResponse|PlainTextResponse|HttpResponse\w*|JsonResponse|ResponseEntity|jsonify|make_response|response|request|http_response_code|Ok|Accepted|NoContent|StatusCode|BadRequest|StreamReader|JSON\.parse|JSON\.stringify|json\.loads|json\.dumps|json_decode|json_encode|file_get_contents|String|Number|Boolean|str|int|len|dict|list|isinstance|io\.ReadAll|ioutil\.ReadAll|json\.Unmarshal|json\.NewDecoder|http\.Error|http\.StatusText|express\.(?:json|raw|urlencoded)|assert(?:\.\w{1,20})?)$/
const OF_PAYLOAD =
  /^\$?(?:event|payload|data|body|json|notification|message)(?:\.|->)(?:get\w{0,40}|toString|strip|decode)$/
/** What follows another call: the parts of an answer, and of a reader. */
const FOLLOWS =
  /^(?:\.|->)(?:json|send|sendStatus|status|end|type|header|body|build|noContent|text|Decode|ReadToEndAsync|get|getContent|all|input)$/
const CALL =
  /(?:\bnew\s{1,20})?(?:(?<=[)\]])\s{0,20}(?:\.|->)|[$\\]|(?<![\w$]))[A-Za-z_][\w$]{0,80}(?:\s{0,40}\??(?:\.|->|::)\s{0,40}\w{1,80}){0,12}(?=\s{0,20}(?:<[\w<>, ]{0,40}>)?\s{0,20}\()/g
/** A handler that is longer does more than log and answer. */
const MAX_HANDLER = 12_000
/** Something that outlives the request is set, a text goes to a tagged template, a value to a channel. */
const SETS =
  /[\w)\]](?:\.|->|::\$)\w+\s*(?:[-+*/|&]|\?\?|\|\|)?=(?![=>])|\]\s*[-+]?=(?![=>])|<-|\bglobal\b/
/** A name is set that the line does not declare: it may be one of outside. */
const SETS_OUTSIDE = /(?:^|[;{}\n])[ \t]*(\w+)\s*[-+]?=(?![=>])/g
/** Languages in which setting a name makes it one of the function. */
const OWN_NAMES: ReadonlySet<Language> = new Set(['python', 'php'])

/** Slack asks whether an address is the right one: the answer is what was asked. */
const HANDSHAKE = /["']url_verification["']/
/** Twilio's words for a call that hears something: https://www.twilio.com/docs/voice/twiml */
const SPOKEN = /<Response>\s*<(?:Say|Pause|Hangup|Reject|Play)\b/
const COSTS = /<(?:Dial|Message|Sms|Redirect|Record|Enqueue|Gather|Connect|Start|Refer|Pay)\b/
/** What looks something up, or writes it in another way, and how a text is taken apart. */
const OF_TWIML =
  /^(?:new URLSearchParams|(?:get|find|format|normali[sz]e)(?![A-Z]?\w{0,40}(?:[cC]reat|[uU]pdat|[sS]ave|[sS]et[A-Z]|[mM]ark|[iI]nsert|[dD]elet))[A-Z]\w{1,60}|log[A-Z]\w{0,30}|(?:[\w?]{1,40}\.){1,4}(?:toString|split|join|trim)|\.(?:split|join|trim|toString))$/

/** Whether a handler does no more than log and answer: who forges an event gains nothing by it. */
export function isOnlyAnswered(file: CodeFile, handler: WebhookHandler): boolean {
  const { fact, spans } = handler
  if (!TOLD.has(file.language) || hasMiddleware(fact)) return false
  const logs = factsOf(file, 'log-call').filter((log) => spans.some((span) => within(log, span)))
  const twiml = isSpokenOnly(handler)
  if (logs.length === 0 && !twiml && !HANDSHAKE.test(handler.text)) return false
  const own = new Set(
    factsOf(file, 'function')
      .filter((one) => spans.some(({ start, end }) => start === one.start && end === one.end))
      .flatMap(({ captures }) => captures['name'] ?? []),
  )
  own.add(fact.captures['name'] ?? '')
  return spans.every((span) => {
    if (span.end - span.start > MAX_HANDLER) return false
    const text = withoutLogs(file, span, logs)
    if (/[\w)\]]\s*`/.test(text)) return false
    const code = withoutFrame(codeOnly(text, file.language))
    if (SETS.test(code)) return false
    if (!OWN_NAMES.has(file.language) && setsOutside(code)) return false
    // A chain that is longer than what was read of it may do anything.
    return [...code.matchAll(CALL)].every(
      ({ 0: call, index }) => code[index - 1] !== '.' && isHarmless(call, own, twiml),
    )
  })
}

/** The line does not declare it, and no line of the handler does. */
function setsOutside(code: string): boolean {
  return [...code.matchAll(SETS_OUTSIDE)].some(
    ([, name = '']) => !new RegExp(`\\b(?:let|var)\\s+${name}\\b`).test(code),
  )
}

/** A call is answered with words, and nothing is dialled, sent or kept. */
function isSpokenOnly({ provider, text }: WebhookHandler): boolean {
  return provider?.id === 'twilio' && SPOKEN.test(text) && !COSTS.test(text)
}

function isHarmless(written: string, own: ReadonlySet<string>, twiml: boolean): boolean {
  const call = written
    .replace(/\s*(\.|->|::)\s*/g, '$1')
    .replace(/\s+/g, ' ')
    .trim()
  if (WORDS.test(call) || own.has(call)) return true
  const known = [OF_REQUEST, OF_VALUES, OF_PAYLOAD, FOLLOWS, ...(twiml ? [OF_TWIML] : [])]
  return known.some((pattern) => pattern.test(call))
}

/** A function between the path and the handler can do anything. */
function hasMiddleware({ captures, args }: Fact): boolean {
  return captures['form'] === 'mounted' && args.slice(1, -1).some((arg) => /^[\w.$]+$/.test(arg))
}

/** A span's text in which no log is called any more; what is worked out for it stays. */
function withoutLogs({ text }: CodeFile, span: Span, logs: readonly Fact[]): string {
  let kept = ''
  let at = span.start
  for (const { start, end } of logs.toSorted((a, b) => a.start - b.start)) {
    if (start < at || end > span.end) continue
    kept += text.slice(at, start)
    at = Math.max(start, text.indexOf('(', start))
    if (at > end) at = end
  }
  return kept + text.slice(at, span.end)
}

/** Without annotations and decorators, and without the call by which a route is made. */
function withoutFrame(code: string): string {
  return code
    .replace(/@[\w.]+\s*\([^()]{0,300}\)|^[ \t]*\[[A-Z]\w*(?:\([^()]{0,300}\))?\]/gm, '')
    .replace(/^\s*[\w.$:\\]{1,80}\s*\(/, '(')
}
