import type { Reach, Signal } from '#core/filter/hit'
import type { ImportLanguage } from '#core/providers/provider'

/** A word that speaks for an integration where code uses it. */
export interface Term {
  readonly signal: Signal
  readonly weight: number
  /** The line must also match this, so that the word is used as meant. */
  readonly needs?: RegExp
  /** Unless stated, a word speaks for little more than its own line. */
  readonly reach?: Reach
  /** The only language in which the word has this meaning. */
  readonly only?: ImportLanguage
}

/** Whole identifiers in lower case. Their letters decide, `_` and `-` within them do not. */
const IDENTIFIERS: ReadonlyMap<string, Term> = mapOf({
  ...terms(
    { signal: 'signature', weight: 0.35 },
    'createsign createverify createhmac timingsafeequal comparedigest hashequals securecompare fixedtimeequals hmacsha256 hashhmac constanttimecompare fixedlengthsecurecompare constanttimeeq hmac verifyslice newhmac messagedigestisequal',
  ),
  ...terms(
    { signal: 'signature', weight: 0.6 },
    'constructevent constructeventasync verifywebhook verifywebhooksignature verifysignature validatesignature validatewebhook verifywebhookauthenticity checksignature webhooksecret webhooksigningsecret signingsecret validaterequestwithbody requestvalidator signaturedoesnotmatch signatureverificationerror rawbody verifyhmac validatehmac signpayload computesignature hubsignature',
  ),
  ...terms(
    { signal: 'webhook', weight: 0.35 },
    'callbackurl webhookurl webhookendpoint webhookhandler webhookevent webhookpayload webhookdelivery webhooksubscription notifyurl ipn ',
  ),
  ...terms(
    { signal: 'oauth', weight: 0.35 },
    'authorizationcode codeverifier codechallenge redirecturi clientsecret refreshtoken granttype tokenendpoint jwksuri authorizeurl authorizationurl tokenurl clientcredentials accesstokenurl idtoken oauthtoken authorizationendpoint samlresponse relaystate nameid exchangecode exchangecodefortoken',
  ),
  ...terms(
    { signal: 'credentials', weight: 0.35 },
    'apikey apisecret apitoken accesskeyid secretaccesskey awsaccesskeyid serviceaccountkey encryptcredentials decryptcredentials encryptedtoken rotatekey rotatesecret apikeys personalaccesstoken clientcert privatekeypem bearertoken accesstoken authtoken',
  ),
  ...terms(
    { signal: 'queue', weight: 0.45 },
    'sendmessagecommand receivemessagecommand deletemessagecommand kafkalistener kafkatemplate rabbitlistener rabbittemplate sqslistener jmslistener jmstemplate producerrecord consumerrecord basicpublish basicconsume channelpublish pubsubclient topicpublish deadletterqueue deadletter dlq outbox publishcommand putrecords putevents sendmessagebatch iconsumer ipublishendpoint eventemitterkafka streamlistener messagemapping consumegroup serviceBusClient',
  ),
  ...terms(
    { signal: 'storage', weight: 0.45 },
    'putobjectcommand getobjectcommand getsignedurl presignedurl presign generatepresignedurl uploadfileobj createpresignedpost blobserviceclient s3client storageclient s3bucket',
  ),
  ...terms(
    { signal: 'resilience', weight: 0.45 },
    'circuitbreaker retrypolicy exponentialbackoff backoff retryafter retryable retrywithbackoff withretry ssrf idempotencykey isprivateip maxretries maxattempts retrydelay retrycount isretryable retries jitter fetchwithretry fetchwithtimeout blockedhosts privateiprange',
  ),
  ...terms(
    { signal: 'mail', weight: 0.4 },
    'smtpclient sendmail createtransport mailmessage smtphost smtptransport emailmessage emailmultialternatives phpmailer',
  ),
  ...terms(
    { signal: 'rpc-client', weight: 0.5 },
    'soapclient grpcchannel managedchannelbuilder websocketclient graphqlclient newclientconn insecurechannel securechannel createpromiseclient createclientconn',
  ),
})

