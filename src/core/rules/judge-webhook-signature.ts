import type { Fact, Span } from '#core/facts/fact'
import { within } from '#core/facts/scopes'
import { mayBeCheckedElsewhere, withoutOtherFilters } from '#core/rules/checked-elsewhere'
import { type CodeFile, factsOf, isPython } from '#core/rules/code'
import { codeOnly } from '#core/rules/code-text'
import { ASKS_BACK, isCheckedByService } from '#core/rules/held-service'
import { importsOf, packageOf } from '#core/rules/imports'
import type { Judgement, View } from '#core/rules/observation'
import { observe } from '#core/rules/observe'
import { isOnlyAnswered } from '#core/rules/only-answered'
import type { ProviderFacts } from '#core/rules/provider-knowledge'
import { importHas, type WebhookHandler, webhookHandlers } from '#core/rules/webhooks'

/** Words that say that somebody looks at who sent the request. */
const CHECK_WORDS =
  /verif|signature|hmac|digest|timing.?safe|authoriz|authenticat|secret|token|allow.?list|white.?list|ip.?range|guard|permission_classes/i
/** Calls that say themselves that they verify nothing: they only parse. */
const ONLY_PARSES = /\w*without_?verif\w*/gi
/** Types and parameters of other things that are called tokens, and Slack's check of an address. */
const OTHER_TOKENS =
  /url_?verification|AuthorizationLevel\.Anonymous|cancellation_?tokens?|antiforgery_?token|\b[JX]Token\b|json_?token|type_?token|CancelSource\.Token/gi
