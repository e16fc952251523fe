import { CALLS, type Term } from '#core/filter/call-vocabulary'

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
    'authorizationcode codeverifier codechallenge redirecturi clientsecret refreshtoken granttype tokenendpoint jwksuri authorizeurl authorizationurl tokenurl clientcredentials accesstokenurl idtoken oauthtoken authorizationendpoint samlresponse relaystate nameid exchangecode exchangecodefortoken granttypes refreshaccesstoken generateaccesstoken grantvalidationresult wellknownopenidconfiguration',
  ),
  ...terms(
    { signal: 'credentials', weight: 0.35 },
    'apikey apisecret apitoken accesskeyid secretaccesskey awsaccesskeyid serviceaccountkey encryptcredentials decryptcredentials encryptedtoken rotatekey rotatesecret apikeys personalaccesstoken clientcert privatekeypem clientcertificate x509certificate x509certificate2 bearertoken accesstoken authtoken',
  ),
  ...terms(
    { signal: 'queue', weight: 0.45 },
    'sendmessagecommand receivemessagecommand deletemessagecommand kafkalistener kafkatemplate rabbitlistener rabbittemplate sqslistener jmslistener jmstemplate producerrecord consumerrecord basicpublish basicconsume channelpublish pubsubclient topicpublish deadletterqueue deadletter dlq outbox publishcommand putrecords putevents sendmessagebatch iconsumer ipublishendpoint eventemitterkafka streamlistener  consumegroup serviceBusClient',
  ),
  ...terms(
    { signal: 'storage', weight: 0.45 },
    'putobjectcommand getobjectcommand awss3client minioclient getsignedurl presignedurl presign generatepresignedurl uploadfileobj createpresignedpost blobserviceclient s3client storageclient s3bucket',
  ),
  ...terms(
    { signal: 'resilience', weight: 0.45 },
    'circuitbreaker retrypolicy exponentialbackoff backoff retryafter retrywithbackoff withretry ssrf idempotencykey isprivateip isloopbackaddress issitelocaladdress islinklocaladdress fetchwithretry fetchwithtimeout blockedhosts privateiprange filterflagnoprivrange filterflagnoresrange',
  ),
  // Any loop may count its attempts.
  ...terms(
    { signal: 'resilience', weight: 0.25 },
    'maxretries maxattempts retrydelay retrycount isretryable retryable retries jitter',
  ),
  ...terms(
    { signal: 'mail', weight: 0.4 },
    'smtpclient createtransport mailmessage smtphost smtptransport emailmessage emailmultialternatives phpmailer javamailsender multipartemail',
  ),
  ...terms(
    { signal: 'rpc-client', weight: 0.5 },
    'soapclient grpcchannel managedchannelbuilder websocketclient graphqlclient newclientconn insecurechannel securechannel createpromiseclient createclientconn',
  ),
})