const CALLS: ReadonlyMap<string, Term> = mapOf({
  fetch: { ...call(0.5, /\bfetch\s*\(/), only: 'js' },
  axios: call(0.45, /\baxios(\.\w+)?\s*[(<]/),
  requests: call(0.5, /\brequests\.(get|post|put|patch|delete|request|head|Session)\b/),
  httpx: call(0.5, /\bhttpx\.\w+\s*\(/),
  session: call(
    0.3,
    /\b(session|_session)\.(get|post|put|patch|delete|request)\s*\(\s*(f?["']http|url|self\.|f["'])/,
  ),
  asyncclient: { ...call(0.45, /\bAsyncClient\s*\(/), only: 'python' },
  aiohttp: call(0.5, /\baiohttp\.ClientSession\b/),
  urlopen: call(0.5, /\burlopen\s*\(/),
  newrequest: call(0.5, /\bhttp\.NewRequest\s*\(/),
  // The package is a server first; only its client calls another system.
  fasthttp: call(
    0.55,
    /\bfasthttp\.(?:Client|HostClient|PipelineClient|LBClient|Do\w*|Get\w*|Post)\b/,
  ),
  newrequestwithcontext: call(0.5, /\bhttp\.NewRequestWithContext\s*\(/),
  defaultclient: call(0.5, /\bhttp\.DefaultClient\b/),
  client: call(0.45, /\bhttp\.Client\b|\bhttpClient\b|\bHttpClient\b|\bnew Client\(\s*\[/),
  http: call(
    0.45,
    /\bhttp\.(Get|Post|PostForm|Head)\s*\(|\bHttp::(get|post|put|patch|delete|with\w*|asForm|asJson|baseUrl|timeout|retry|accept\w*)\b|\bHTTP\.(get|post|put|auth|headers)\b/,
  ),
  net: call(0.55, /\bNet::HTTP\b/),
  httpclient: call(0.45, /\bHttpClient\b|\bhttpClient\s*\.|\bhttp_client\b/),
  ihttpclientfactory: call(0.5, /./),
  resttemplate: call(0.5, /./),
  webclient: call(0.45, /\bWebClient\b/),
  restclient: call(0.5, /\bRestClient\b/),
  feignclient: call(0.6, /@FeignClient/),
  httpurlconnection: call(0.5, /./),
  okhttpclient: call(0.55, /./),
  reqwest: call(0.5, /\breqwest::/),
  curlinit: call(0.55, /\bcurl_init\b/),
  curlsetopt: call(0.5, /\bcurl_setopt/),
  wpremoteget: call(0.6, /./),
  wpremotepost: call(0.6, /./),
  wpremoterequest: call(0.6, /./),
  urlfetchapp: call(0.6, /./),
  urlsession: call(0.4, /\bURLSession\b/),
  httppoison: call(0.55, /./),
  httpoison: call(0.55, /./),
  tesla: call(0.5, /\bTesla\b/),
  finch: call(0.5, /\bFinch\b/),
  addhttpclient: call(0.5, /./),
  faraday: call(0.55, /\bFaraday\b/),
  httparty: call(0.55, /\bHTTParty\b/),
  guzzleclient: call(0.5, /./),
  proxyrequest: call(0.4, /./),
  makerequest: call(0.35, /./),
  apirequest: call(0.3, /./),
  sendrequest: call(0.35, /./),
  apicall: call(0.3, /./),
  baseurl: call(0.3, /\bbase_?url\b\s*[:=(]/i),
  httprequest: call(
    0.3,
    /\.httpRequest|httpRequestWithAuthentication|HttpRequestMessage|HttpRequest\.newBuilder/,
  ),
})

/** Words within identifiers: `handleStripeWebhook` holds `webhook`. */
const PARTS: ReadonlyMap<string, Term> = mapOf({
  ...terms({ signal: 'webhook', weight: 0.25 }, 'webhook webhooks'),
  ...terms({ signal: 'oauth', weight: 0.3 }, 'oauth oauth2 oidc openid saml pkce scim'),
  ...terms({ signal: 'oauth', weight: 0.2 }, 'sso'),
  ...terms(
    { signal: 'queue', weight: 0.4 },
    'kafka rabbitmq amqp sqs sns pubsub kinesis eventbridge nats servicebus eventhub',
  ),
  ...terms({ signal: 'resilience', weight: 0.4 }, 'idempotency backoff ssrf'),
  ...terms({ signal: 'storage', weight: 0.35 }, 's3 gcs presigned minio'),
  ...terms({ signal: 'rpc-client', weight: 0.3 }, 'grpc soap'),
  ...terms({ signal: 'mail', weight: 0.35 }, 'smtp imap'),
  ...terms({ signal: 'outbound-call', weight: 0.35 }, 'apiclient httpclient'),
})

function letters(word: string): string {
  return word.toLowerCase().replaceAll(/[^a-z0-9]/g, '')
}

/** More than any code base has words that matter; the memory is emptied before it outgrows them. */
const MEMORY_LIMIT = 50_000
const NONE: readonly Term[] = []

/**
 * What an identifier speaks for: as a whole and by the words within it. Words repeat, so each is
 * looked up once and remembered.
 */
export function createVocabulary(): (identifier: string) => readonly Term[] {
  const memory = new Map<string, readonly Term[]>()
  return (identifier) => {
    const known = memory.get(identifier)
    if (known) return known
    if (memory.size >= MEMORY_LIMIT) memory.clear()
    const found = lookUp(identifier)
    memory.set(identifier, found)
    return found
  }
}

/** Two words that follow each other within a longer identifier: `stripeApiKey` holds `api key`. */
const PAIRS: ReadonlyMap<string, Term> = new Map([
  ['api key', { signal: 'credentials', weight: 0.2 }],
  ['api token', { signal: 'credentials', weight: 0.2 }],
  ['access token', { signal: 'credentials', weight: 0.2 }],
  ['auth token', { signal: 'credentials', weight: 0.2 }],
  ['api secret', { signal: 'credentials', weight: 0.3 }],
  ['client secret', { signal: 'credentials', weight: 0.3 }],
  ['signing secret', { signal: 'credentials', weight: 0.3 }],
])
const WEBHOOK_SECRET: Term = { signal: 'signature', weight: 0.45 }

function pairsIn(words: readonly string[]): readonly Term[] {
  const pairs = words.flatMap((word, index) => PAIRS.get(`${word} ${words[index + 1]}`) ?? [])
  const isSecret =
    words.includes('webhook') && /\b(?:secret|signature|hmac)\b/.test(words.join(' '))
  return isSecret ? [...pairs, WEBHOOK_SECRET] : pairs
}

function lookUp(identifier: string): readonly Term[] {
  if (identifier.length < 2 || identifier.length > 80) return NONE
  const plain = letters(identifier)
  const whole = [IDENTIFIERS.get(plain), CALLS.get(plain)].filter((term) => term !== undefined)
  const words = wordsIn(identifier)
  const parts = words.flatMap((word) => PARTS.get(word) ?? [])
  const found = [...whole, ...parts, ...pairsIn(words)]
  return found.length === 0 ? NONE : found
}

/** The words of `camelCase`, `snake_case`, `kebab-case` and `HTTPClient`, in lower case. */
export function wordsIn(name: string): readonly string[] {
  return name
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replaceAll(/([A-Z])([A-Z][a-z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '')
}

/** A map, since a plain object also knows `constructor` and its like. */
function mapOf(entries: Readonly<Record<string, Term>>): ReadonlyMap<string, Term> {
  return new Map(Object.entries(entries))
}

function terms(term: Term, words: string): Readonly<Record<string, Term>> {
  return Object.fromEntries(
    words
      .trim()
      .split(/\s+/)
      .map((word) => [letters(word), term]),
  )
}

function call(weight: number, needs: RegExp): Term {
  return { signal: 'outbound-call', weight, needs, reach: 'file' }
}
