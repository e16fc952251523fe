import type { Fact, Language, Span } from '#core/facts/fact'
import { within } from '#core/facts/scopes'
import { isArchivedOnly } from '#core/rules/archived-only'
import { outboundCalls } from '#core/rules/calls'
import { factsOf, functionAround, isPython, isScript } from '#core/rules/code'
import { withoutComments } from '#core/rules/code-text'
import type { Judgement, View } from '#core/rules/observation'
import { observe } from '#core/rules/observe'
import { codeBetween, lineBefore } from '#core/rules/scope-text'
import { isStored } from '#core/rules/stores'
import { KEEPS } from '#core/rules/webhook-words'
import { type WebhookHandler, webhookHandlers } from '#core/rules/webhooks'

/** A webhook that is answered before anything of it is kept: a crash in between loses the event. */
export const acknowledgedBeforeStored: Judgement = {
  names: ['handler', 'answer', 'work'],
  judge: (view) =>
    webhookHandlers(view).flatMap((handler) => {
      const found = answerBeforeWork(view, handler)
      if (found === null) return []
      return [
        observe(view, found.fact, {
          line: found.work.line,
          endLine: found.work.endLine,
          range: handler.body,
          symbol: handler.fact.captures['name'] ?? handler.label,
          provider: handler.provider,
          names: {
            handler: handler.label,
            answer: found.answer.captures['callee'] ?? '',
            work: found.name,
          },
          evidence: [{ path: view.file.path, line: found.answer.line }],
        }),
      ]
    }),
}

function answerBeforeWork(
  view: View,
  handler: WebhookHandler,
): { answer: Fact; fact: Fact; work: Span; name: string } | null {
  const { file } = view
  const stored = factsOf(file, 'durable-write').filter((fact) => isStored(fact))
  const calls = outboundCalls(view.code, file).map((call) => call.fact)
  const work = [...stored, ...calls].toSorted((a, b) => a.start - b.start)
  const answers = factsOf(file, 'acknowledgement').filter((fact) => within(fact, handler.body))
  for (const answer of answers) {
    const around = functionAround(file, answer)
    if (around === null || !/^\s*$/.test(lineBefore(file, answer))) continue
    const inside = work.filter((fact) => within(fact, around))
    const later = inside.find((fact) => follows(view, answer, fact))
    if (
      later !== undefined &&
      !stored.some((fact) => within(fact, around) && fact.start < answer.start)
    )
      return { answer, fact: later, work: later, name: later.captures['callee'] ?? '' }
    const named = namedWork(view, answer, around)
    if (named !== null) return { answer, fact: answer, ...named }
  }
  return null
}

