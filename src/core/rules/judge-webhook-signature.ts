import type { Fact } from '#core/facts/fact'
import { within } from '#core/facts/scopes'
import {
  hasCheckingMiddleware,
  mayBeCheckedElsewhere,
  withoutOtherFilters,
} from '#core/rules/checked-elsewhere'
import { type CodeFile, factsOf, isPython } from '#core/rules/code'
import { importsOf, packageOf } from '#core/rules/imports'
import type { Judgement, View } from '#core/rules/observation'
import { observe } from '#core/rules/observe'
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

/** A view that takes more from its base than a framework's own: the check may stand there. */
const OWN_BASE =
  /^class\s+\w+\s*\((?!\s*(?:\w+\.)*(?:View|APIView|GenericAPIView|MethodView|Resource|RequestHandler|object)?\s*\))/
/** Methods that read or keep what they are handed: none of them looks at who sent it. */
const NO_CHECK =
  /\.(?:model_validate(?:_json|_strings)?|parse_obj|parse_raw|(?:safe)?[pP]arse(?:Async)?|from_?(?:dict|json|payload)|(?:insert|save|store|put|enqueue|add|publish|create|upsert|push|send|record|append|get_or_create|update_or_create|log|info|warn|error|debug)\w*)\s*$/

/** A webhook handler of a provider that signs, which never looks at the signature. */
export const webhookUnverified: Judgement = {
  names: ['handler', 'provider', 'where'],
  judge: (view) =>
    webhookHandlers(view)
      .filter((handler) => handler.provider?.signsWebhooks === true)
      .filter((handler) => readsBody(view, handler) && isUnverified(view, handler))
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

/** What says about a sender that somebody looks at him, or why nobody does; comments count too. */
const SENDER_WORDS =
  /\bsigned\b|\bSigned[A-Z]|sign(?:ature|ing)|verif|h_?mac|authentic|authoriz|secret|token|middleware|guard|basic_?auth|allow_?list|white_?list|\bip_?range|api_?key|firewall|mtls|vpn|permission|password|credential|passcode|pass_?phrase|compare_digest|constant_?time|\bfilter\b|interceptor|internal\b/i
/** What takes a check away, or stands for something else. */
const TAKES_AWAY =
  /skip_before_action[^\n]*|skip_forgery_protection[^\n]*|protect_from_forgery[^\n]*|\[?AllowAnonymous\]?|IgnoreAntiforgeryToken|ValidateAntiForgeryToken|cancellation_?tokens?|CancellationToken|csrf_?token\w*|^\s*(?:import|use|using|package|namespace)\s[^\n]*/gim
/** The name of a place by which others deliver. */
const HOOK_PLACE = /web-?_?hook|(?:^|[/_.\s:-])hooks?(?:[/_.\s:-]|$)/i
/** Something is changed by what arrived. */
const CHANGES =
  /(?:\.|->|::|\s|_)(?:update|save|create|insert|upsert|delete|destroy|remove|mark|set|cancel|credit|debit|book|flush|dispatch|publish|enqueue|perform_(?:later|async)|persist|execute|exec|confirm|complete|activate|deactivate|unsubscribe|refund|pay|apply|handle|process|add|store|send|emit|trigger|transition|change|deliver|ship|record|SaveChanges)\w*!?\s*\(|\w!(?=[\s(})]|$)|perform_later/im

/** A handler of deliveries from somebody no pack knows, in a file where nothing looks at the sender. */
export const webhookSenderUnchecked: Judgement = {
  names: ['handler'],
  judge: (view) => {
    const told = view.file.text.replace(TAKES_AWAY, '')
    if (SENDER_WORDS.test(told) || hasCheckingMiddleware(view)) return []
    return webhookHandlers(view)
      .filter(({ provider }) => provider === null)
      .filter((handler) => isHookPlace(view, handler) && CHANGES.test(handler.text))
      .filter((handler) => readsBody(view, handler) && isUnverified(view, handler))
      .map((handler) =>
        observe(view, handler.fact, {
          line: lineOf(view, handler),
          endLine: lineOf(view, handler),
          range: handler.body,
          symbol: handler.fact.captures['name'] ?? handler.label,
          names: { handler: handler.label },
          evidence: bodyLines(view, handler),
        }),
      )
  },
}

/** Whether a route, or the file without one, is named for deliveries. */
function isHookPlace({ file }: View, { fact, label }: WebhookHandler): boolean {
  const path = `${fact.captures['prefix'] ?? ''}/${fact.captures['path'] ?? ''}`.replace(
    /["'`]/g,
    '',
  )
  return HOOK_PLACE.test(fact.kind === 'route-handler' ? `${path} ${label}` : file.path)
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
  if (!ANNOTATED.has(view.file.language)) return place.line
  const name = handler.fact.captures['name'] ?? ''
  if (!/^\w+$/.test(name) || place !== handler.fact) return place.line
  const lines = view.file.text.slice(place.start, place.end).split('\n')
  const at = lines.findIndex(
    (line) => new RegExp(`\\b${name}\\s*\\(`).test(line) && !/^\s*[@[]/.test(line),
  )
  return place.line + Math.max(0, at)
}

function bodyLines(view: View, handler: WebhookHandler) {
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

/** Whether nothing that is known or can be reached from the handler checks who sent the request. */
export function isUnverified(view: View, handler: WebhookHandler): boolean {
  const text = handler.text.replace(ONLY_PARSES, 'parse').replace(OTHER_TOKENS, '')
  if (CHECK_WORDS.test(text)) return false
  if (OWN_BASE.test(handler.text) || /@UseGuards\(/.test(view.file.text)) return false
  if (handler.provider?.verifyHelpers.some((name) => text.includes(name))) return false
  if (checksOutsideHandlers(view, handler) || mayBeCheckedElsewhere(view, handler)) return false
  return !handler.unseen.some((name) => mayVerify(view, { ...handler, text }, name))
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
