import type { Language } from '#core/facts/fact'

/** Things that a handler does on a delivery's way. */
export const MOMENTS = [
  /** Takes the exact bytes of the body. */
  'raw',
  /** Takes the body as a value. */
  'parse',
  'verify',
  'window',
  /** Takes an event for itself in one step; the second try fails. */
  'claim',
  /** Asks whether an event was seen. */
  'look',
  /** Gives a claim back. */
  'release',
  /** Keeps something beyond the process. */
  'store',
  /** Hands the work to a worker by a queue that outlives the process. */
  'enqueue',
  'acknowledge',
  /** Does what the event stands for. */
  'process',
  'dead-letter',
] as const
export type MomentKind = (typeof MOMENTS)[number]

/** How a moment shows itself in code. */
export interface MomentSign {
  readonly kind: MomentKind
  /** `code` is without strings and comments, `text` without comments alone. */
  readonly within: 'code' | 'text'
  readonly languages?: readonly Language[]
  readonly pattern: RegExp
}

const SCRIPTS = ['typescript', 'tsx', 'javascript'] as const
const JVM = ['java', 'kotlin'] as const

const RAW: readonly MomentSign[] = [
  {
    kind: 'raw',
    within: 'code',
    languages: SCRIPTS,
    pattern:
      /\b(?:express|bodyParser)\.raw\(|\braw\(\s*\{|\b\w*(?:rawBody|raw_body|RawBody)\w*\b|\b(?:req|request|c\.req|ctx\.req|ctx\.request|context\.request)(?:\.\w+)?\.(?:text|arrayBuffer|blob)\(\)|\bgetRawBody\(|\bbuffer\(\s*(?:req|request)\b|\bparseAs\b|\bfor await \(const \w+ of (?:req|request)\b|\b(?:event|evt)\.body\b|\b(?:req|request)\.on\(/g,
  },
  {
    kind: 'raw',
    within: 'text',
    languages: ['python'],
    pattern:
      /\brequest\.(?:body|data|get_data\(|stream|raw)\b|\bawait request\.body\(\)|\bevent(?:\[["']body["']\]|\.get\(["']body["'])/g,
  },
  {
    kind: 'raw',
    within: 'code',
    languages: ['go'],
    pattern: /\b(?:io|ioutil)\.ReadAll\(|\.GetRawData\(|\bValidatePayload\w*\(|\.Body\(\)/g,
  },
  {
    kind: 'raw',
    within: 'code',
    languages: ['ruby'],
    pattern: /\brequest\.(?:raw_post|body(?:\.(?:read|string|tap))?)\b/g,
  },
  {
    kind: 'raw',
    within: 'text',
    languages: ['php'],
    pattern: /php:\/\/input|->getContent\(|->getBody\(/g,
  },
  {
    kind: 'raw',
    within: 'code',
    languages: JVM,
    pattern:
      /@RequestBody\b[^,)]{0,60}\b(?:String|byte\[\]|ByteArray)\b|\breceive(?:Text|Stream)?\b(?:<(?:String|ByteArray)>)?\(\)|\breceiveText\(|\.getInputStream\(|\.getReader\(|\.inputStream\b|\bContentCachingRequestWrapper\b|\w*[cC]achedBody\w*|HttpEntity<String>|\brawBody\b/g,
  },
  {
    kind: 'raw',
    within: 'code',
    languages: ['csharp'],
    pattern:
      /\bRequest\.Body\b|\bStreamReader\(|\bReadToEndAsync\(|\bBodyReader\b|\[FromBody\]\s*(?:string|byte\[\])|\brawBody\b/g,
  },
  {
    kind: 'raw',
    within: 'code',
    languages: ['rust'],
    pattern: /:\s*(?:web::)?Bytes\b|\bbody:\s*String\b|\bto_bytes\(/g,
  },
]

const PARSE: readonly MomentSign[] = [
  {
    kind: 'parse',
    within: 'code',
    languages: SCRIPTS,
    pattern:
      /\b(?:req|request|ctx\.request)\.body\b|\bJSON\.parse\(|\b(?:req|request|c\.req)\.json\(\)|\.safeParse\(|@Body\(/g,
  },
  {
    kind: 'parse',
    within: 'code',
    languages: ['python'],
    pattern: /\bjson\.loads\(|\brequest\.(?:json|get_json|POST|form)\b|\bmodel_validate/g,
  },
  {
    kind: 'parse',
    within: 'code',
    languages: ['go'],
    pattern: /\bjson\.(?:Unmarshal|NewDecoder)\(|\.(?:ShouldBind\w*|BindJSON|Bind)\(/g,
  },
  { kind: 'parse', within: 'code', languages: ['ruby'], pattern: /\bJSON\.parse\b|\bparams\[/g },
  {
    kind: 'parse',
    within: 'code',
    languages: ['php'],
    pattern: /\bjson_decode\(|\$request->(?:all|input|json|post|get)\(|\$_POST\b/g,
  },
  {
    kind: 'parse',
    within: 'code',
    languages: JVM,
    pattern: /\.readValue\(|\.readTree\(|\bdecodeFromString\b|@RequestBody\s+(?!String|byte)[A-Z]/g,
  },
  {
    kind: 'parse',
    within: 'code',
    languages: ['csharp'],
    pattern:
      /\bJsonSerializer\.Deserialize|\bJsonDocument\.Parse|\bReadFromJsonAsync|\[FromBody\]\s*(?!string)[A-Z]/g,
  },
  {
    kind: 'parse',
    within: 'code',
    languages: ['rust'],
    pattern: /\bserde_json::from_(?:slice|str)|\bJson\(/g,
  },
]

const VERIFY: readonly MomentSign[] = [
  {
    kind: 'verify',
    within: 'code',
    pattern:
      /\bconstruct_?[eE]vent(?:_?[aA]sync)?\(|\bConstructEvent\w*\(|\btimingSafeEqual\(|\btiming_?safe_?[eE]quals?\w*\(|\bcompare_digest\(|\bconstant_time_compare\(|\bhash_equals\(|\bsecure_?[cC]ompare\w*[ (]|\bhmac\.Equal\(|\bsubtle\.ConstantTimeCompare\(|\bMessageDigest\.isEqual\(|\bFixedTimeEquals\(|\bvalidate(?:Payload|Signature|Request|Webhook)\w*\(|\bValidate(?:Payload|Signature)\w*\(|\b[vV]erify_?(?:[wW]ebhook|[sS]ignature|[rR]equest|[hH]mac|[pP]ayload)\w*\b[(\s]|\bverify_slice\(|\bunwrap\(\s*(?:raw|body|payload)|\bRequestValidator\b|\b[vV]erif(?:y|ier)\.(?:verify|validate|isValid)\w*\(|\.verify\(/g,
  },
]

const WINDOW: readonly MomentSign[] = [
  {
    kind: 'window',
    within: 'code',
    pattern:
      /\b\w*(?:tolerance|TOLERANCE|max_?age|MAX_?AGE|maxSkew|MAX_?SKEW|max_?drift|MAX_?DRIFT|clock_?skew|replay_?window|REPLAY_?WINDOW|too_?old|TooOld|isStale|is_stale|expired\?)\w*\b|\b(?:abs|Abs)\w*\(\s*[^;\n]{0,80}(?:now|time|Time|Date|Instant|ts|stamp)[^;\n]{0,80}|\b(?:now|time\.time|Date\.now|Time\.now|Time\.current|Instant\.now|time\.Since|Utc::now|UtcNow)\b\(?\)?[^;\n]{0,60}-[^;\n]{0,60}(?:[<>]|\.abs)|\btime\.Since\(|\bDuration\.between\(/g,
  },
]

const DEDUPE: readonly MomentSign[] = [
  {
    kind: 'claim',
    within: 'text',
    pattern:
      /\bon\s+conflict\b|\binsert\s+(?:or\s+)?ignore\b|\bon\s+duplicate\s+key\b|\bskipDuplicates\b|\bignore_conflicts\b|\bsetnx\b|\bSetNX\b|\b(?:get|find|first)_?[oO]r_?[cC]reate\w*|\bcreate_or_find_by\b|\binsertOrIgnore\b|\binsert_all\b|\bfirstOrCreate\b|["']NX["']|\bnx\s*[=:]\s*(?:True|true)|\bnx:\s*true|\bsetIfAbsent\b|\bputIfAbsent\b|\battribute_not_exists\b|\bIF NOT EXISTS\b|\bWhen\.NotExists\b|\bunless_exist:\s*true|\bCache::add\(|\bcache\.add\(|\b(?:claim|tryClaim|try_claim|reserve|markOnce|firstTime|first_time|acquire)\w*\(/gi,
  },
  {
    kind: 'claim',
    within: 'text',
    pattern:
      /\bP2002\b|\b23505\b|\bIntegrityError\b|\bUniqueViolation\w*|\bRecordNotUnique\b|\bUniqueConstraint\w*Exception\b|\bDuplicateKey\w*|\b11000\b|\bDataIntegrityViolationException\b|\bQueryException\b|\bDbUpdateException\b|\bis_unique_violation\b|\bisDuplicate\w*\(|\bErrDuplicate\w*|\bconflict\b/g,
  },
  {
    kind: 'look',
    within: 'text',
    pattern:
      /\b(?:already|seen|processed|duplicate|handled|exists|isProcessed|wasProcessed|alreadyHandled|hasSeen|is_duplicate|was_seen)\w*\??\s*(?:\(|=|\)|\{|:)|\b(?:find(?:First|Unique|One|_by|_one|ById)\w*|exists\??|existsBy\w*|exist|where)\b[^\n;]{0,80}\b(?:event|delivery|webhook|message|notification|idempot)\w*[_.]?(?:id|key|Id|ID)?/gi,
  },
  {
    kind: 'release',
    within: 'code',
    pattern:
      /\b(?:release|unclaim|giveBack|give_back|forget|del|delete|destroy|remove|rollback|Del|Release|Delete)\w*\b[^\n;]{0,80}\b(?:claim|event|delivery|key|dedupe|seen|idempot|lock)\w*/gi,
  },
]

const STORE: readonly MomentSign[] = [
  {
    kind: 'enqueue',
    within: 'code',
    pattern:
      /\b\w*(?:[qQ]ueue|[jJ]obs?|[pP]roducer|[pP]ublisher|inngest|boss)\w*\.(?:add|send|push|put|publish|enqueue|produce|schedule|insert)\w*\(|\.(?:perform_later|perform_async|perform_in|delay|apply_async|enqueue\w*|Enqueue\w*|sendToQueue|send_task|publish\w*|Publish\w*|dispatch|SendMessage\w*|send_message|convertAndSend|sendMessage|LPush|RPush|lpush|rpush|XAdd|xadd)\(|\bnew\s+SendMessageCommand\(|::dispatch\(|\bdispatch\(\s*new\b|\bBackgroundJob\.Enqueue|\bKafkaTemplate\b|\bkafkaTemplate\.send\(|\brabbitTemplate\.\w+\(|\benqueue\w*\(|\.perform_(?:later|async)\b/g,
  },
  {
    kind: 'store',
    within: 'code',
    languages: JVM,
    pattern:
      /\b\w*(?:[rR]epository|[rR]epo|[dD]ao|[sS]tore|jdbcTemplate|entityManager|em)\.(?:save\w*|insert\w*|update\w*|persist|merge|execute|upsert\w*|create\w*|record\w*|mark\w*)\(|\binsertInto\b|\.insert\s*\{|\btransaction\s*\{/g,
  },
  {
    kind: 'store',
    within: 'code',
    languages: ['csharp'],
    pattern:
      /\bSaveChanges(?:Async)?\(|\bExecuteSql\w*\(|\bExecute(?:Async)?\(|\b_?\w*(?:[rR]epository|[sS]tore|[iI]nbox)\.(?:Save|Insert|Add|Update|Record|Mark|Upsert)\w*\(/g,
  },
]

const ANSWER: readonly MomentSign[] = [
  {
    kind: 'acknowledge',
    within: 'text',
    languages: SCRIPTS,
    pattern:
      /\b(?:res|response|reply|rep)\b(?:\s*\.\s*(?:status|code)\(\s*20\d\s*\))?\s*\.\s*(?:send|json|end|sendStatus)\(\s*(?!\s*[345]\d\d)|\bctx\.(?:status\s*=\s*20\d|body\s*=)|\breturn\s+(?:new\s+(?:Next)?Response\(|(?:Next)?Response\.json\(|c\.(?:json|text|body)\()(?![^;]{0,160}\b[345]\d\d\b)|\bstatusCode:\s*20\d|\breturn\s+\{\s*(?:received|ok|success|status|accepted)\b/g,
  },
  {
    kind: 'acknowledge',
    within: 'text',
    languages: ['python'],
    pattern:
      /\breturn\s+(?:(?:Http|Json|JSON|Plain)?Response\(|make_response\(|jsonify\(|\{|"[^"]{0,40}"|'[^']{0,40}'|\(?\s*""|'')(?![^\n]{0,160}\b(?:[345]\d\d|status=4|status=5|HTTP_[45]))/g,
  },
  {
    kind: 'acknowledge',
    within: 'code',
    languages: ['go'],
    pattern:
      /\bWriteHeader\(\s*http\.Status(?:OK|Accepted|NoContent|Created)|\bc\.(?:Status|JSON|String|NoContent|AbortWithStatus)\(\s*http\.Status(?:OK|Accepted|NoContent|Created)|\bWriteHeader\(\s*20\d|\bw\.Write\(|\bc\.SendStatus\(/g,
  },
  {
    kind: 'acknowledge',
    within: 'text',
    languages: ['ruby'],
    pattern:
      /\bhead\s+:?(?:ok|no_content|accepted|created|20\d)\b|\brender\s+(?:json|plain|status|nothing)[^\n]*\b(?:ok|accepted|20\d)\b|\brender\s+json:(?![^\n]*status:)|^\s*(?:status\s+)?20\d\s*$|\bhalt\s+20\d|^\s*\[\s*20\d\b/gm,
  },
  {
    kind: 'acknowledge',
    within: 'text',
    languages: ['php'],
    pattern:
      /\breturn\s+(?:response\(|new\s+(?:\w*\\)?(?:Json)?Response\(|\$response\b|\$this->(?:json|ok|respond)\()(?![^;]{0,200}\b[345]\d\d\b)|\bhttp_response_code\(\s*20\d/g,
  },
  {
    kind: 'acknowledge',
    within: 'code',
    languages: JVM,
    pattern:
      /\bResponseEntity\s*\.\s*(?:ok|accepted|noContent|status\(\s*(?:HttpStatus\.(?:OK|ACCEPTED|NO_CONTENT)|20\d))|\bResponse\s*\.\s*(?:ok|accepted|noContent)|\brespond(?:Text)?\(\s*HttpStatusCode\.(?:OK|Accepted|NoContent)|\.setStatus\(\s*(?:20\d|HttpServletResponse\.SC_OK)|\bServerResponse\.ok/g,
  },
  {
    kind: 'acknowledge',
    within: 'code',
    languages: ['csharp'],
    pattern:
      /\breturn\s+(?:await\s+)?(?:Results\.|TypedResults\.)?(?:Ok|Accepted|NoContent)\(|\bStatusCode\s*=\s*(?:20\d|StatusCodes\.Status20)|\bStatusCode\(\s*(?:20\d|StatusCodes\.Status20)|=>\s*Results\.Ok/g,
  },
  {
    kind: 'acknowledge',
    within: 'code',
    languages: ['rust'],
    pattern:
      /\bStatusCode::(?:OK|ACCEPTED|NO_CONTENT)\b|\bHttpResponse::(?:Ok|Accepted|NoContent)\(/g,
  },
]

const WORK: readonly MomentSign[] = [
  {
    kind: 'process',
    within: 'code',
    pattern:
      /\b(?:(?:this|self|svc|s|h)\.)?(?:\w+(?:\.|->|::))*_?(?:process|handle|fulfil|fulfill|apply|provision|activate|sync|notify|settle|credit|ship|charge|refund|send|deliver|grant|revoke|suspend|complete|execute|run|onboard|reconcile|route|dispatch|on)(?:_?[A-Z_a-z]\w*)?\s*\(/g,
  },
]

const DEAD: readonly MomentSign[] = [
  {
    kind: 'dead-letter',
    within: 'text',
    pattern:
      /\bdead_?-?letter\w*|\bDeadLetter\w*|\bdlq\w*|\w*(?:Dlq|DLQ)\b|\bredrive\w*|\bmaxReceiveCount\b|\bfailed_?(?:jobs|events?|webhooks?|deliver\w*|messages?)\b|\bFailed(?:Event|Webhook|Delivery|Job|Message)\w*|\bfailed(?:Event|Webhook|Deliver|Message)\w*|\bretries_exhausted\b|\bsidekiq_retries_exhausted\b|\bstatus\w*["']?\s*(?:[:=]|=>)\s*["':]*(?:failed|dead|errored|FAILED|DEAD|Failed|quarantined)\b|\bparking_?lot\b|\bpoison\w*|\bquarantine\w*|\bmark_?[aA]?s?_?[fF]ailed\w*\(|\bMarkFailed\w*\(|\bset_?[fF]ailed\w*\(|\bfunction\s+failed\(|\bdiscard_on\b|\bfailure_?[lL]og\b/g,
  },
]

/** Everything that is looked for in the code that a delivery runs through. */
export const DELIVERY_SIGNS: readonly MomentSign[] = [
  ...RAW,
  ...PARSE,
  ...VERIFY,
  ...WINDOW,
  ...DEDUPE,
  ...STORE,
  ...ANSWER,
  ...WORK,
  ...DEAD,
]