/** Words within identifiers: `handleStripeWebhook` holds `webhook`. */
const PARTS: ReadonlyMap<string, Term> = mapOf({
  ...terms({ signal: 'webhook', weight: 0.25 }, 'webhook webhooks'),
  ...terms({ signal: 'oauth', weight: 0.3 }, 'oauth oauth2 oidc openid saml pkce scim'),
  ...terms({ signal: 'oauth', weight: 0.2 }, 'sso'),
  // Keys that others fetch to check one's tokens by.
  ...terms({ signal: 'oauth', weight: 0.25 }, 'jwk jwks'),
  ...terms({ signal: 'oauth', weight: 0.25 }, 'ldap'),
  ...terms(
    { signal: 'queue', weight: 0.4 },
    'kafka rabbitmq amqp mqtt sqs sns pubsub kinesis eventbridge nats servicebus eventhub',
  ),
  ...terms({ signal: 'resilience', weight: 0.4 }, 'idempotency backoff ssrf'),
  ...terms({ signal: 'storage', weight: 0.35 }, 's3 gcs presigned minio'),
  ...terms({ signal: 'rpc-client', weight: 0.3 }, 'grpc soap'),
  // What servers of one federation speak.
  ...terms({ signal: 'rpc-client', weight: 0.4 }, 'activitypub webfinger'),
  // What devices and their controllers speak.
  ...terms({ signal: 'rpc-client', weight: 0.3 }, 'modbus ocpp eebus opcua bacnet onvif'),
  ...terms({ signal: 'sdk', weight: 0.4 }, 'otlp'),
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
  ['activity pub', { signal: 'rpc-client', weight: 0.35 }],
  ['api secret', { signal: 'credentials', weight: 0.3 }],
  ['client secret', { signal: 'credentials', weight: 0.3 }],
  ['signing secret', { signal: 'credentials', weight: 0.3 }],
  ['api client', { signal: 'outbound-call', weight: 0.35 }],
  ['http client', { signal: 'outbound-call', weight: 0.35 }],
  ['rpc client', { signal: 'rpc-client', weight: 0.35 }],
  ['http fetcher', { signal: 'outbound-call', weight: 0.5, reach: 'file' }],
  ['http fetch', { signal: 'outbound-call', weight: 0.35 }],
  ['fetch remote', { signal: 'outbound-call', weight: 0.35 }],
  ['remote fetch', { signal: 'outbound-call', weight: 0.35 }],
  ['safe fetch', { signal: 'outbound-call', weight: 0.45, reach: 'file' }],
  ['webhook subscription', { signal: 'webhook', weight: 0.46 }],
  ['webhook subscriptions', { signal: 'webhook', weight: 0.46 }],
  ['webhook delivery', { signal: 'webhook', weight: 0.46 }],
  ['webhook deliveries', { signal: 'webhook', weight: 0.46 }],
  ['processed event', { signal: 'resilience', weight: 0.46 }],
  ['processed events', { signal: 'resilience', weight: 0.46 }],
  ['processed messages', { signal: 'resilience', weight: 0.46 }],
  ['fetch proxy', { signal: 'outbound-call', weight: 0.45, reach: 'file' }],
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
  if (words.length > 1 && ON_PAGE.test(words.at(-1) ?? '')) return NONE
  const parts = words.flatMap((word) => PARTS.get(word) ?? [])
  const within = [...parts, ...pairsIn(words)].filter(
    ({ signal }) => signal !== 'credentials' || !OF_ROWS.test(words.at(-1) ?? ''),
  )
  const asks = words.length > 1 && ASKS.test(words[0] ?? '')
  const told = asks ? within.map((term) => ({ ...term, weight: term.weight * ASKED })) : within
  const found = [...whole, ...told, ...(KEY_SETTING.test(identifier) ? [SIGNING_KEY] : [])]
  return found.length === 0 ? NONE : found
}

/** Pieces of pages, whatever they are about: `OAuthButtons`. */
const ON_PAGE =
  /^(?:buttons?|icons?|labels?|dialogs?|modals?|tabs?|menus?|tooltips?|badges?|tiles?)$/

/** A setting that holds what tokens are signed with; code that handles keys names them otherwise. */
const KEY_SETTING = /^[A-Z][A-Z0-9_]{1,60}_(?:PRIVATE|SIGNING)_KEY$/
const SIGNING_KEY: Term = { signal: 'credentials', weight: 0.25 }

/** What keeps rows of one's own, be they keys that others are given: `apiKeyRepo`. */
const OF_ROWS = /^(?:repo|repository|dao)$/
/** A question that any place may ask of how the program is set up: `hasOidc`. */
const ASKS = /^(?:has|is|show|shows|hide)$/
const ASKED = 0.5

/** Words with a capital in their middle. */
const ONE_WORD =
  /OAuth|OpenID|OpenId|WebHook|PubSub|RabbitMQ|RabbitMq|WebDAV|CalDAV|GitHub|GitLab|PayPal|LinkedIn/g

/** The words of `camelCase`, `snake_case`, `kebab-case` and `HTTPClient`, in lower case. */
export function wordsIn(name: string): readonly string[] {
  return name
    .replaceAll(ONE_WORD, (word) => word[0] + word.slice(1).toLowerCase())
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
