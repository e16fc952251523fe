import type { LanguageSigns } from '#core/matrix/call-signs'
import type { Role } from '#core/matrix/region'

const NEAR: readonly Role[] = ['call', 'client', 'wrapper', 'caller']
const WITHIN: readonly Role[] = ['call', 'client', 'wrapper', 'function', 'helper']
/** No limit, by what stands for it. */
const OFF = String.raw`(?!\s*(?:0\s*[,;)}\n]|null\b|false\b|undefined\b|Infinity\b|-1\b))`
const COUNTS = String.raw`(?:max_?(?:network_?)?retries|num_?retries|retries|max_?retry\w{0,12}|retry_?(?:count|limit|max|attempts)|max_?attempts|number_?of_?(?:attempts|retries))`
const CHANCE = String.raw`(?:\b[mM]ath\.random\(|\brandomInt\(|\bcrypto\.getRandomValues\(|\brandomBetween\()`

/** What protects calls of TypeScript and JavaScript. */
export const SCRIPT_SIGNS: LanguageSigns = {
  timeout: [
    {
      within: 'code',
      roles: ['call', 'client'],
      pattern: new RegExp(
        String.raw`(?<![\w.$])(?:request_?|response_?|http_?|api_?|fetch_?|socket_?|headers_?|body_?|default_?)?timeout(?:_?(?:ms|millis\w*|seconds?|in_?ms))?\s*:${OFF}|\.defaults\.timeout\s*=|\bsetTimeout\(\s*\d|\.timeout\(\s*[\w{]`,
        'i',
      ),
    },
    // Under a shorthand, the value stands elsewhere.
    { within: 'code', roles: ['call', 'client'], pattern: /[{,]\s*timeout(?:Ms)?\s*(?=[,}])/ },
    {
      within: 'code',
      roles: ['call', 'client', 'wrapper', 'function', 'caller'],
      pattern: /\bAbortSignal\.timeout\(|\btimeoutSignal\(|\bcreateTimeoutSignal\(/,
    },
    {
      within: 'code',
      roles: ['function', 'wrapper', 'helper'],
      pattern: /\bsetTimeout\([^;]{0,120}\babort\b/,
    },
    {
      within: 'code',
      roles: ['wrapper', 'caller', 'call'],
      pattern:
        /\b(?:pTimeout|promiseTimeout|withTimeout|fetchWithTimeout|timeoutPromise|runWithTimeout|callWithTimeout)\s*\(|\bPromise\.race\(\s*\[[^\]]{0,600}\btime_?out/i,
    },
    // cockatiel makes a policy, rxjs ends a stream.
    {
      within: 'code',
      roles: ['wrapper', 'call', 'caller'],
      pattern: /(?<![\w.])timeout\(\s*[\w{]/,
    },
  ],
  retry: [
    {
      within: 'code',
      roles: NEAR,
      pattern: new RegExp(
        String.raw`(?<![\w$.])${COUNTS}\s*:(?!\s*(?:0\b|false\b|undefined\b))`,
        'i',
      ),
    },
    {
      within: 'code',
      roles: NEAR,
      pattern:
        /\b(?:axiosRetry|pRetry|asyncRetry|promiseRetry|fetchRetry|retryFetch|raxConfig|rax\.attach|backOff|exponentialBackoff|createRetryFetch|retryBackoff|retryAsync)\s*[(.,:<]|\bwith(?:Exponential)?(?:Retr(?:y|ies)|Backoff)\w*\s*[(<]|(?<![\w.])retry(?:When|Operation)?\s*\(|\.retry\((?!\s*(?:0\b))\s*[\w{(]|\bretry\s*:\s*(?!\s*(?:0\b|false\b|undefined\b|null\b|\{\s*limit:\s*0\b))[\w{(]|\b\w*[rR]etryStrategy\s*:|\bretryDelay\s*:|\b(?:fetch|call|run|execute|request|send|do)\w{0,20}With(?:Retr(?:y|ies)|Backoff)\w*\s*[(<]|\bnew\s+(?:RetryLink|RetryAgent|Retry)\b|\binterceptors\.retry\(|\bretry\w*\.(?:execute|run|call|operation)\(/,
    },
    // TanStack asks three more times unless it is told otherwise; mutations are not asked again.
    {
      within: 'code',
      roles: ['wrapper'],
      pattern:
        /\buse(?:Suspense|Infinite|SuspenseInfinite)?Quer(?:y|ies)(?:<[^()]{0,120}>)?\s*\((?![\s\S]{0,400}\bretry\s*:\s*(?:false|0)\b)/,
    },
    {
      within: 'code',
      roles: ['client'],
      pattern: /\binterceptors\.response\.use\([\s\S]{0,900}\b\w*(?:retr(?:y|ies|ied)|attempt)\w*/i,
    },
    {
      within: 'code',
      roles: ['function', 'caller'],
      pattern: /@(?:Retry|Retryable|Retriable|BackOff)\w*\s*\(/,
    },
  ],
  loops: [
    {
      within: 'code',
      pattern:
        /\b(?:for|while)\s*\(?[^\n]{0,160}\b\w*(?:attempt|retr(?:y|ies)|tries)\w*|\bdo\s*\{(?=[\s\S]{0,1500}\}\s*while\s*\([^\n]{0,100}(?:attempt|retr(?:y|ies)|tries))/i,
    },
  ],
  endless: /\bwhile\s*\(\s*(?:true|1)\s*\)|\bfor\s*\(\s*;\s*;\s*\)/,
  grows: [
    {
      within: 'code',
      pattern:
        /\bexponential\w*|\bExponentialBackoff\b|\*\*\s*\(?\s*\w*(?:attempt|tr(?:y|ies)|retr|count|\bi\b|\bn\b)|\b2\s*\*\*|\bMath\.pow\(|<<\s*\(?\s*\w*(?:attempt|tries|retr|\bi\b)|\b\w*(?:delay|wait|backoff|interval)\w*\s*(?:\*=|=\s*\w+\s*\*\s*2)|\bfactor\s*:(?!\s*(?:1\b))\s*|\bpRetry\(|\basyncRetry\(|\bpromiseRetry\(|\bbackOff\(|\bDecorrelatedJitter\w*/i,
    },
  ],
  jitters: [
    {
      within: 'code',
      pattern: new RegExp(
        String.raw`\b(?!no)\w{0,20}jitter\w*\b(?!\s*:\s*(?:false|0(?![\d.])|'none'|"none"))|\brandomize\s*:\s*true|\b(?:delay|wait|backoff|sleep|pause|interval|timeout|ms)\w*\b[^\n;]{0,160}${CHANCE}|${CHANCE}[^\n;]{0,160}\b(?:delay|wait|backoff|sleep|pause|attempt|interval|ms)|\b(?:attempt|retry)\w*\b[^\n;]{0,160}${CHANCE}`,
        'i',
      ),
    },
  ],
  both: [
    {
      within: 'code',
      // axios-retry adds up to a fifth; cockatiel decorrelates unless it is handed a generator;
      // async-retry varies unless it is told not to.
      pattern:
        /\baxiosRetry\.exponentialDelay\b|\bexponentialDelay\b|\bnew\s+ExponentialBackoff\(\s*(?:\)|\{(?![^}]{0,300}noJitterGenerator))|\bjitter\s*:\s*(?:'full'|"full"|true)(?=[\s\S]{0,200}\bbackOff\b)|\bdecorrelatedJitter\w*/,
    },
  ],
  key: [
    {
      within: 'code',
      roles: WITHIN,
      pattern:
        /(?<![\w.])idempotency_?key\s*(?::(?!\s*(?:string|undefined|null)\b)|(?=[,}]))|\.setIdempotencyKey\(|\bidempotencyKey\s*=(?!=)/i,
    },
    {
      within: 'text',
      roles: WITHIN,
      pattern:
        /["'`](?:x-)?idempotency-key["'`]\s*(?:\]?\s*[:=](?!=)|,\s*\S)|["'`](?:PayPal-Request-Id|Idempotence-Key|X-Request-Idempotency-Id)["'`]\s*[\]:,]|(?<![\w.])(?:MessageDeduplicationId|ClientRequestToken|ClientToken|clientRequestToken|messageDeduplicationId|idempotency_token|idempotencyToken)\s*[:,}]/i,
    },
  ],
  limits: [
    {
      within: 'code',
      pattern:
        /\b429\b(?!\d)|\bTOO_?MANY_?REQUESTS\b|\bTooManyRequests\w*|\bretryAfter\w*\b|\bRateLimit(?:ed)?(?:Error|Exception)\b|\w*RateLimitError\b|\bThrottlingException\b|\bnew\s+(?:Bottleneck|RateLimiter\w*|PQueue|Sema)\b|\b\w*(?:[lL]imiter|[bB]ottleneck|[tT]hrottle[rd]?)\.(?:schedule|wrap|removeTokens|consume|acquire|execute|run|wait|add|limit)\(|(?<![\w.])(?:pLimit|pThrottle|throttle|rateLimit|waitForRateLimit\w*|respectRateLimit\w*)\s*\(|\bthrottledFetch\b|\bRateLimiter\.\w+\(|\bis(?:TooManyRequests|RateLimit\w*|Throttl\w*)\(/,
    },
    {
      within: 'text',
      pattern:
        /["'`](?:retry-after(?:-ms)?|x-rate-?limit-[\w-]+|ratelimit-[\w-]+|rateLimitExceeded|ThrottlingException|rate_limited|ratelimited)["'`]/i,
    },
  ],
  breaker: [
    {
      within: 'code',
      pattern:
        /\bcircuitBreaker\s*\(|\b(?:\w*[cC]ircuit\w*|\w*[bB]reaker)\.(?:fire|execute|run|call|exec|invoke|wrap|protect|fallback)\(|\bwithCircuitBreaker\w*\(|\bbulkhead\(|@CircuitBreaker\b/,
    },
    {
      within: 'code',
      roles: ['wrapper', 'caller', 'client'],
      pattern: /\bnew\s+(?:Opossum|Mollitia\w*|\w*CircuitBreaker)\b|\bnew\s+\w+Breaker\(/,
    },
    {
      within: 'code',
      roles: ['wrapper', 'caller'],
      pattern: /(?<![\w.])(?:with)?[fF]allback\s*\(/,
    },
    {
      within: 'code',
      roles: ['function'],
      pattern: /\breturn\s+(?:await\s+)?[\w.]*[fF]allback\w*\s*\(/,
    },
  ],
  tells: [
    {
      within: 'code',
      roles: ['function', 'helper', 'wrapper', 'caller', 'client', 'call'],
      pattern:
        /\b(?:status|status_?code|code|http_?status|response_?code)\b(?:\s*\?\?\s*\d+\s*\))?\s*(?:={2,3}|!==?|>=|<=|<|>)(?!\s*(?:200\b|201\b|202\b|204\b|2\d\d\b|300\b|400\s*[)&|{]|399\b|0\b|null|undefined|["'`](?:ok|success\w*)["'`]))\s*(?:[45]\d\d\b|["'`]?[A-Z_]{3,}|HttpStatus\w*\.|StatusCodes\.|\w*STATUS\w*)|\bswitch\s*\([^\n)]{0,80}\b(?:status|statusCode|code)\b/i,
    },
    {
      within: 'text',
      roles: ['function', 'helper', 'wrapper', 'caller', 'client', 'call'],
      pattern:
        /\b(?:code|name|type|errorCode)\s*={2,3}\s*["'`](?!(?:string|number|object|function|Error|AxiosError|AbortError|undefined|ok|success|error)["'`])[A-Za-z_][\w.-]{3,60}["'`]/,
    },
    {
      within: 'code',
      roles: ['function', 'helper', 'wrapper', 'caller', 'client', 'call'],
      pattern:
        /\binstanceof\s+(?:\w+\.)*(?!Error\b|AxiosError\b|TypeError\b|HTTPError\b|Response\b|Date\b|Array\b|Zod\w*|SyntaxError\b)\w+(?:Error|Exception|Fault|Unavailable|Rejected|Refused|Timeout|Busy)\b|\b(?:is|should)_?(?:Transient|Retr(?:y|ya?i?able)|Temporary|Recoverable|Fatal|Permanent|Network(?:OrIdempotent)?(?:Request)?)\w*(?:Error)?\s*[(,}]|\b(?:retryCondition|shouldRetry|retryOn|statusCodes|statusForcelist|retryableStatus\w*|RETRYABLE\w*|TRANSIENT\w*)\b\s*(?::(?!\s*\(\)\s*=>\s*true)|\.(?:has|includes)\()|\[[\s\d,]*\b(?:429|50[0234])\b[\s\d,]*\]|\b(?:bail|AbortError)\s*\(/,
    },
  ],
  catchesAll: /\bcatch\s*(?:\(|\{)|\.catch\(/,
  batch:
    /\b\w*(?:SendMessageBatch|PutEvents|PutRecords|PutRecordBatch|PublishBatch|BatchWrite\w*|BatchGet\w*|DeleteObjects|sendBatch|sendMessages|publishBatch|batchSend|sendMulticast|sendEachForMulticast|sendAll|bulkCreate|bulkWrite|createMany|batchUpdate|batchCreate|bulkInsert|batch_create|sendEach)\w*|\bPromise\.all\(\s*\[?|\.bulk\(|\/_?bulk\b|\b(?:batch|bulk)\w*\(\s*\[?/,
  parts: [
    {
      within: 'code',
      pattern:
        /\ballSettled\b|\bFailed(?:RecordCount|EntryCount|PutCount)?\b(?=\s*(?:\}|,|\?|\.|\)|=|>|\[|\|))|\bUnprocessed\w*|\bfailed(?:Count|Items|Records|Entries|Messages)?\b\s*(?:\.|\[|\)|\?|>|=(?!=)|,\s*\w+\s*\})|\b(?:failures|rejected|partialFailures?|itemErrors|failureCount|errorInfos)\b|\.errors\b|\bresults?\.(?:forEach|filter|map|some|every)\(|\bfor\s*\(const\s+\[?\w+[^\n]{0,40}\bof\s+\w*(?:results?|responses)\b/,
    },
    {
      within: 'code',
      roles: ['call', 'wrapper', 'function'],
      pattern:
        /\.map\(\s*async[^\n]{0,80}=>\s*\{?\s*try\b|\.catch\(\s*\(?\w*\)?\s*=>\s*(?:null|undefined|\(\{|\[\])/,
    },
  ],
  traces: [
    {
      within: 'text',
      pattern:
        /["'`](?:x-)?(?:correlation|request|trace|transaction)-?id["'`]\s*[\]:,)]|["'`](?:traceparent|x-b3-traceid|x-amzn-trace-id|sentry-trace|x-cloud-trace-context)["'`]|(?<![\w$])(?:traceparent|correlationId|X-Correlation-ID)\s*[:=]/i,
    },
    {
      within: 'code',
      pattern:
        /\btracer\.\w+\(|\bstart(?:Active|Inactive)?Span\w*\s*\(|\bwith(?:Active)?Span\w*\s*\(|\bin(?:New)?Span\s*\(|\bpropagation\.inject\(|\bSentry\.(?:startSpan|startTransaction)\w*\(|\b(?:span|activeSpan|currentSpan)\.(?:set\w+|end|addEvent|recordException)\(|\b\w*(?:[hH]istogram|[cC]ounter)s?\w*\.(?:record|observe|inc|add|labels|startTimer)\(|\b(?:metrics?|statsd|stats|prometheus|meter|telemetry|datadog|dogstatsd)\.(?:increment|incr|inc|timing|histogram|gauge|count|distribution|record\w*|observe\w*|time\w*|track\w*|addMetric|putMetric|counter|create\w+|getMeter)\b|\bnewrelic\.\w+\(|\bcaptureAWS\w*\(|\b(?:with|record|track|measure)[A-Z]?\w{0,12}Metrics?\w*\(|\bdiagnosticsChannel\b|\bcreate(?:Histogram|Counter)\(|\.startTimer\(\)|@Span\(|@Trace\w*\(|\b(?:observed?|traced|instrumented)(?:Fetch|Call|Request)\s*\(/,
    },
  ],
}
