import { within } from '#core/facts/scopes'
import { hasCheckingMiddleware, PLAIN_HEADER } from '#core/rules/checked-elsewhere'
import { factsOf, isPython, isScript } from '#core/rules/code'
import {
  bodyLines,
  isUnverified,
  lineOf,
  readsBody,
  withoutFields,
} from '#core/rules/judge-webhook-signature'
import type { Judgement, View } from '#core/rules/observation'
import { observe } from '#core/rules/observe'
import { type WebhookHandler, webhookHandlers } from '#core/rules/webhooks'

/** Calls that only read, shape, log or answer: a handler with no others acts on nothing. */
const IDLE =
  /^(?:if|for|while|switch|match|catch|return|function|fn|fun|func|def|when|get\w*|find\w*|list\w*|parse\w*|json\w*|loads?|dumps?|decode\w*|encode\w*|stringify|validate\w*|valid|is\w*|has\w*|to\w*|log\w*|info\w*|warn\w*|error\w*|debug\w*|trace|exception|println?|printf?|status\w*|send(?:Status)?|respond\w*|response|reply|ok|Ok|noContent|build|header\w*|headers|body\w*|text|bytes|read\w*|string|str|len|map|filter|Some|Err|Error|new|write\w*|code|end|next|require\w*|permit|Bind\w*|ShouldBind\w*|Decode|Unmarshal|NewDecoder|receive\w*|finish|into\w*|unwrap\w*|[A-Z]\w*(?:Exception|Error|Response|Result))$/
