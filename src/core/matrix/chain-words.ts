import type { Chain } from '#core/matrix/chains'

const HARMLESS_HEAD =
  /^(?:\$?this(?:\.|->)|self\.|@{1,2}|\$)*_?(?:\w+(?:\.|->|::))*_?(?:log|logger|logging|console|slog|Log|tracing|span|tracer|metrics?|statsd|Sentry|sentry|newrelic|NewRelic|Honeybadger|Bugsnag|crypto|subtle|hmac|HMAC|hashlib|Buffer|JSON|json|Math|Object|Array|String|Number|BigInt|Uint8Array|Error|errors|fmt|strings|strconv|hex|base64|Base64|bytes|binascii|util|path|assert|expect|encoder|decoder|mac|hasher|Instant|Duration|DateTime|DateTimeOffset|Time|Date|datetime|timezone|timedelta|Carbon|CarbonImmutable|LoggerFactory|Collections|Arrays|Objects|Optional|List|Map|Set|Stream|StreamReader|Encoding|Convert|JsonSerializer|JsonDocument|serde_json|time|Thread|asyncio|Rack|OpenSSL|ActiveSupport|SecurityUtils|MessageDigest|Mac|Hex|Str|Arr|response|NextResponse|Response|HttpResponse|JsonResponse|ResponseEntity|Results|TypedResults|res|resp|reply|ctx|c|w|rw|writer|headers?|req|request|r|Request|url|uri|URL|params|mapper|objectMapper|ObjectMapper|settings|config|env|os|process|Rails|ENV|app|router|fastify|server|mux|bp|blueprint|api|schema|z|validator|parser)(?:\.|->|::|$)(?:[\w?!]*|(?:app|rep|res)\.\w*)$/
const HARMLESS_NAMES =
  /^(?:next|done|callback|cb|resolve|reject|abort\w*|halt|raise|throw|fail|report|rescue|retry|sleep|Sleep|setTimeout|clearTimeout|close\w*|Close\w*|connect|open|begin\w*|Begin\w*|BeginTx|rollback\w*|Rollback\w*|commit\w*|Commit\w*|release|transaction|\$transaction|atomic|newSuspendedTransaction|in_transaction|with_lock|lock|unlock|Lock|Unlock|wait|Wait|Delay|StartProcessing\w*|StopProcessing\w*|start_?[cC]onsuming|cancel|defer|ack|nack|basicAck|basicNack|basicQos|Ack|Nack|ackAll|acknowledge|complete_message|CompleteMessage\w*|AbandonMessage\w*|delete_message|DeleteMessage\w*|each|map|forEach|filter|reduce|flatMap|sort\w*|join|split|slice|trim\w*|push|append|concat|includes?\??|contains\w*|has|keys|values|entries|toString|to_s|to_i|to_h|to_sym|to_json|decode\w*|encode\w*|Marshal|Unmarshal|parse\w*|loads|dumps|stringify|json|text|arrayBuffer|digest|hexdigest|update_digest|verify\w*|validate\w*|isValid\w*|checkSignature|assert\w*|expect|print(?:f|ln|_r|_exc)?|puts|echo|len|count|size|min|max|abs|format|sprintf|Sprintf|Errorf|New|Is|As|Error|Abs|Since|Now|now|Err|Done|super|head|render\w*|redirect\w*|respond\w*|sendStatus|status|setStatus|sendError|setHeader|set_header|header|type|code|end|bind|Bind\w*|use|listen|on|once|off|get|post|put|delete|all|Get|Header|is_?\w+\?|\w+\?|require\w*|import|content_type|skip_\w+|before_action|after_action|rescue_from|protect_from_forgery|retry_on|discard_on|queue_as|sidekiq_options|sidekiq_retries_exhausted|with_options|field|jsonify|make_response|HttpResponse\w*|JsonResponse|JSONResponse|HTTPException|BadRequest\w*|Ok|NoContent|Unauthorized|Forbid|Accepted|StatusCode|Problem|Conflict|NotFound|ControllerBase|exit|freeze|dup|clone|tap|then|catch|finally|await|withContext|let|also|run|apply|using|with|yield|Some|None|super|captureException|capture_exception|notify_error|increment_metric|observe|inc|Inc|Observe|startSpan|setAttribute\w*|record_exception|recordException|info|warn|warning|debug|error|exception|trace|log\w*)$/
