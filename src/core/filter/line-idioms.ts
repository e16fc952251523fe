import type { Sight } from '#core/filter/hit'
import type { ImportLanguage } from '#core/providers/provider'

/** What frameworks and libraries have one write where another system is called or heard. */
interface Idiom {
  readonly sight: Sight
  readonly pattern: RegExp
  readonly only?: ImportLanguage
}

const IDIOMS: readonly Idiom[] = [
  // Clients that are declared and not written.
  calls('declares a client', 0.55, /@(?:Http|Get|Post|Put|Patch|Delete)Exchange\b/, 'java'),
  calls(
    'declares a client',
    0.55,
    /@(?:GET|POST|PUT|PATCH|DELETE|HEAD)\s*\(\s*(?:value\s*=\s*)?"/,
    'java',
  ),
  calls('declares a client', 0.55, /\[(?:Get|Post|Put|Patch|Delete)\(\s*"\//, 'csharp'),
  calls('declares a client', 0.55, /^\s*@Client\(\s*(?:\w+\s*=\s*)?"/, 'java'),
  calls('makes a request', 0.5, /\bUnirest\.(?:get|post|put|patch|delete)\(/),
  calls(
    'makes a request',
    0.5,
    /\.AppendPathSegments?\(|\.GetJsonAsync\b|\.PostUrlEncodedAsync\(/,
    'csharp',
  ),
  calls('declares a client', 0.55, /\.AddRefitClient\s*[<(]/, 'csharp'),
  // Requests by the hands of a framework.
  calls(
    'reads an answer',
    0.5,
    /\.retrieve\(\)\s*(?:\.(?:body|bodyTo\w+|toEntity|toBodilessEntity|await\w+)\b|$)/,
    'java',
  ),
  calls('makes a request', 0.5, /\bnew\s+HttpRequestMessage\s*\(/, 'csharp'),
  calls('stands between a client and its requests', 0.55, /:\s*DelegatingHandler\b/, 'csharp'),
  calls(
    'stands between a client and its requests',
    0.55,
    /\.proceed\(\s*(?:chain\.request\(\)|\w{0,30}[rR]equest)/,
    'java',
  ),
  calls(
    'stands between a client and its requests',
    0.55,
    /\bimplements\s+(?:ClientHttpRequestInterceptor|ExchangeFilterFunction)\b/,
    'java',
  ),
  calls(
    'stands between a client and its requests',
    0.55,
    /\bRoundTrip\(\s*\w+\s+\*http\.Request\s*\)|\bhttp\.RoundTripper\b/,
    'go',
  ),
  calls(
    'stands between a client and its requests',
    0.55,
    /\bHandlerStack::create\b|\bMiddleware::retry\b/,
    'php',
  ),
  calls(
    'stands between a client and its requests',
    0.55,
    /\bfunc\b.{0,80}\(\s*\w+\s+\*http\.Request\s*\)\s*\(\s*\*http\.Response,\s*error\s*\)/,
    'go',
  ),
  // A client that is given the key of somebody's account.
  calls(
    'gives a client its key',
    0.46,
    /\b(?:[A-Z]\w{0,40})?(?:Client|Api|API|SDK|Gateway)(?:\.new|\.create|::new)?\(\s*[^()]{0,80}\b(?:api_?[kK]ey|api_?[tT]oken|access_?[tT]oken)\s*[:=]/,
  ),
  // What comes from a queue or a stream, and what is put there.
  queue(
    'takes events',
    0.55,
    /\b(?:SQS|SNS|Kinesis(?:Stream|Firehose)?|EventBridge|DynamoDBStream|S3|SES|MSK|Kafka)Event\b/,
  ),
  queue('takes records of a queue', 0.5, /\bin\s+event\[["']Records["']\]|\bevent\.Records\b/),
  queue(
    'is called by a queue',
    0.55,
    /\[(?:Queue|ServiceBus|EventHub|EventGrid|Kafka|RabbitMQ|Blob)Trigger\(/,
    'csharp',
  ),
  queue(
    'works on a queue',
    0.55,
    /\bServiceBus(?:Processor|Sender|Receiver)\b|\bEventProcessorClient\b|\bEventHub(?:Producer|Consumer)Client\b/,
  ),
  queue(
    'listens',
    0.55,
    /@(?:Incoming|Outgoing|MessageDriven|RetryableTopic|JmsListener)\b|\bimplements\s+MessageListener\b/,
    'java',
  ),
  queue(
    'works on a queue',
    0.5,
    /\.(?:ReceiveMessage|SendMessageBatch|DeleteMessageBatch)\(|\b(?:receive|send)_message\(\s*QueueUrl|\bStreamBridge\b/,
  ),
  queue(
    'works on a queue',
    0.5,
    /\bI(?:Bus|PublishEndpoint|SendEndpoint\w{0,10}|MessageSession)\s+\w/,
    'csharp',
  ),
  {
    sight: sight('sdk', 'is told by a push service', 0.55),
    pattern: /\bFirebaseMessagingService\(|\bextends\s+FirebaseMessagingService\b/,
  },
  // Tokens for others, and tokens of others.
  oauth(
    'goes to sign in',
    0.5,
    /\/oauth2?\/(?:v\d\/)?(?:authorize|token|access_token)\b|\bAuthorizationRequest\.Builder\(/,
  ),
  oauth(
    'takes a code for a token',
    0.5,
    /\b[eE]xchange\w{0,20}\(.{0,80}["']code["']|\bauthorize_access_token\(|\bgetToken\(\s*code\b/,
  ),
  {
    sight: sight('credentials', 'seals secrets', 0.46),
    pattern:
      /\b(?:en|de)crypt\w{0,20}\(\s*[\w.$]{0,40}(?:[rR]efresh_?[tT]oken|[aA]ccess_?[tT]oken|[cC]redential|[aA]pi_?[kK]ey|[cC]lient_?[sS]ecret|(?<![\w.])(?:token|secret))/,
  },
  oauth(
    'asks for a token',
    0.5,
    /\bgrant_?[tT]ype\W{1,8}(?:authorization_code|client_credentials|refresh_token|urn:)/,
  ),
  oauth(
    'signs in by somebody else',
    0.6,
    /\bSocialite::(?:driver|with)\b|\.oauth2(?:Login|Client)\s*[({]/,
  ),
  oauth(
    'signs in by somebody else',
    0.55,
    /\.Add(?:Google|Facebook|MicrosoftAccount|Twitter|OpenIdConnect|OAuth|Saml2)\s*\(/,
    'csharp',
  ),
  credentials('gives out a token', 0.5, /\bcreateToken\([^;]{0,120}plainTextToken\b/),
  // Mail, files and guards.
  {
    sight: sight('mail', 'sends mail', 0.5),
    pattern: /\bnew\s+SmtpClient\s*\(|\bJavaMailSender\b/,
  },
  {
    sight: sight('storage', 'stores files elsewhere', 0.5),
    pattern:
      /\bBlob(?:Container|Service)?Client\b|\.GetBlobClient\(|\bStorage::disk\(\s*['"](?:s3|gcs|azure|ftp|sftp|r2|minio)['"]/,
  },
  guard(
    'keeps from calling too often',
    0.5,
    /\bStoplight\(|\.AddStandardResilienceHandler\(|\.AddResilienceHandler\(|\bhttpclient\w*\.Add\w*PolicyHandler/i,
  ),
  guard(
    'tries again',
    0.55,
    /\.WaitAndRetry(?:Async|Forever\w{0,8})?\(|\.CircuitBreakerAsync\(|\bAdvancedCircuitBreaker/,
  ),
  guard(
    'looks at an address',
    0.46,
    /\bip_address\([^()]{0,60}(?:\([^()]{0,60}\)|\[[^\]]{0,20}\])?\)\.is_(?:private|global|reserved|loopback|link_local)/,
  ),
  guard('looks at an address', 0.46, /\.range\(\)\s*!==?\s*['"]unicast['"]/),
]

/** A look at a few letters spares most lines the idioms. */
const MAY_HOLD =
  /Exchange|@[GPDH][EOUAL]|\[(?:Get|Post|Put|Patch|Delete)|retrieve|HttpRequestMessage|DelegatingHandler|proceed|Interceptor|ExchangeFilter|RoundTrip|HandlerStack|Middleware::|Client|Api|API|SDK|Gateway|Event\b|Records|Trigger|ServiceBus|EventHub|EventProcessor|@Incoming|@Outgoing|@MessageDriven|@Retryable|@Jms|MessageListener|rant_?[tT]ype|Socialite|oauth2|\.Add|createToken|JavaMail|Blob|Stoplight|ip_address|range\(\)|http\.Request|Message|QueueUrl|StreamBridge|IBus|Endpoint|Firebase|\/oauth|Authorization|xchange|authorize_|getToken|crypt|Unirest|AppendPath|JsonAsync|EncodedAsync|WaitAndRetry|CircuitBreaker|disk\(/

/** What the idioms of a line say. */
export function idiomSights(text: string, language: ImportLanguage | null): readonly Sight[] {
  if (!MAY_HOLD.test(text)) return []
  return IDIOMS.flatMap(({ sight: one, pattern, only }) =>
    (only === undefined || only === language) && pattern.test(text) ? [one] : [],
  )
}

function sight(signal: Sight['signal'], detail: string, weight: number): Sight {
  return { signal, detail, weight, reach: 'file' }
}

function calls(detail: string, weight: number, pattern: RegExp, only?: ImportLanguage): Idiom {
  return idiom(sight('outbound-call', detail, weight), pattern, only)
}

function queue(detail: string, weight: number, pattern: RegExp, only?: ImportLanguage): Idiom {
  return idiom(sight('queue', detail, weight), pattern, only)
}

function oauth(detail: string, weight: number, pattern: RegExp, only?: ImportLanguage): Idiom {
  return idiom(sight('oauth', detail, weight), pattern, only)
}

function credentials(detail: string, weight: number, pattern: RegExp): Idiom {
  return idiom(sight('credentials', detail, weight), pattern)
}

function guard(detail: string, weight: number, pattern: RegExp): Idiom {
  return idiom(sight('resilience', detail, weight), pattern)
}

function idiom(one: Sight, pattern: RegExp, only?: ImportLanguage): Idiom {
  return { sight: one, pattern, ...(only === undefined ? {} : { only }) }
}
