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
  /** Hands the work to something in the same process. */
  'beside',
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
      /\b(?:express|bodyParser)\.raw\(|\braw\(\s*\{|\b\w*(?:rawBody|raw_body|RawBody)\w*\b|\b(?:req|request|c\.req|ctx\.req|ctx\.request|context\.request)(?:\.\w+)?\.(?:text|arrayBuffer|blob)\(\)|\bgetRawBody\(|\b(?:req|request)\.body\??\.getReader\(|\bbuffer\(\s*(?:req|request)\b|\bparseAs\b|\bfor await \(const \w+ of (?:req|request)\b|\b(?:event|evt)\.body\b|\b(?:req|request)\.on\(/g,
  },
  {
    kind: 'raw',
    within: 'text',
    languages: ['python'],
    pattern:
      /\brequest\.(?:body|data|stream|raw)\b|\brequest\.get_data\(|\bawait request\.body\(\)|\bevent(?:\[["']body["']\]|\.get\(["']body["'])/g,
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
    languages: ['ruby'],
    pattern: /\[["']rack\.input["']\]\.(?:read|string)\b/g,
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
      /@RequestBody\b[^,)]{0,60}(?:\bString\b|\bbyte\s?\[\]|\bByteArray\b)|\breceive(?:Text|Stream)?\b(?:<(?:String|ByteArray)>)?\(\)|\breceiveText\(|\.getInputStream\(|\.getReader\(|\.inputStream\b|\bContentCachingRequestWrapper\b|\w*[cC]achedBody\w*|HttpEntity<String>|\brawBody\b/g,
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
      /\bconstruct_?[eE]vent(?:_?[aA]sync)?\(|\bConstructEvent\w*\(|\btimingSafeEqual\(|\btiming_?safe_?[eE]quals?\w*\(|\bcompare_digest\(|\bconstant_time_compare\(|\bhash_equals\(|\bsecure_?[cC]ompare\w*[ (]|\bhmac\.Equal\(|\bsubtle\.ConstantTimeCompare\(|\bMessageDigest\.isEqual\(|\bFixedTimeEquals\(|\bvalidate(?:Payload|Signature|Request|Webhook)\w*\(|\bValidate(?:Payload|Signature)\w*\(|\b[vV]erify_?(?:[wW]ebhook|[sS]ignature|[rR]equest|[hH]mac|[pP]ayload)\w*\b[(\s]|\bverify_slice\(|(?<![.\w])(?:verify|isValid|is_valid)\w*\([^)\n]{0,60}\b(?:signature|sig)\b|\bunwrap\(\s*(?:raw|body|payload)|\bparse_?[tT]hin_?[eE]vent\(|\bparse_?[eE]vent_?[nN]otification\(|\b[wW]ebhooks?\.(?:unmarshal|unwrap|parse|constructEvent|verify\w*)\(|\bRequestValidator\b|\b[vV]erif(?:y|ier)\.(?:verify|validate|isValid)\w*\(|\.verify\(/g,
  },
]

const WINDOW: readonly MomentSign[] = [
  {
    kind: 'window',
    within: 'code',
    pattern:
      /\b\w*(?:tolerance|TOLERANCE|max_?age|MAX_?AGE|maxSkew|MAX_?SKEW|max_?drift|MAX_?DRIFT|clock_?skew|replay_?window|REPLAY_?WINDOW|too_?old|TooOld|isStale|is_stale|expired\?)\w*\b(?!["']?\s*(?:=>?|:)\s*(?:None|null|nil|undefined|0|-1|false|False|Infinity)\b)|\b(?:abs|Abs)\w*\(\s*[^;\n]{0,80}(?:now|time|Time|Date|Instant|ts|stamp)[^;\n]{0,80}|\b(?:now|time\.time|Date\.now|Time\.now|Time\.current|Instant\.now|time\.Since|Utc::now|UtcNow)\b\(?\)?[^;\n]{0,60}-[^;\n]{0,60}(?:\s[<>]=?\s|\.abs)|\btime\.Since\(|\bDuration\.between\(/g,
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

/** What was computed or is kept, compared with what was sent. */
const COMPARED: readonly MomentSign[] = [
  {
    kind: 'verify',
    within: 'text',
    pattern:
      /(?:["'`][\w-]*(?:token|secret|signature|hmac)["'`]\s*[\])]+|\b\w*(?:[tT]oken|[sS]ecret|[sS]ignature|[hH]mac|[dD]igest))\s*(?:!==?|===?)\s*(?!\s*(?:null|nil|None|undefined|true|false|["'\d]))[\w.$>\-[\]"'():]{0,60}(?:[sS]ecret|SECRET|[tT]oken\b|TOKEN|_key\b|_KEY|[sS]ignature|[hH]mac|HMAC|[dD]igest|[eE]xpected|[cC]omputed|[pP]assword)/g,
  },
]

/** Checks that another system makes: PayPal looks at its own signature when it is asked. */
const ASKED: readonly MomentSign[] = [
  {
    kind: 'verify',
    within: 'text',
    pattern:
      /(?<!json:)["'`]verification_status["'`]|(?<=json:)"verification_status"(?![\s\S]{0,500}?[sS]tatus\s*[!=]=)|\b[vV]erification_?[sS]tatus\b\s*(?:!==?|===?|\.equals)|\.Status\s*[!=]=\s*"SUCCESS"(?<=verification_status[\s\S]{0,500})/g,
  },
]

/** Queues that are set up with a place for what fails for good. */
const SET_UP: readonly MomentSign[] = [
  {
    kind: 'dead-letter',
    within: 'text',
    pattern:
      /["']x-dead-letter-exchange["']|\bdeadLetter(?:Queue|Topic|Policy|Exchange)?\b\s*[:=]|\b[rR]edrivePolicy\b|\bmaxReceiveCount\b|\bdead_letter_(?:policy|queue|topic|exchange)\b\s*[:=]|\bDeadLetter(?:Policy|Topic)\b\s*[:=]|@DltHandler\b|\bDeadLetterPublishingRecoverer\b|\.deadLetterExchange\(/g,
  },
]

/** Everything that is looked for in the code that a delivery runs through. */
export const DELIVERY_SIGNS: readonly MomentSign[] = [
  ...RAW,
  ...PARSE,
  ...VERIFY,
  ...WINDOW,
  ...ANSWER,
  ...COMPARED,
  ...ASKED,
  ...SET_UP,
]