const READING =
  /^(?:get\w*|find\w*|fetch_?(?:one|all|optional|scalar|row|rows|val)|first\w*|first!|last|take|select\w*|Select\w*|where|filter\w*|query|Query\w*|QueryRow\w*|Scan|scan\w*|exists?\w*\??|Exists\w*|Find\w*|First\w*|Any\w*|Single\w*|count\w*|all|load\w*|lookup\w*|read\w*|Read\w*|list\w*|List\w*|pluck|of|resolve\w*|is[A-Z]\w*|has[A-Z]\w*|was[A-Z]\w*|should\w*|can[A-Z]\w*|to[A-Z]\w*|from[A-Z]\w*|build\w*|make\w*|map[A-Z]\w*|format\w*|parse\w*|extract\w*|compute\w*|calculate\w*|expected\w*|normali[sz]e\w*|create_?(?:hmac|hash|logger|client)\w*|new\w*|with[A-Z]\w*|render\w*|describe\w*|auth\w*|getenv|Getenv|lines?|constantize|classify)$/i

/** What concerns no delivery: logs, answers, values, transactions. */
export function isHarmless({ head, names }: Chain): boolean {
  if (HARMLESS_HEAD.test(head) && !/\.(?:env|DB|db|STOREFRONT|pg|executionCtx)\b/.test(head)) {
    return !/\b(?:redis|db|prisma|pg|queue|store|repo)\b/i.test(head)
  }
  return names.length === 0
}

/** Whether the last word of a chain says that it only reads. */
export function isReading({ names, text }: Chain): boolean {
  if (
    /\b(?:insert\s+(?:\w+\s+){0,2}into|update\s+[\w."`\\]+\s+(?:\w+\s+)?set|delete\s+from)\b/i.test(
      text,
    )
  )
    return false
  const last =
    names.findLast(
      (name) =>
        !/^(?:then|catch|await|expect|unwrap\w*|orElse\w*|throw|json|ok_or\w*|map_err)$/.test(name),
    ) ?? ''
  return (
    READING.test(last) &&
    !/^(?:get_or_create|find_or_create\w*|first_?or_?create\w*|findOrCreate|FirstOrCreate|find_?one_?and_?\w+|findAndModify|firstOrCreate)!?$/i.test(
      last,
    )
  )
}

const LAST_WORDS =
  /^(?:then|catch|finally|expect|unwrap\w*|orElse\w*|throw|retrieve|toBodilessEntity|block|subscribe|execute|await|ok_or\w*|map_err)$/
/** What is given away, and no lock or connection: it is said what of whom. */
const RELEASES = /\brelease\(\s*[^()\s,][^()]{0,120},/
/** Words that are work when something is named that does it. */
const WORK_OF_SOMEONE = /^(?:run|post|put|delete|push)$/
const NO_WORK_SQL =
  /\bselect\b[\s\S]{0,300}\bfrom\b|\(\s*(?:\w+\.)?select\(|["'`]\s*(?:BEGIN|COMMIT|ROLLBACK|SAVEPOINT|SET)\b/i

/** A call that may be the work that a delivery stands for, by what it is called and how it stands. */
export function mayBeWork(chain: Chain, isClient = false): boolean {
  const { names, alone, awaited, outermost, text, isMade } = chain
  if (!outermost || isMade || isHarmless(chain) || NO_WORK_SQL.test(text)) return false
  if (isReading(chain) && !isClient) return false
  const last = names.findLast((name) => !LAST_WORDS.test(name)) ?? names.at(-1) ?? ''
  if (!mayBeCalled(chain, last)) return false
  return alone || (isClient && (awaited || MAKES.test(last))) || WORK.test(last)
}

function mayBeCalled({ head, file, text }: Chain, last: string): boolean {
  if (head.startsWith('@') && file.language !== 'ruby') return false
  const isBare = head === last || !/[.:>]/.test(head)
  const isPlain = WORK_OF_SOMEONE.test(last) || (last === 'release' && RELEASES.test(text))
  if (isPlain && isBare) return false
  if (HARMLESS_NAMES.test(last) && !isPlain && last !== 'apply') return false
  // A row that is put into a session is written when the session is.
  if (/^(?:add|Add\w*|persist|prepare|attach)$/.test(last) && IN_SESSION.test(head)) return false
  // A thread is started, or a clock: what it runs is read in its function.
  if (/\b[sS]tart\(\)$/.test(text)) return false
  const isMadeThere = isBare && /^[A-Z]/.test(head)
  return !isMadeThere || file.language === 'go' || file.language === 'csharp'
}

const IN_SESSION = /\b(?:db|_?context|session|em|entityManager|\w*Context)\b/i

/** Words that make something at another system, where nothing says that it is waited for. */
const MAKES = /^(?:create|send|open|start|submit|register|book|issue|post)(?:_?[A-Z_a-z]\w*)?$/

const WORK =
  /^_?(?:process|handle|fulfil|fulfill|apply|provision|activate|sync|notify|settle|credit|ship|charge|refund|send|deliver|grant|revoke|suspend|complete|onboard|reconcile|roll_?out|advance|extend|release)(?:_?[A-Z_a-z]\w*)?$/i
