/** Code that runs again when it fails: loops of attempts, libraries, queues, policies of clients. */
export const REPEATS =
  /\bfor\s*\(?[^\n]{0,60}\b(?:attempt|tr(?:y|ies)|retr)\w*|\bwhile\s*\(?[^\n]{0,60}\b(?:attempt|tries|retr)\w*|\battempts?\s*(?:\+=|\+\+|<)|\bloop\s*\{|@(?:Retryable|Retry|tenacity\.retry|retry|backoff\.)\b|#\[retry|\b(?:pRetry|p-retry|asyncRetry|async-retry|withRetry|retryWhen|retryable|retryablehttp|backoff\.Retry\w*|retry\.Do|retry::|Retryable|with_retries|Retriable\.\w+|retry_on\b|sidekiq_options|Sidekiq::(?:Job|Worker)|ActiveJob|ApplicationJob|RetryPolicy|RetryConfig|Retry\.of|RetryTemplate|retryTemplate|WaitAndRetry\w*|RetryAsync|RetryForever\w*|AddStandardResilienceHandler|AddResilienceHandler|AddPolicyHandler|AddTransientHttpErrorPolicy|ResiliencePipeline\w*|HttpRequestRetry|axiosRetry|axios-retry|fetch-retry|fetchRetry|retryOnServerErrors|retryOnException\w*|RetryTransientMiddleware|RetryBackoff|backoff::future|tokio_retry|again::)\b|\bretry\s*\(|->retry\(|::retry\(|\bretry\s*:\s*(?:\{|\d)|\bretries\s*[:=]\s*\d|max_?[rR]etries\s*[:=(]\s*[1-9]|\bautoretry_for\b|self\.retry\(|implements ShouldQueue|\$tries\s*=|\bRetry\(\s*(?:total|\d)|\.retry\(|\bnew\s+Worker\b|@Processor\(|extends\s+WorkerHost|\bjob\.data\b|\battempts\s*:\s*\d|inngest\.createFunction|@(?:KafkaListener|RabbitListener|SqsListener|JmsListener|shared_task|celery\.task|app\.task|dramatiq\.actor|task)\b/

/** What a repetition does a second time: money moves, or something is made that must be there once. */
const MONEY_WORDS =
  'payments?|payouts?|transfers?|refunds?|charges?|wires?|captures?|disbursements?|invoices?|orders?|shipments?|labels?|bookings?|credit[-_]?transfers?|payment[-_]?(?:orders?|intents?|initiations?|requests?)|sepa[-\\w]*|withdrawals?|debits?|direct[-_]?debits?|top[-_]?ups?|remittances?|consignments?|reservations?|purchases?|credit[-_]?notes?|subscriptions?|authori[sz]ations?|vouchers?|gift[-_]?cards?'
/** An address below which something of that kind is made: it ends the path. */
export const MONEY_PATH = new RegExp(
  `(?:/(?:save|create)?[-_]?|(?:post|postAsJsonAsync|PostAsync)\\w*!?[( ]\\s*["'\`])(?:${MONEY_WORDS})(?:/(?:create|submit|initiate|refunds?|captures?|send|execute|sepa[-\\w]*))?/?["'\`]|/(?:${MONEY_WORDS})/(?:create|submit|initiate|sepa[-\\w]*|domestic|instant)["'\`/?]`,
  'i',
)
/** A route of one's own, at which others ask. */
export const OWN_ROUTE =
  /\b(?:app|router|server|fastify|\w*[rR]outer|\w*[hH]ooks|bp|blueprint|api|r|mux|group|g|e)\.(?:post|POST|Post|HandleFunc|Handle|route)\([^\n]*(?:\breq\b|\bctx\b|=>|function|[a-z]\w*\.\w+\)|,\s*\w+\))|^\s*@|\[Http|MapPost|Route::|Mapping\(|\bpost\s+["'][^"'\n]*["'],?\s*(?:to:|do\b|=>)/
/** The same as a call of a gateway or SDK: `gateway.refund(`, `client.payouts.create(`, `createTransfer(`. */
export const MONEY_CALL =
  /\b\w*(?:gateway|psp|bank|client|api|provider|adyen|mollie|paypal|wise|braintree|gocardless|square|razorpay|klarna|worldpay|checkout|revolut|mangopay|stripe|acquirer|processor)\w*(?:\(\))?(?:\.|->|\?\.|!!\.)(?:\w+(?:\(\))?(?:\.|->)){0,2}(?:(?:create|send|submit|make|issue|initiate|execute|request|post|new)_?)?(?:refund|payout|transfer|charge|capture|payment|disbursement|wire|withdrawal|debit|payment_?order)s?(?:_?(?:payment|order|async))?(?:(?:\.|->)(?:create|submit|execute|send))?!?\s?\(/i
/** A request that makes something. */
export const POSTS =
  /\.post(?:<[^<>\n]{1,60}>)?!?\s?[(\s]|\.(?:Post|PostAsync|PostAsJsonAsync|postForObject|postForEntity|postForLocation|POST|PostForm|post_json|postJson)\w*(?:<[^<>\n]{1,60}>)?\(|->post\(|::post\(|Http::[\w>()$,. '"-]{0,120}post\(|["'`:]POST\b|\bMethodPost\b|HttpMethod\.(?:POST|Post)\b|Method::POST|method:\s*:post\b|CURLOPT_POST\b|\bPost\.new\b|Net::HTTP::Post/
/** The other side is told that it is the same: a key, or a number of the caller that it knows by. */
export const KEYED =
  /idempot|request_?-?id|unique_?(?:key|request|id)|dedup|client_?(?:reference|request|transaction|order|token|correlation|mutation)_?\w{0,10}(?:id|key|ref|token)?\b|customer_?transaction_?id|customTransactionId|external_?(?:id|reference|key)|merchant_?(?:transaction|order|payment|trade)_?\w{0,4}(?:id|no|ref)|(?:transaction|instruction)_?(?:id|identification)["'\]]?\s*[:=]|already_?(?:paid|sent|exists|submitted|booked)|find_?(?:existing|by_?reference|invoice|transfer|payment)|lookup_?\w+\(/i
