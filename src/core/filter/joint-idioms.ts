import { type Hit, hitAt, type Sight } from '#core/filter/hit'
import { ROUTE_OBJECT } from '#core/filter/inbound-hits'
import type { CodeLine } from '#core/filter/read-lines'

/** Things that say nothing alone and much where they stand near each other. */
interface Joint {
  readonly sight: Sight
  /** Where to look. */
  readonly anchor: RegExp
  /** What must stand near it as well. */
  readonly near: readonly RegExp[]
  /** What would make it something else. */
  readonly unless?: RegExp
  /** How many lines away is near. */
  readonly within?: number
}

/** Something that happened elsewhere, as others tell of it. */
const EVENT =
  /(?<![\w.])\$?(?:event|evt|notification|callback|webhook|ipn)\b\s*(?:\[|\.get\(|->|\.type\b|\.action\b|\.data\b|\?\.|=\s*(?:await\s+)?(?:JSON\.parse|json\.loads|json_decode|req\b|request\b))|\bdef\s+(?:\w{0,40}_)?(?:notify|notification|callback|webhook|ipn|hook)\b/i
/** The body of a request, as who serves reads it. */
const READS_BODY =
  /\breq(?:uest)?\.(?:body|data|json|text|raw_post|rawBody|get_json|get_data|getContent)\b|\bphp:\/\/input\b|\bgetParsedBody\(|\bgetContent\(|\br\.Body\b|\bRequest\.Body\b|\breceive(?:Text|<)|@RequestBody\b|\[FromBody\]|\bc\.req\.(?:json|text)\(/
/** Whether an event is of one of the kinds that others name with dots: `invoice.paid`. */
const DISPATCH =
  /(?:\btype|\bevent|\baction|\btopic|["'](?:type|event|event_type|topic|action)["']\])\s*(?:={2,3}|\.equals\()\s*['"][a-z_]+[.:/][a-z_.:/]+['"]/
/** A case of such a kind. */
const KIND_CASE = /\b(?:case|when)\s+['"][a-z_]+(?:\.[a-z_]+){1,4}['"]/
const HMAC =
  /\bcreateHmac\b|\bhmac\.new\b|\bhmac\.New\b|\bHMAC\.(?:hex)?digest\b|\bhash_hmac\b|\bHMACSHA\d+\b|\bHmacSHA\d+\b|\bHmac(?:Sha\d+|<)/
const SAME =
  /timingSafeEqual|compare_digest|\bhmac\.Equal|secure_compare|hash_equals|FixedTimeEquals|MessageDigest\.isEqual|verify_slice|ConstantTimeCompare|fixed_length_secure_compare/
const SENT = /\b(?:raw_?[bB]ody|body|payload|webhook)\b/
const SIGNED = /\bsig\b|signature|header|webhook|digest/i
const OWN_SIGNED = /cookie|session|csrf|jwt|unsubscribe|remember/i

const RANDOM =
  /randomBytes|token_(?:urlsafe|hex)|SecureRandom|rand\.Read|RandomNumberGenerator|OsRng|getRandomValues|random_bytes|Str::random|\brandom\(|thread_rng/
const API_TOKEN = /\b\w{0,40}(?:api_?tokens?|api_?keys?|personal_?access_?tokens?)(?![a-z])/i
const SEALS =
  /createCipheriv|AES\/GCM|cipher\.NewGCM|Aes256Gcm|AesGcm|\bFernet\(|Crypt::encrypt|MessageEncryptor|\.CreateProtector\(|EncryptedSharedPreferences\.create|\bEncrypted(?:Text|Char|JSON)?Field\(|encrypt_and_sign|sodium_crypto_secretbox|ChaCha20Poly1305/
const SECRET =
  /(?<!Cancellation)(?<!csrf_?)\b\w{0,40}(?:[tT]okens?|TOKEN|[sS]ecrets?(?!bo|Key)|[cC]redentials?|api_?[kK]ey|passphrase)\b/

/** Waits that grow, by the ways in which one writes so. */
const GROWS =
  /2\s*\*\*|\*\*\s*\w|[pP]ow\(|\*=\s*2\b|<<=?\s*\w|\bshl\b|1\s*<<|saturating_mul|\*\s*2\b|exponential/
const NETWORK =
  /\b429\b|\b50[0234]\b|>=\s*500|ECONNRESET|ETIMEDOUT|ConnectionError|TimeoutError|ConnectException|IOException|HttpRequestException|ResourceAccessException|is_timeout|[tT]emporary\(|[tT]ransient|Timeout::Error|RequestException|TooManyRequests/

const LOOPBACK = /\bis_?loopback\w{0,10}\(|\bloopback\?/i
const PRIVATE =
  /\bis_?(?:private|site_?local|link_?local)\w{0,20}\b|IsIPv6LinkLocal|\b(?:private|link_local)\?/i

/** Systems that others run, by what they are for. */
const PARTNER =
  /(?:\b|[$@_])(?:crm|erp|wms|Crm|CRM|Erp|ERP|carrier|courier|supplier|vendor|warehouse|partner|bank|sftp|ftp|\w{1,30}(?:_client|Client|_api|Api|_gateway|Gateway)|\w{1,30}::Client)(?:\(\))?(?:\.(?:client|new))?(?:\?|!!)?(?:\.|->)\w{0,20}(?:[lL]ist|[fF]etch|[pP]ull|[pP]ush|[uU]psert|[uU]pload|[dD]ownload|[sS]ync|[eE]xport|[sS]ince|[pP]ages?|put|[sS]end|[cC]ontacts|get|create|update)/
/** In a job the bare word says so as well. */
const CALLED =
  /\b(?:api|client|gateway|remote)(?:\?|!!)?(?:\.|->)(?:[lL]ist|fetch|pull|push|upsert|upload|download|sync|send)\w*\(/
const JOB =
  /\bcron\.schedule\(|@Scheduled\b|<\s*ApplicationJob\b|Sidekiq::(?:Job|Worker)|@(?:shared_task|(?:app|celery)\.task)\b|\bimplements\s+ShouldQueue\b|\bCoroutineWorker\(|:\s*BackgroundService\b|\bnew\s+Worker\(|\bIHostedService\b|\bJobExecutionContext\b|@Cron\(|@Processor\(|\bAsMessageHandler\b|\.createFunction\(|@(?:dramatiq|huey|periodic_task)\b|\bextends\s+Command\b|\(BaseCommand\)|\bimplements\s+(?:Job|Tasklet)\b|:\s*IJob\b/

const CURSOR = /\bcursor\b|next_?[pP]age|updated_?(?:[sS]ince|[aA]fter)|last_?[sS]ync/
const SETTINGS =
  /\b(?:class|record|struct|interface|type)\s+\w{1,40}(?:Options|Settings|Config|Configuration|Properties)\b/
const BASE_URL = /\b(?:base|api|service|server)_?(?:url|uri)\b|\bendpoint\b/i
const API_KEY = /\b(?:api_?key|api_?token|client_?secret|access_?token|api_?secret)\b/i

const JOINTS: readonly Joint[] = [
  // A POST that anybody may send, and that tells of an event.
  joint(
    webhook('takes events of whoever sends them'),
    /\bcsrf_exempt\b|verify_authenticity_token|protect_from_forgery\b.{0,40}(?:except|null_session)|\bauthentication_classes\s*=\s*[[(]\s*[\])]|\bphp:\/\/input\b|\[AllowAnonymous\]|\bVerifyCsrfToken\b/,
    [EVENT],
  ),
  joint(webhook('acts on the kind of an event'), DISPATCH, [READS_BODY]),
  joint(webhook('acts on the kind of an event'), KIND_CASE, [
    /\b(?:switch|when|match)\s*\(?\s*\$?\w{0,30}[eE]vent\b/,
  ]),
  joint(
    { signal: 'oauth', detail: 'goes to sign in', weight: 0.5, reach: 'part' },
    /\bresponse_?[tT]ype\b/,
    [/\bclient_?id\b/i, /\bcode\b/],
  ),
  joint(
    { signal: 'token', detail: 'signs for an app', weight: 0.46, reach: 'part' },
    /\bjwt\.(?:sign|encode)\(|\bJWT\.(?:encode|create)\b|\bJWT::encode\(/,
    [/\b(?:RS|ES)256\b/, /\biss\b|[iI]ssuer/],
  ),
  {
    ...joint(webhook('lets others post'), /\$except\s*=|\bvalidateCsrfTokens\(/, [
      /webhooks?\/|callbacks?\/|\bipn\b/,
    ]),
    within: 8,
  },
  joint(signature('checks who sent it'), HMAC, [SAME, SIGNED], OWN_SIGNED),
  joint(signature('signs what is sent'), HMAC, [SENT], OWN_SIGNED),
  joint(credentials('seals secrets'), SEALS, [SECRET], /cookie|session/i),
  { ...joint(credentials('gives out API tokens'), RANDOM, [API_TOKEN], /\bexpect\b/), within: 4 },
  joint(resilience('tries again, and waits longer', 0.5), GROWS, [
    NETWORK,
    /\b(?:sleep|delay|Delay|usleep|setTimeout|wait)\b/i,
    /\bfor\b|\bwhile\b|\brepeat\b|\bretry\b|\bloop\b/,
  ]),
  joint(resilience('breaks the circuit', 0.5), /\b(?:class|struct|type)\s+\w{0,30}Breaker\b/, [
    /failure/i,
    /open|half/i,
  ]),
  joint(resilience('keeps to public addresses', 0.5), LOOPBACK, [PRIVATE]),
  joint(sync('a job that speaks to another system'), JOB, [
    new RegExp(`${PARTNER.source}|${CALLED.source}`),
  ]),
  joint(sync('reads on where it stopped'), CURSOR, [PARTNER, /upsert/i]),
  joint(webhook('a route for it'), ROUTE_OBJECT, [/\bhandler\b/]),
  {
    ...joint(
      { signal: 'outbound-call', detail: 'gives a client its key', weight: 0.46, reach: 'file' },
      /\b(?:[A-Z]\w{0,40})?(?:Client|Api|API|SDK|Gateway)(?:\.new|\.create|::new)?\(\{?\s*$/,
      [/\b(?:api_?[kK]ey|api_?[tT]oken|access_?[tT]oken)\s*[:=]/],
    ),
    within: 4,
  },
  joint(settings('settings of a client'), SETTINGS, [BASE_URL, API_KEY]),
]

/** Lines around the anchor that count as near. */
const NEAR = 30
/** Longer files are about more than one thing; so many anchors are looked at. */
const MAX_ANCHORS = 12

/** What stands together in a file. */
export function jointHits(lines: readonly CodeLine[]): readonly Hit[] {
  return JOINTS.flatMap((one) => jointHit(one, lines))
}

function jointHit(
  { sight, anchor, near, unless, within = NEAR }: Joint,
  lines: readonly CodeLine[],
): readonly Hit[] {
  let looked = 0
  const hits: Hit[] = []
  for (const [at, line] of lines.entries()) {
    if (!anchor.test(line.text)) continue
    looked += 1
    if (looked > MAX_ANCHORS) break
    const around = lines.slice(Math.max(0, at - within), at + within + 1)
    const has = (pattern: RegExp) => around.some(({ text }) => pattern.test(text))
    if (near.every(has) && !(unless !== undefined && has(unless))) hits.push(hitAt(line, sight))
  }
  return hits
}

function joint(sight: Sight, anchor: RegExp, near: readonly RegExp[], unless?: RegExp): Joint {
  return { sight, anchor, near, ...(unless === undefined ? {} : { unless }) }
}

function webhook(detail: string): Sight {
  return { signal: 'webhook', detail, weight: 0.5, reach: 'part' }
}

function signature(detail: string): Sight {
  return { signal: 'signature', detail, weight: 0.5, reach: 'part' }
}

function credentials(detail: string): Sight {
  return { signal: 'credentials', detail, weight: 0.5, reach: 'part' }
}

function resilience(detail: string, weight: number): Sight {
  return { signal: 'resilience', detail, weight, reach: 'part' }
}

function sync(detail: string): Sight {
  return { signal: 'sync', detail, weight: 0.46, reach: 'part' }
}

function settings(detail: string): Sight {
  return { signal: 'configuration', detail, weight: 0.46, reach: 'part' }
}