/** The caller is told from others by something else than a signature, or the event is asked for again. */
const KNOWS_CALLER =
  /\bheaders?\b|["'`]x-|\b(?:req|request|c\.req)\.(?:get|header)\(|get_?[sS]erver_?[sS]ession|\bauth\w*\b|current_?user|\b(?:req|request)\.user\b|cookies?|remote_?addr|\b(?:req|request)\.ip\b|api_?key|permission|\bretrieve\w*\(|\bfetch\w*\(|\bget(?:Payment|Order|Event|Transaction|Status)\w*\(|\bpassword\b|\bsession_?id\b|nonce|checksum|\bhash\b|\bsign\b|signed\w*\(|sign\w*_ok\b|\.safe_?key|\badmin\b|compare_digest|constant_?time|passcode|pass_?phrase/i
/** The event is asked for again at who sent it, which proves it as well. */
const ASKS_AGAIN =
  /\b(?:payments?|transactions?|checkouts?|mollie|client|api|sdk|gateway)\.(?:get|retrieve|fetch)(?:_?\w{0,20})?\(\s*(?:id\b|\w*(?:req|request|body|payload|event|data|params|notification|form)\b)/i
/** A field that is taken of what arrived. */
const TAKEN =
  /(?:->(?:input|get|post|string|integer|query|json)|\brequest\.(?:form|POST|values)\.get|\bparams\.(?:require|fetch)|\bgetFirst|@Body|\bFormValue|\bPostForm)\(\s*["':]?(\w+)|\b(?:form|POST|params|\$_POST|payload|data|body|event|_id)\s*\[\s*["':](\w+)|\b(?:req|request)\.body\??\.(\w+)|\bbody\??\.(\w+)|["'](\w+)["']\s*=>\s*\[?\s*["']\s*required|\{\s*(\w+)\s*\}\s*=\s*(?:await\s+)?(?:c\.)?req(?:uest)?\.(?:body|json)/g
/** Headers that a handler reads, and what it reads from all of them. */
const READS_HEADER =
  /[\w.$>\-()?]{0,60}\b(?:headers?|HeaderMap|get)\b(?:\(\))?\??\.?(?:get|fetch|dig|header)?[[(]\s*PLAIN[^)\]]{0,40}[)\]]|\b\w*headers?\s*:\s*&?\s*[\w:]*HeaderMap\b/gi
/** Dependencies of FastAPI that give a connection or a service, not a caller. */
const DEPENDS_ON =
  /\bDepends\(\s*(?!\w*(?:db|session|settings|config|repo|service|uow|queue|client|conn|store)\w*\b)/i
/** Something that runs before the handlers of a file, which may look at the caller. */
const RUNS_BEFORE =
  /\bdependencies\s*=\s*\[|\baddHook\(|\bbefore_request\b|\b[mM]iddlewares?\b|\b\w+\.(?:use|Use|With|layer|route_layer|wrap|wrap_fn|AddEndpointFilter|RequireAuthorization|RequireHost)\(\s*(?!\)|express\.|bodyParser|cors|helmet|morgan|compression|["'`]|\w*[jJ]son|\w*[lL]ogger|Trace|Compress)|@Public\(|\bpreHandler\b|\bonRequest\b|@requires?_|@\w*auth|@(?:PreAuthorize|Secured|RolesAllowed|Authenticated|UseInterceptors|UseGuards|NameBinding)\b|\[(?:Authorize|ServiceFilter|TypeFilter|\w*(?:Auth|Signature|Verif|Hmac|Secret|Signed)\w*)\b|\bauthenticate\(|\bintercept\(|\binstall\(\s*(?!RequestBodyLimit|ContentNegotiation|CallLogging|DoubleReceive|StatusPages|RateLimit)|\bFilter\b|_classes\s*=\s*[[(]\s*(?!AllowAny|permissions\.AllowAny)\w/
/** Filters of Rails that run before an action; those that are taken away do not count. */
const FILTER = /^[ \t]*(?:prepend_|append_)?(?:before|around)_action\b(?!.{0,80}\bset_locale\b)/m
/** What a comment says about a sender that somebody looks at, or why nobody does. */
const SAID =
  /(?:^|\s)(?:\/\/|#|\/?\*).{0,200}\b(?:signed|signatures?|verif\w+|h?mac|authenticat\w+|secret|gateway|firewall|mtls|vpn|internal|allow-?list|ip range)/im
/** Addresses at which only one's own systems or tests knock, or which nobody can guess. */
const NOT_PUBLIC =
  /\/_\/|(?:^|[^a-z])(?:internal|mocks?|tests?|demo|examples?|simulat\w*|sandbox|debug|dev|cron|admin)(?:[^a-z]|$)|[:{<]\w*(?:secret|token|key|uuid|hash|hook)/i
/** The name of a place by which others deliver. */
const HOOK_PLACE = /web-?_?hook|(?:^|[/_.\s:-])hooks?(?:[/_.\s:-]|$)/i

/**
 * A handler of deliveries from somebody of whom it is not known that he signs, which looks at
 * nothing that tells who sent them.
 */
export const webhookSenderUnchecked: Judgement = {
  names: ['handler'],
  judge: (view) =>
    webhookHandlers(view)
      .filter((handler) => isOpen(view, handler))
      .map((handler) =>
        observe(view, handler.fact, {
          line: lineOf(view, handler),
          endLine: lineOf(view, handler),
          range: handler.body,
          symbol: handler.fact.captures['name'] ?? handler.label,
          provider: handler.provider,
          names: { handler: handler.label },
          evidence: bodyLines(view, handler),
        }),
      ),
}

function isOpen(view: View, handler: WebhookHandler): boolean {
  // Who signs is told of in its own words by another rule; who does not cannot be checked so.
  if (handler.provider !== null && handler.provider.signsWebhooks !== null) return false
  const { file } = view
  if (NOT_PUBLIC.test(`${handler.label} ${file.path.replace(/(?:^|\/)internal\//g, '/')}`))
    return false
  if (!isHookPlace(view, handler) || !takesBody(view, handler) || !acts(handler)) return false
  const text = withoutFields(handler.text).replace(PLAIN_HEADER, 'PLAIN').replace(READS_HEADER, '')
  if (KNOWS_CALLER.test(text) || ASKS_AGAIN.test(text) || DEPENDS_ON.test(text)) return false
  if (takesOnlyId(text)) return false
  return !isGuardedHere(view) && !hasCheckingMiddleware(view) && isUnverified(view, handler)
}

/** Whether nothing but an id is taken of what arrived: what it stands for is asked of its owner. */
function takesOnlyId(text: string): boolean {
  const fields = [...text.matchAll(TAKEN)].map((match) => match.slice(1).find(Boolean) ?? '')
  return fields.length > 0 && fields.every((field) => /^(?:payment_?|order_?)?id$/i.test(field))
}

/** Something in the file stands before its handlers, or a comment tells who looks at senders. */
function isGuardedHere({ file: { text } }: View): boolean {
  return RUNS_BEFORE.test(text) || FILTER.test(text) || SAID.test(text)
}

/** Whether a route, or the file without one, is named for what others deliver. */
function isHookPlace({ file }: View, { fact, label, provider }: WebhookHandler): boolean {
  if (provider !== null || isScript(file.language) || isPython(file)) return true
  const path = `${fact.captures['prefix'] ?? ''}/${fact.captures['path'] ?? ''}`.replace(
    /["'`]/g,
    '',
  )
  return HOOK_PLACE.test(fact.kind === 'route-handler' ? `${path} ${label}` : file.path)
}

/** Whether anything is done but to read, log and answer. */
function acts({ text }: WebhookHandler): boolean {
  if (/\.(?:status|state|paid)\s*=[^=]|\w!(?=[\s(})]|$)|\bperform_(?:later|async)\b/im.test(text))
    return true
  return [...text.matchAll(/(?:\.|->|::|\b)([A-Za-z_]\w*)[!?]?\s*\(/g)].some(
    ([, name = '']) => !IDLE.test(name),
  )
}

/** The body is read by the handler, or handed to it as a model by FastAPI. */
function takesBody(view: View, handler: WebhookHandler): boolean {
  if (readsBody(view, handler)) return true
  if (!isPython(view.file)) return false
  if (/\bevent\[["']body["']\]|\bevent\.get\(["']body["']/.test(handler.text)) return true
  return (
    factsOf(view.file, 'route-handler').some((route) => within(handler.body, route)) &&
    /\bdef\s+\w+\([^)]{0,300}\b\w*(?:payload|body|event|data|notification|message|update)\w*\s*:\s*[A-Z]\w+/.test(
      handler.text,
    )
  )
}