/** Languages in which annotations stand above a handler. */
const ANNOTATED: ReadonlySet<string> = new Set(['java', 'kotlin', 'csharp'])
/** A field of the payload tells nobody who sent it. */
const REQUEST_WORDS =
  /\b(?:req|request|ctx|c|headers|rawBody|raw_body)\b|\b(?<!\.)(?:payload|body)\b(?!\??[.[])/

/** Everybody is refused but the own machine. */
const ONLY_LOCAL =
  /\bif\b[^\n]{0,40}\b(?:remoteAddress|remote_addr|REMOTE_ADDR|client\.host|getRemoteAddr\(\))["'\])]{0,3}\s*(?:!==?|not\s+in)\s*[[({]?\s*["'](?:127\.0\.0\.1|::1|::ffff:127\.0\.0\.1)["'][^\n]{0,80}(?:\n[^\n]{0,120}){0,2}?(?:40[134]|\bthrow\b|\babort|\braise\b|destroy\(|[fF]orbidden)/

/** A view that takes more from its base than a framework's own: the check may stand there. */
const OWN_BASE =
  /^class\s+\w+\s*\((?!\s*(?:\w+\.)*(?:View|APIView|GenericAPIView|MethodView|Resource|RequestHandler|object)?\s*\))/
/** What a class says about who may call it. */
const GUARDED_CLASS =
  /@UseGuards\(|(?:authentication|permission)_classes\s*(?::[^=\n]{0,80})?=\s*[[(]\s*(?!(?:permissions\.)?AllowAny)\w/
/** Methods that read or keep what they are handed: none of them looks at who sent it. */
const NO_CHECK =
  /\.(?:model_validate(?:_json|_strings)?|parse_obj|parse_raw|(?:safe)?[pP]arse(?:Async)?|from_?(?:dict|json|payload)|(?:insert|save|store|put|enqueue|add|publish|create|upsert|push|send|record|append|get_or_create|update_or_create|log|info|warn|error|debug)\w*)\s*$/

/** All headers go where the event goes: `mediator.Send(new StripeEvent(json, Request.Headers))`. */
const HEADERS_SENT =
  /\bawait\s+\w{1,60}\.(?:Send|Publish)\(\s{0,40}new\s+\w{1,80}\([^()]{1,200}\bRequest\.Headers\s*[,)]/

/** Whether what acts on the event is given what it needs to check it: then nobody knows from here. */
function handsHeadersOn({ file }: View, { body }: WebhookHandler): boolean {
  return HEADERS_SENT.test(codeOnly(file.text.slice(body.start, body.end), file.language))
}

/** A webhook handler of a provider that signs, which never looks at the signature. */
export const webhookUnverified: Judgement = {
  names: ['handler', 'provider', 'where'],
  judge: (view) =>
    webhookHandlers(view)
      .filter((handler) => handler.provider?.signsWebhooks === true)
      .filter((handler) => readsBody(view, handler) && isUnverified(view, handler))
      .filter((handler) => !isOnlyAnswered(view.file, handler) && !handsHeadersOn(view, handler))
      .map((handler) =>
        observe(view, handler.fact, {
          line: lineOf(view, handler),
          endLine: lineOf(view, handler),
          range: handler.body,
          symbol: handler.fact.captures['name'] ?? handler.label,
          provider: handler.provider,
          names: {
            handler: handler.label,
            provider: handler.provider?.name ?? '',
            where: whereSigned(handler.provider),
          },
          evidence: bodyLines(view, handler),
        }),
      ),
}

/** Not every pack knows the header, and not every provider signs in one. */
function whereSigned(provider: ProviderFacts | null): string {
  const header = provider?.signatureHeader ?? null
  return header === null ? 'as its documentation says' : `with the header \`${header}\``
}

/** Where a route names a function of Go or Rust, the function is what has to change. */
function placeOf({ file }: View, { fact, body }: WebhookHandler) {
  return file.language === 'go' || file.language === 'rust' ? body : fact
}

/** The line of the handler itself: what stands above a method, such as its annotations, is skipped. */
export function lineOf(view: View, handler: WebhookHandler): number {
  const place = placeOf(view, handler)
  // A file that is called by its address begins where it reads.
  if (handler.fact.by === 'script') return readsOf(view, handler)[0]?.line ?? place.line
  // What is decorated begins with its decorators, and has its name below them.
  if (isPython(view.file)) return place.line + decorators(view.file, place)
  if (!ANNOTATED.has(view.file.language)) return place.line
  const name = handler.fact.captures['name'] ?? ''
  if (!/^\w+$/.test(name) || place !== handler.fact) return place.line
  const lines = view.file.text.slice(place.start, place.end).split('\n')
  const at = lines.findIndex(
    (line) => new RegExp(`\\b${name}\\s*\\(`).test(line) && !/^\s*[@[]/.test(line),
  )
  return place.line + Math.max(0, at)
}

/** Lines of decorators above a function. */
function decorators({ lines }: CodeFile, { line, endLine }: Span): number {
  if (!/^\s*@/.test(lines[line - 1] ?? '')) return 0
  const at = lines.slice(line - 1, endLine).findIndex((one) => /^\s*(?:async\s+)?def\s/.test(one))
  return Math.max(0, at)
}

/** The first line that reads the body. */
export function bodyLines(view: View, handler: WebhookHandler) {
  return readsOf(view, handler)
    .slice(0, 1)
    .map((fact) => ({ path: view.file.path, line: fact.line }))
}

function readsOf(view: View, handler: WebhookHandler) {
  return factsOf(view.file, 'body-read').filter(
    (fact) =>
      !(fact.captures['form'] ?? '').endsWith('parser') &&
      handler.spans.some((span) => within(fact, span)),
  )
}

/** Without a read of the body here, the work is done elsewhere, and the check may be there too. */
export function readsBody(view: View, handler: WebhookHandler): boolean {
  return readsOf(view, handler).length > 0
}

/** What events say of themselves, and what is not a check though it is called like one. */
const FIELDS =
  /(?<!\b(?:headers?|query|args|params|GET|env|environ|ENV|config|settings|secrets|credentials|process|this|self|cls|@\w{0,20})\W{0,4})(?:\.|->|\??\[:?)["'`]?(?:token|secret|verified|digest)\b["'`]?\]?(?!\s*\()|["'`][\w-]*[._](?:un)?(?:verif|authori[sz])\w*(?:\.\w+)?["'`]|\b(?:email|phone|identity|is)_?verified\b|\bverification_?(?:status|session|id|result)\w*|\bsignature_?(?:request|id|status)\w*|\b(?:client_?secret|(?:device|push|csrf|refresh|item|public)_?token)\b|(?:authentication|permission)_classes\s*=\s*[[(]\s*(?:(?:permissions\.)?AllowAny,?\s*)?[\])]/gi

/** A handler's text without what its events are called, and what verifies nothing. */
export function withoutFields(text: string): string {
  return text
    .replace(ONLY_PARSES, 'parse')
    .replace(OTHER_TOKENS, '')
    .replace(FIELDS, '.field')
    .replace(/\b(?:token|secret|digest)\s*[=:]\s*\w+\??\.field/g, 'field')
}

/** Whether nothing that is known or can be reached from the handler checks who sent the request. */
export function isUnverified(view: View, handler: WebhookHandler): boolean {
  const text = withoutFields(handler.text)
  if (CHECK_WORDS.test(text) || ASKS_BACK.test(text) || isOnlyLocal(view, text)) return false
  if (OWN_BASE.test(handler.text) || GUARDED_CLASS.test(view.file.text)) return false
  if (handler.provider?.verifyHelpers.some((name) => text.includes(name))) return false
  if (checksOutsideHandlers(view, handler) || mayBeCheckedElsewhere(view, handler)) return false
  if (isCheckedByService(view, handler)) return false
  return !handler.unseen.some((name) => mayVerify(view, { ...handler, text }, name))
}

/** The condition is one of the program, not of a text in it. */
function isOnlyLocal({ file }: View, text: string): boolean {
  const found = ONLY_LOCAL.exec(text)
  return found !== null && codeOnly(text, file.language).startsWith('if', found.index)
}

/** A check of the same file that belongs to no route is middleware until proven otherwise. */
function checksOutsideHandlers({ file }: View, handler: WebhookHandler): boolean {
  const routes = factsOf(file, 'route-handler').filter(
    (fact) => fact.captures['method'] !== 'use' && !isUrlPattern(file, fact),
  )
  const checks = factsOf(file, 'signature-check').filter(
    (check) => !routes.some((route) => within(check, route)),
  )
  return withoutOtherFilters(file, checks, handler).length > 0
}

/** Django's table of views: a check around one in it may be the one that the view lacks. */
function isUrlPattern(file: CodeFile, route: Fact): boolean {
  return isPython(file) && route.captures['form'] === 'mounted'
}

/** An own function that is handed the request and cannot be read, or that does check something. */
function mayVerify(view: View, handler: WebhookHandler, name: string): boolean {
  const imported = importsOf(view.file).find((one) => one.local === name)
  if (imported === undefined) return false
  const isPackage = packageOf(imported.module, view.file.language) !== null
  const checks = importHas(view, name, 'signature-check')
  if (checks !== null) return checks
  const calls = [
    ...handler.text.matchAll(
      new RegExp(`\\b${RegExp.escape(name)}\\b([\\w.$]*)\\(([^)]{0,200})`, 'g'),
    ),
  ].filter(([, method = '']) => !NO_CHECK.test(method))
  const middleware = handler.fact.args.slice(0, -1).some((arg) => arg.includes(name))
  const taken = calls.some((call) => REQUEST_WORDS.test(call[2] ?? ''))
  // A package's function is what it is called; an own one can do anything with the request.
  return isPackage ? middleware && !isBodyParser(name) : middleware || taken
}

function isBodyParser(name: string): boolean {
  return /^(?:express|bodyParser|cors|helmet|morgan|multer|json)$/.test(name)
}
