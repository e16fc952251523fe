import { factsOf, isPython } from '#core/rules/code'
import { isUnverified, lineOf, readsBody } from '#core/rules/judge-webhook-signature'
import type { Judgement, View } from '#core/rules/observation'
import { observe } from '#core/rules/observe'
import { type WebhookHandler, webhookHandlers } from '#core/rules/webhooks'

/** Something is changed because of what the request says. */
const CHANGES =
  /\.(?:save|commit|update|insert|create|upsert|mark|confirm|complete|approve|cancel|apply|activate|credit|book)(?:[A-Z_]\w*)?\(|\.set(?:[A-Z_]\w*)?\(|\.(?:status|state|paid)\s*=[^=]/
/** The caller is told from others by something else than a signature, or the event is asked for again. */
const KNOWS_CALLER =
  /\bheaders?\b|["'`]x-|\b(?:req|request|c\.req)\.(?:get|header)\(|get_?[sS]erver_?[sS]ession|\bauth\w*\b|current_?user|\b(?:req|request)\.user\b|cookies?|remote_?addr|\b(?:req|request)\.ip\b|api_?key|permission|\bretrieve\w*\(|\bfetch\w*\(|\bget(?:Payment|Order|Event|Transaction|Status)\w*\(|\bpassword\b|\bsession_?id\b|nonce|checksum|\bhash\b|\bsign\b|signed\w*\(|sign\w*_ok\b|\.safe_?key|\badmin\b/i
/** Dependencies of FastAPI that give a connection or a service, not a caller. */
const DEPENDS_ON =
  /\bDepends\(\s*(?!\w*(?:db|session|settings|config|repo|service|uow|queue|client|conn|store)\w*\b)/i
/** Something that runs before the handlers of a file, which may look at the caller. */
const RUNS_BEFORE =
  /\bdependencies\s*=\s*\[|\baddHook\(|\bbefore_request\b|\b[mM]iddlewares?\b|\b\w+\.use\(\s*(?!express\.|bodyParser|cors|helmet|morgan|compression|["'`]|\w*[jJ]son|\w*[lL]ogger)|@Public\(|\bpreHandler\b|\bonRequest\b|_classes\s*=|@requires?_|@\w*auth/
/** Addresses at which only one's own systems or tests knock, or which nobody can guess. */
const NOT_PUBLIC =
  /internal|mock|test|demo|example|simulat|sandbox|debug|\bdev\b|cron|admin|[:{<]\w*(?:secret|token|key|uuid|hash|hook)/i

/** A webhook handler of any sender that changes something, and looks at nothing that tells who sent it. */
export const webhookOpen: Judgement = {
  names: ['handler'],
  judge: (view) =>
    webhookHandlers(view)
      .filter((handler) => handler.provider === null && isOpen(view, handler))
      .map((handler) =>
        observe(view, handler.fact, {
          line: lineOf(view, handler),
          endLine: lineOf(view, handler),
          range: handler.body,
          symbol: handler.fact.captures['name'] ?? handler.label,
          provider: null,
          names: { handler: handler.label },
        }),
      ),
}

function isOpen(view: View, handler: WebhookHandler): boolean {
  const { file } = view
  if (NOT_PUBLIC.test(`${handler.label} ${file.path}`)) return false
  if (!takesBody(view, handler) || !CHANGES.test(handler.text)) return false
  if (KNOWS_CALLER.test(handler.text) || DEPENDS_ON.test(handler.text)) return false
  return !RUNS_BEFORE.test(file.text) && isUnverified(view, handler)
}

/** The body is read by the handler, or handed to it as a model by FastAPI. */
function takesBody(view: View, handler: WebhookHandler): boolean {
  if (readsBody(view, handler)) return true
  if (!isPython(view.file) || factsOf(view.file, 'route-handler').length === 0) return false
  return /\bdef\s+\w+\([^)]{0,300}\b(?:payload|body|event|data|notification|message|update)\s*:\s*[A-Z]\w+/.test(
    handler.text,
  )
}