/** Work that only its name gives away: `void process(event)`, `store.insertAll(items).catch(log)`. */
const NAMED_WORK =
  /(?:^|[;{}\n)]\s*)(?:(?:void|await)\s+)?((?!(?:res|reply|response|console)\b)(?:[\w$]+\s*\.\s*){0,4}(?:process|handle|apply|insert|save|store|persist|fulfil|credit|sync|upsert|enqueue|publish|dispatch|record|ingest|import)(?:[A-Z]\w*)?)\(/
/** What may be lost: it keeps nothing of the event. */
const MAY_BE_LOST =
  /log|metric|analytic|track|telemetry|sentry|cache|stats|\baudit|notif|handleError|captureException/i
/** What was decided before the answer may leave nothing to do. */
const REFUSAL =
  /\b[345]\d\d\b|error|invalid|unauthor|forbidden|ignored|challenge|skipped|duplicate/i

function namedWork(view: View, answer: Fact, around: Span): { work: Span; name: string } | null {
  const { file } = view
  const before = withoutComments(file.text.slice(around.start, answer.start), file.language)
  if (KEEPS.test(before) || REFUSAL.test(answer.text)) return null
  const after = withoutComments(file.text.slice(answer.end, around.end), file.language)
  const found = NAMED_WORK.exec(after)
  const name = found?.[1]?.replace(/\s+/g, '')
  if (found === null || name === undefined || MAY_BE_LOST.test(name)) return null
  const start = answer.end + found.index + (found[0].length - 1)
  const line = file.text.slice(0, start).split('\n').length
  const work = { line, endLine: line, start, end: start + 1 }
  return follows(view, answer, work) ? { work, name } : null
}

/** Whether the second certainly runs after the first: in its block, or in a block of that one. */
function follows({ file }: View, first: Span, second: Span): boolean {
  if (second.start < first.end) return false
  const between = codeBetween(file, first, second)
  if (/^\s*;?\s*return\b/.test(between)) return false
  let depth = 0
  for (const character of between) {
    if (character === '{') depth += 1
    if (character === '}') depth -= 1
    if (depth < 0) return false
  }
  return true
}

/** An answer by which the sender takes the delivery for handled. */
const SUCCESS =
  /^return\b(?![^\n]*(?:\b[345]\d\d\b|error|fail))[^\n]*(?:\b20[0-4]\b|\breceived\b|\bok\b|\bsuccess)/i
/** Calls that change something, by their names. */
const WORK =
  /(?:^|[^\w.])(?:await\s+)?(?:[\w$]+\.)*_?(?:mark|save|store|update|insert|upsert|apply|process|handle|record|credit|activate|fulfil|sync|put|enqueue|publish|persist|write|complete)(?:[A-Z_]\w*)?\(/
/** Failures that a repetition would not mend. */
const PERMANENT =
  /^(?:except\s*\(?[^:\n]*|catch\s*\([^)\n]*|rescue\s[^\n]*)\b(?:RecordNotUnique|RecordInvalid|Validation|Value|Key|Type|Integrity|Duplicate|Unique|JSON|Decode|Parse|Schema|DoesNotExist|NotFound|Signature|Already)\w*/
/** What a person sees anew when they look again. */
const REDRAWS = /\bpublishAppHome\(|\bviews\.publish\(|\bviews_publish\(/
/** A longer handler does more than log. */
const MAX_BODY = 1_000
const LOG_LINE =
  /^(?:(?:await\s+)?(?:[\w.]*(?:console|log|logger|logging|sentry\w*|bugsnag|rollbar|metrics|statsd)[\w.]*\.\w+|print|captureException|capture_exception)\s*\([\s\S]*\)|(?:await\s+)?[\w.]*(?:session|db|conn\w*|connection|tx|trx|transaction)\.rollback\(\)|pass|\.\.\.)$/i

/** The same where a call needs no brackets, and where methods follow an arrow. */
const LOG_LINE_RUBY =
  /^(?:(?:::)?Rails\.logger|@?logger|Sentry|Honeybadger|Bugsnag|Rollbar|Airbrake|Raven|ErrorReporter|Appsignal|NewRelic::Agent)\.\w+[\s(][\s\S]*$|^(?:puts|pp?|warn)\s[\s\S]*$/
const LOG_LINE_PHP =
  /^(?:\\?[\w\\]*\b(?:Log::\w+|error_log|report|logger|captureException)|\$(?:this->)?_?log(?:ger)?->\w+|logger\(\)->\w+|app\('sentry'\)->\w+)\s*\([\s\S]*\)$/

function isLogLine(statement: string, language: Language): boolean {
  if (language === 'ruby') return LOG_LINE_RUBY.test(statement)
  return (language === 'php' ? LOG_LINE_PHP : LOG_LINE).test(statement)
}

/** A failure in a webhook handler that is only logged, after which the delivery is confirmed. */
export const failureAcknowledged: Judgement = {
  names: ['handler'],
  judge: (view) =>
    webhookHandlers(view).flatMap((handler) =>
      (answersCall(view, handler) ? [] : factsOf(view.file, 'catch-block', handler.body))
        .filter((fact) => fact.captures['form'] === 'statement')
        .filter((fact) => isOnlyLogged(view, fact) && doesWork(view, fact))
        .filter((fact) => !isByTheWay(view, handler, fact) && !isQueuedAfter(view, handler, fact))
        .filter((fact) => !isArchivedOnly(view.file, handler, fact))
        .filter((fact) => isConfirmedAfter(view, handler, fact))
        .map((fact) => {
          const at = fact.spans['handler'] ?? fact
          return observe(view, fact, {
            line: at.line,
            endLine: at.endLine,
            range: handler.body,
            symbol: handler.fact.captures['name'] ?? handler.label,
            provider: handler.provider,
            names: { handler: handler.label },
          })
        }),
    ),
}

/** A copy that goes out first: caught by itself within an attempt that goes on with the work. */
function isByTheWay({ file }: View, handler: WebhookHandler, fact: Fact): boolean {
  const tried = fact.spans['tried']
  if (tried !== undefined && factsOf(file, 'durable-write', tried).some(isStored)) return false
  return factsOf(file, 'catch-block', handler.body).some((outer) => {
    const around = outer === fact ? undefined : outer.spans['tried']
    if (around === undefined || !within(fact, around)) return false
    return WORK.test(withoutComments(file.text.slice(fact.end, around.end), file.language))
  })
}

/**
 * Instructions for a call that is on: to an answer without them Twilio says an error to the caller
 * (https://www.twilio.com/docs/usage/security/availability-reliability).
 */
const CALL_ANSWER = /\bVoiceResponse\b|\btwiml\.Voice\b|<(?:Say|Dial|Gather|Connect)\b/

function answersCall({ file }: View, { body }: WebhookHandler): boolean {
  return CALL_ANSWER.test(withoutComments(file.text.slice(body.start, body.end), file.language))
}

const QUEUES =
  /\b(?:\w{1,40}\.)?(?:en?queue|add_?job|publish|apply_?async|delay|send_?message|xadd|rpush|lpush)(?:[A-Z_]\w{0,30})?\(([^;]{0,300})/gi

/** Whether the event as a whole goes to a queue after the catch: what failed is not lost with it. */
function isQueuedAfter({ file }: View, { body }: WebhookHandler, fact: Fact): boolean {
  const before = withoutComments(file.text.slice(body.start, fact.start), file.language)
  const after = withoutComments(file.text.slice(fact.end, body.end), file.language)
  const names = factsOf(file, 'body-read', body).flatMap((read) => {
    const line = lineBefore(file, read)
    return /(?:^|\s)(\w+)\s*(?::[^=\n]{1,60})?=\s*(?:await\s+)?$/.exec(line)?.[1] ?? []
  })
  return [...after.matchAll(QUEUES)].some(([, given = '']) => {
    const args = given.split(/\)\s*(?:\n|$)/)[0] ?? ''
    return names.some(
      (name) =>
        new RegExp(`(?:^|[(,=:]\\s*)${name}\\s*(?:[,)}]|$)`).test(args.trim()) &&
        new RegExp(`\\b${name}\\b`).test(before),
    )
  })
}

function isOnlyLogged({ file }: View, fact: Fact): boolean {
  const whole = fact.captures['body'] ?? ''
  if (whole.length > MAX_BODY) return false
  const body = withoutComments(whole, file.language)
    .replace(/^\s*\{|\}\s*$/g, '')
    .trim()
  if (body === '') return false
  const statements: string[] = isPython(file)
    ? dedented(body).split(/\n(?=\S)/)
    : body.split(/;?\n(?!\s*[)}\]])(?=\s{0,40}\S)/)
  // The answer itself may stand in the handler.
  if (SUCCESS.test(statements.at(-1)?.trim() ?? '')) statements.pop()
  return statements.every((one) => isLogLine(one.trim().replace(/;$/, ''), file.language))
}

/** A block whose first line begins where it stands, and the others as deep as it is indented. */
function dedented(block: string): string {
  const [first = '', ...rest] = block.split('\n')
  const depths = rest.filter((line) => line.trim() !== '').map((line) => line.search(/\S/))
  const depth = Math.min(...depths)
  return [first, ...rest.map((line) => line.slice(Number.isFinite(depth) ? depth : 0))].join('\n')
}

/** One plain call that nobody waits for: what reaches a store would not fail here. */
const IN_MEMORY = /^\{?\s{0,80}[\w$]{1,80}\([^(){};]{0,120}\)\s{0,20};?\s{0,80}\}?$/

function doesWork(view: View, fact: Fact): boolean {
  const tried = fact.spans['tried']
  if (tried === undefined) return false
  if (PERMANENT.test(fact.captures['handler'] ?? '')) return false
  const stored = factsOf(view.file, 'durable-write', tried).some(isStored)
  if (REDRAWS.test(fact.captures['tried'] ?? '')) return false
  if (stored) return true
  const text = withoutComments(fact.captures['tried'] ?? '', view.file.language)
  if (isScript(view.file.language) && IN_MEMORY.test(text.trim())) return false
  if (WORK.test(text)) return true
  return outboundCalls(view.code, view.file).some((call) => within(call.fact, tried))
}

const REFUSES =
  /\b[45]\d\d\b|error|raise|abort|bad_request|unprocessable|unavailable|unauthorized|forbidden|conflict|HTTP_(?!OK|CREATED|ACCEPTED|NO_CONTENT)/i

/** After the catch the handler answers, and not with an error. */
function isConfirmedAfter({ file }: View, handler: WebhookHandler, fact: Fact): boolean {
  if (/^[ \t]*return\b/m.test(fact.captures['body'] ?? '')) return true
  const later = factsOf(file, 'acknowledgement', handler.body).filter(
    (answer) => answer.start >= fact.end,
  )
  const [first] = later
  return first !== undefined && !REFUSES.test(first.text)
}
