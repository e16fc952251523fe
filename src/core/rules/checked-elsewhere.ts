import type { Fact, Language } from '#core/facts/fact'
import { type CodeFile, factsOf, functionAround } from '#core/rules/code'
import { withoutComments } from '#core/rules/code-text'
import type { View } from '#core/rules/observation'
import type { WebhookHandler } from '#core/rules/webhooks'

/** Headers that say what arrived, not who sent it. */
export const PLAIN_HEADER =
  /["'][\w-]*(?:event|topic|delivery|domain|content[-_]type|user[-_]agent|[-_]id)["']/gi
const HEADER =
  /\brequest\.(?:headers?|env)\s*(?:(?:\[|\.(?:fetch|dig)\(|\()\s*["'\w]|[,)]|\.(?!fetch|dig))|->headers?\(\s*["'$]|->headers(?:->get\(\s*["'$]|->all\(|\s*[,)])|->getHeader(?:Line)?\(\s*["'$]|\$_SERVER\[\s*["']HTTP_|\bgetallheaders\(/
/**
 * The whole request, handed to an object whose class is named elsewhere, as injected services are;
 * or the event fetched again from the provider, which proves it as well.
 */
const TO_A_SERVICE =
  /[(,]\s*(?:this\.)?(?:request|req|servletRequest|http(?:Servlet)?Request|headers|httpHeaders|context|ctx|httpContext|HttpContext|Request|Request\.Headers|exchange|call)\s*[,)]|\bEvent\.retrieve\(|\b_?[eE]ventService\b/
/** The request as a whole, handed on: who takes it can look at its headers. */
const HANDED_ON: Readonly<Partial<Record<Language, RegExp>>> = {
  ruby: /[\w)]\s*[(,]\s*request\s*[,)]|\brequest:\s*request\b|\w \s*request\s*$/m,
  php: /[(,]\s*\$(?:this->)?request\s*[,)]/,
  java: TO_A_SERVICE,
  kotlin: TO_A_SERVICE,
  csharp: TO_A_SERVICE,
}

/**
 * Whether who sent the request may be looked at where it cannot be seen from here: by code that is
 * handed the request or its headers, or by middleware in the routes of a framework.
 */
export function mayBeCheckedElsewhere(view: View, handler: WebhookHandler): boolean {
  const { language } = view.file
  if (isCheckedByMiddleware(view, handler) || isOfWebhookClient(view.file)) return true
  if (language === 'go' || language === 'rust') return handsToUnseen(view, handler)
  if (signsInBody(handler) && HANDS_BODY[language]?.test(handler.text)) return true
  const handed = HANDED_ON[language]
  if (handed === TO_A_SERVICE) return handed.test(handler.text)
  if (handed === undefined) return false
  const text = handler.text.replace(PLAIN_HEADER, '')
  if (HEADER.test(text) || handed.test(withoutSignature(text))) return true
  return language === 'php' && mayHaveMiddleware(view, handler)
}

const OF_CLIENT =
  /\buse\s+\\?Spatie\\WebhookClient\\[\w\\]{0,80}?(\w{1,60})(?:\s+as\s+(\w{1,60}))?\s*;/g

/**
 * A class that Laravel's webhook client runs: it asks the validator of its settings before anything
 * else (https://github.com/spatie/laravel-webhook-client/blob/main/src/WebhookProcessor.php).
 */
function isOfWebhookClient({ language, text }: CodeFile): boolean {
  if (language !== 'php' || !text.includes('WebhookClient')) return false
  const code = withoutComments(text, language)
  return [...code.matchAll(OF_CLIENT)].some(([, name = '', other]) =>
    new RegExp(`\\b(?:implements|extends)\\s[^{]{0,160}\\b${other ?? name}\\b`).test(code),
  )
}

/** A provider that signs, and in no header that is known: the signature may stand in the body. */
function signsInBody({ provider }: WebhookHandler): boolean {
  return provider?.signsWebhooks === true && provider.signatureHeader === null
}

const HANDS_BODY: Readonly<Partial<Record<Language, RegExp>>> = {
  ruby: /\b[A-Z][\w:]*\.(?:call|new|perform\w*)\(/,
  php: /(?:->|::)\w+\(\s*\$(?:payload|body|data|notification)\w*/,
}

/** What runs before the handlers, by how frameworks call it. */
const MIDDLEWARE =
  /\b(?:OncePerRequestFilter|HandlerInterceptor|ContainerRequestFilter|WebFilter|FilterRegistrationBean|IMiddleware|RequestDelegate|ActionFilterAttribute|IAsyncActionFilter|IAuthorizationFilter|AuthenticationHandler|BaseHTTPMiddleware|MiddlewareMixin|CanActivate|NestMiddleware)\b|\bimplements\s+(?:\w+,\s*)*Filter\b|function\s+handle\(\s*Request\s+\$request,\s*(?:\\?Closure\s+)?\$next|def\s+__call__\(self,\s*request|\bnext\s+http\.Handler\b|createRouteScopedPlugin|\bdef call\(env\)|\(\s*req\w*(?:\s*:[^,()]{1,60})?,\s*res\w*(?:\s*:[^,()]{1,60})?,\s*next\b|\breq(?:uest)?,\s*reply\b|\baddHook\(/

/** What stands before the first folder of sources is the same for one application. */
const ROOT = /^(.*?)(?:(?:app|apps|src|lib|internal|pkg|cmd|routes|public|config|server)\/|[^/]*$)/

/** Whether a file at hand is middleware that checks signatures, of this provider or of webhooks at all. */
function isCheckedByMiddleware({ code, file }: View, handler: WebhookHandler): boolean {
  const words = [handler.provider?.id, handler.provider?.name, handler.provider?.signatureHeader]
    .flatMap((word) => word?.toLowerCase() ?? [])
    .concat('webhook')
  const root = ROOT.exec(file.path)?.[1] ?? ''
  return [...code.files.values()].some((one) => {
    if (
      one === file ||
      !one.path.startsWith(root) ||
      one.language !== file.language ||
      !MIDDLEWARE.test(one.text)
    )
      return false
    const text = one.text.toLowerCase()
    return words.some((word) => text.includes(word)) && factsOf(one, 'signature-check').length > 0
  })
}

/** Whether any middleware at hand says that it looks at senders, whoever they are. */
export function hasCheckingMiddleware({ code, file }: View): boolean {
  const root = ROOT.exec(file.path)?.[1] ?? ''
  return [...code.files.values()].some(
    (one) =>
      one !== file &&
      one.path.startsWith(root) &&
      one.language === file.language &&
      (MIDDLEWARE.test(one.text) ||
        /SecurityFilterChain|\b[bB]efore_?[aA]ction\b/.test(one.text)) &&
      /sign(?:ed|ature)|h_?mac|verif|secret|authentic/i.test(one.text),
  )
}

/** What Go's own packages and routers do with a whole request verifies nobody. */
const HARMLESS =
  /^(?:Error|WebHookType|WebhookType|DeliveryID|HookEventType|EventType|(?:Schedule|Enqueue|Publish|Store|Save|Insert|Notify|Record|Log|Trace)\w*|Redirect|NotFound|MaxBytesReader|NewDecoder|Vars|URLParam\w*|DumpRequest|JSON|Render|JSONError|NewResponseController|WithValue|HandleFunc|Handle)$/
const WHOLE_REQUEST =
  /([\w]+)\(((?:[\w.*&]+,\s*)*(?:r|req|request|c|ctx\.Request|c\.Request|headers)(?:\.Header)?\s*(?:,[^()]*)?)\)/g

/** In Go and Rust a method of something that stands elsewhere may be given the request to verify. */
function handsToUnseen({ file }: View, handler: WebhookHandler): boolean {
  const own = new Set(
    factsOf(file, 'function').map((fact) => fact.captures['name'] ?? '(a closure)'),
  )
  return [...handler.text.matchAll(WHOLE_REQUEST)].some(
    ([, callee = '', args = ''], at) =>
      !own.has(callee) && !HARMLESS.test(callee) && !isContext(handler, args, at),
  )
}

/** Gin's and Fiber's request is a context too: with what was read from it, that is what it is. */
function isContext(handler: WebhookHandler, args: string, nth: number): boolean {
  const bound = /^(c|ctx),\s*&?\w/.exec(args)?.[1]
  if (bound === undefined) return false
  const at = [...handler.text.matchAll(WHOLE_REQUEST)][nth]?.index ?? 0
  return new RegExp(`\\b${bound}\\.(?:ShouldBind|Bind|BodyParser)\\w*\\(|\\bUnmarshal\\(`).test(
    handler.text.slice(0, at),
  )
}

/** The checks that Rails runs for this action: a filter may name the actions it is for. */
export function withoutOtherFilters(
  file: CodeFile,
  checks: readonly Fact[],
  { fact }: WebhookHandler,
): readonly Fact[] {
  if (file.language !== 'ruby') return checks
  const action = fact.captures['name'] ?? ''
  const others = checks.filter((check) => check.by === 'filter' && leavesOut(check.text, action))
  const methods = new Set(
    others.flatMap(({ args, text }) => /^:(\w+[?!]?)/.exec(args[0] ?? text)?.[1] ?? []),
  )
  return checks.filter((check) => {
    if (others.includes(check)) return false
    return !methods.has(functionAround(file, check)?.captures['name'] ?? '')
  })
}

function leavesOut(filter: string, action: string): boolean {
  const list = /\b(only|except):\s*(\[[^\]]*\]|%i\[[^\]]*\]|:\w+)/.exec(filter)
  if (list === null) return false
  const named = new RegExp(`\\b${RegExp.escape(action)}\\b`).test(list[2] ?? '')
  return list[1] === 'only' ? !named : named
}

/** The parameters of the handler itself hand nothing on. */
function withoutSignature(text: string): string {
  return text.replace(/^[^{]*\bfunction\b[^{]*\{/, '{')
}

/** Middleware that every route has, or that looks at no sender. */
const PLAIN_MIDDLEWARE = /["'](?:api|web|throttle[:\w,]*|bindings|cors|json)["']/g

/** Laravel's controllers are guarded in its route files; without the route nothing is certain. */
function mayHaveMiddleware({ code, file }: View, handler: WebhookHandler): boolean {
  if (handler.fact.kind !== 'webhook-function' || handler.fact.by !== 'action') return false
  const name = /(\w+)\.php$/.exec(file.path)?.[1] ?? ''
  const root = /^(.*?)(?:app|src)\//.exec(file.path)?.[1] ?? ''
  const routes = [...code.files.values()].filter(
    (one) => one.path.startsWith(root) && isRoutesOf(one, name),
  )
  // Without the routes, the controller's own middleware is all that can be known.
  if (routes.length === 0) return /\$this->middleware\(|HasMiddleware|#\[Middleware/.test(file.text)
  return routes.some((one) => {
    const text = withoutComments(one.text, one.language).replace(PLAIN_MIDDLEWARE, '')
    return /\b[mM]iddleware\b\s*(?:\(\s*(?!\s*\[?[\s,]*\]?\s*\))|["']?\s*=>)/.test(text)
  })
}

function isRoutesOf({ path, text }: CodeFile, controller: string): boolean {
  return /(?:^|\/)[rR]outes\/[\w/-]+\.php$/.test(path) && text.includes(controller)
}
