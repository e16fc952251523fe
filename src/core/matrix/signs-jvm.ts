import type { LanguageSigns } from '#core/matrix/call-signs'
import type { Role } from '#core/matrix/region'

const NEAR: readonly Role[] = ['call', 'client', 'wrapper', 'caller']
const NONE = String.raw`(?!\s*(?:0[L)\s,;.]|-1\b|null\b|Duration\.ZERO|Long\.MAX_VALUE|Integer\.MAX_VALUE|INFINITE|HttpTimeout(?:Config)?\.INFINITE))`
/** A number by chance, as the JVM's libraries make it. A random UUID is a name. */
const CHANCE = String.raw`(?:\brandom\.next\w+\(|\bRandom(?:\(\))?\.next\w+\(|\.next(?:Long|Int|Double)\(|\bMath\.random\(|\.random\(\))`
const WAIT = '(?:sleep|delay|wait|back_?off|pause|interval)'

/** What protects calls of Java and Kotlin. */
export const JVM_SIGNS: LanguageSigns = {
  timeout: [
    // A limit on connecting alone leaves the answer without one.
    {
      within: 'code',
      roles: ['call', 'client'],
      pattern: new RegExp(
        String.raw`\b(?:set)?(?:[rR]ead|[wW]rite|[cC]all|[rR]esponse|[rR]equest|[sS]ocket|[aA]piCall(?:Attempt)?|[dD]efault(?:Socket|Response|Read|Request)|[sS]o)?_?[tT]imeout(?:Millis(?:econds)?|InMillis|Ms|Seconds)?(?:\((?!\s*\))${NONE}|\s*=(?!=)${NONE})`,
      ),
    },
    {
      within: 'code',
      roles: ['call', 'client'],
      pattern:
        /\bnew\s+ReadTimeoutHandler\(|\bRequest\.Options\(\s*\d|\brequestTimeout(?:Millis)?\b\s*=|\bREAD_TIMEOUT\s*,/,
    },
    {
      within: 'code',
      roles: ['call', 'function', 'wrapper', 'caller', 'client'],
      pattern:
        /\b(?:orTimeout|completeOnTimeout|withTimeout(?:OrNull)?)\(|\.(?:get|block)\([^()]{0,80}(?:TimeUnit|Duration|ofSeconds|ofMillis)\b|\.timeout\(\s*(?:Duration|java\.time|\w*[tT]imeout)|@TimeLimiter\b|\b\w*[tT]imeLimiter\w*\.(?:execute|decorate)\w*\(|\bTimeout\.of\(/,
    },
  ],
  retry: [
    {
      within: 'code',
      roles: NEAR,
      pattern:
        /\b\w{0,40}[mM]ax_?(?:Network)?_?(?:Retries|Retry)\w{0,10}(?:\((?!\s*\))|\s*=(?!=))(?!\s*0\b)|\bmax_?Attempts\s*(?:\(|=(?!=))(?!\s*[01]\b)|\.(?:retryWhen|retryBackoff)\s*\(|\.retry\s*\((?!\s*0\s*\))|\bretryOn(?:ServerErrors|ExceptionOrServerErrors|Exception|ExceptionIf)\s*\(|\binstall\s*\(\s*HttpRequestRetry\b|\bHttpRequestRetry\s*[){]|\bsetRetryHandler\s*\(|\bretryStrategy\s*\(|\bretryPolicy\s*\(/,
    },
    {
      within: 'code',
      roles: NEAR,
      pattern:
        /\bnew\s+(?:Default|Own|Standard)?\w*Retry\w*(?:Handler|Strategy|Interceptor|Advice|er|Template)?\s*\(|\b\w*[rR]etryTemplate\.execute\w*\(|\b(?:Retry|\w*[rR]etry)\.(?:decorate|execute)\w*\(|\bFailsafe\.with\(|\bRetry(?:Config|Registry|Policy|Spec|Template|Utils?)?\.(?:of|custom|builder|backoff|fixedDelay|max|run|execute\w*|call\w*|with\w*)\(|\b(?:retry|withRetry|withRetries|retryIO|retrying|withBackoff|retryWithBackoff|runWithRetry|executeWithRetry)\s*(?:<[^<>()]{1,40}>)?\s*[({]/,
    },
    { within: 'code', roles: ['client'], pattern: /\b(?:class|object)\s+\w*Retry\w*/ },
    {
      within: 'code',
      roles: ['wrapper', 'caller'],
      pattern:
        /\b\w*[rR]etr(?:y|ies|ying)(?!OnConnection)\w*(?:\.\w+)?\s*(?:<[^<>()]{1,40}>)?\s*[({]/,
    },
    {
      within: 'code',
      roles: ['function', 'caller', 'wrapper'],
      pattern:
        /@(?:\w+\.)?(?:Retry|Retryable|RetryOnFailure|Fallback\.Retry)\b(?![^\n]*[mM]axAttempts\s*=\s*1\b)|\bResult\.retry\(\)/,
    },
  ],
  loops: [
    {
      within: 'code',
      pattern:
        /\b(?:for|while)\s*\([^\n]{0,200}\b\w*(?:[aA]ttempt|[rR]etr(?:y|ies)|RETR(?:Y|IES)|ATTEMPT|[tT]ries)\w*|\brepeat\s*\(\s*\w*(?:attempt|retr(?:y|ies)|tries)\w*/i,
    },
  ],
  endless: /\bwhile\s*\(\s*true\s*\)|\bfor\s*\(\s*;\s*;\s*\)/,
  grows: [
    {
      within: 'code',
      pattern:
        /[eE]xponential\w*|\bmultiplier\b|\bbackoffMultiplier\b|\bMath\.pow\(|\.pow\(|<<\s*\(?\s*\w*(?:attempt|retr|tries|i\b|n\b)|\bshl\b|\b1L?\s*<<|\*=\s*\w+|\bdelay\w*\s*(?:=|\*)[^;\n]{0,60}\*\s*(?:2|factor|multiplier)|\.withBackoff\(|\bRetry\.backoff\(/,
    },
  ],
  jitters: [
    {
      within: 'code',
      pattern: new RegExp(
        String.raw`\b\w*[jJ]itter\w*|\brandom\s*=\s*true\b|\brandomi[sz]\w+|RandomBack\w*|\b\w*${WAIT}\w*[^\n]{0,120}${CHANCE}|${CHANCE}[^\n]{0,120}\b\w*${WAIT}|[+*]\s*\(?(?:ThreadLocalRandom\.current\(\))?${CHANCE}`,
        'i',
      ),
    },
  ],
  both: [
    {
      within: 'code',
      pattern:
        /\bofExponentialRandomBackoff\(|\bExponentialRandomBackOffPolicy\b|\bRetry\.backoff\(\s*[^)\n]{1,80}\)(?![^;]{0,200}\bjitter\(\s*0)|\bexponentialDelay\(\s*\)|\bRetryMode\.(?:STANDARD|ADAPTIVE)\b|\bBackoffStrategy\.exponentialDelay\w*\(/,
    },
  ],
  key: [
    {
      within: 'code',
      roles: ['call', 'client', 'wrapper', 'function', 'helper'],
      pattern:
        /\b(?:set|with)?_?[iI]dempotency_?[kK]ey\s*\((?!\s*\))|\b[iI]dempotencyKey\s*=(?!=)|\bIDEMPOTENCY\w*\s*,|\b(?:messageDeduplicationId|clientToken|clientRequestToken|clientRequestId)\s*\((?!\s*\))/,
    },
    {
      within: 'text',
      roles: ['call', 'client', 'wrapper', 'function', 'helper'],
      pattern:
        /["'](?:X-)?Idempotency-?Key["']|["']PayPal-Request-Id["']|["']idempotency_?key["']/i,
    },
  ],
  limits: [
    {
      within: 'code',
      pattern:
        /\b429\b|\bTOO_MANY_REQUESTS\b|\bTooManyRequests\w*|\bRETRY_AFTER\b|@RateLimiter\b|\b\w*[rR]ateLimiter\w*\s*\.\s*\w+\(|\bRateLimit(?:er|ing)?\w*\s*\(|\bBucket4j\b|\btryConsume\w*\(|\.limitRate\(|\bRateLimitException\b|\bTHROTTLING_EXCEPTION\b|\bThrottlingException\b/,
    },
    { within: 'text', pattern: /["']Retry-After["']|["']X-Rate-?Limit-[\w-]+["']/i },
  ],
  breaker: [
    {
      within: 'code',
      pattern:
        /@(?:CircuitBreaker|HystrixCommand|Bulkhead|Fallback)\b|\b\w*[cC]ircuitBreaker\w*\s*[.(,)]|\b(?:circuitBreaker|breaker)\w*\s*[.{]|\bBulkhead\w*\.|\bfallbackMethod\s*=|\bwithFallback\(|\bFallback\.of\w*\(|\bonError(?:Return|Resume)\s*[({]|\b[fF]allback\w*\s*\(/,
    },
  ],
  tells: [
    {
      within: 'code',
      pattern:
        /\b\w*(?:[sS]tatus|[cC]ode|STATUS|CODE)\w*(?:\(\))?(?:\s*\.\s*(?:value|code)(?:\(\))?)?\s*(?:[=!]={1,2}|>=|<=|<|>|\bin\b)\s*\(?\s*(?:40[1-9]|4[12]\d|451|5\d\d)\b|\bis[45]xx\w*|\bis(?:Transient|Retr\w{1,12})\w*\s*\(|\bshouldRetry\w*\s*\(|\bHttp(?:Status(?:Code)?|URLConnection)\.(?:HTTP_)?(?:BAD_\w+|UNAUTHORIZED|UNAUTHORISED|FORBIDDEN|NOT_FOUND|CONFLICT|GONE|TOO_MANY\w*|INTERNAL\w*|SERVICE_UNAVAILABLE|UNAVAILABLE|GATEWAY\w*|NotFound|Unauthorized|Forbidden|Conflict|Gone|TooManyRequests|ServiceUnavailable|InternalServerError|BadGateway)\b|\b(?:retryFor|noRetryFor|retryExceptions|ignoreExceptions|retryOnException|retryOnResult|abortOn|abortIf|notRecoverable|noRetry|handleIf|retryIf)\s*[=({](?!\s*\))|\bRETRYABLE\w*\.contains\(|\bon\s*\{?\s*status\s*(?:==|in)|\bis\s+HttpException\b/,
    },
    {
      within: 'code',
      pattern:
        /\b(?:case|when|->|in|contains\()\s*(?:40[1-9]|4[12]\d|451|5\d\d)\b|\b(?:40[1-9]|4[12]\d|451|5\d\d)(?:\s*,\s*(?:40[1-9]|4[12]\d|451|5\d\d))*\s*->|\b(?:40[1-9]|4[12]\d|451|5\d\d)\s*(?:<=|\.\.)/,
    },
    {
      within: 'code',
      pattern:
        /\b(?:catch\s*\(\s*(?:final\s+)?(?:\w+\s*:\s*)?|instanceof\s+|\bis\s+)(?:\w+\.)*\w*(?:Timeout|Connect|ServerError|ServerResponse|ClientError|ClientRequest|ClientResponse|ResourceAccess|ResponseException|StatusException|StatusRuntime|RateLimit|Card|Unavailable|Transient|Retryable|TooManyRequests|NotFound|Unauthori[sz]ed|Forbidden|Conflict|Throttl\w*|InvalidRequest|ApiConnection|AuthFailure|UnknownHost|CallNotPermitted)\w*\b(?!\s*\|)/,
    },
  ],
  catchesAll: /\bcatch\s*\(|\brunCatching\b|\.exceptionally\(|\bonFailure\s*[({]|\.handle\(/,
  batch:
    /\b\w*(?:[bB]atch|[bB]ulk)\w*|\bputRecords\b|\bputEvents\b|\bsendMessages\b|\bsendAll\b|\bsendEach\w*\b|\bawaitAll\b|\binvokeAll\b|\ballOf\(/,
  parts: [
    {
      within: 'code',
      pattern:
        /\b(?:failed|hasFailed\w*|failedRecordCount|failedEntryCount|getFailureCount|failureCount|hasFailures|hasUnprocessedItems|unprocessed\w*|buildFailureMessage|isSuccessful|errors)\s*\(\)|\.failed\b|\.unprocessed\w*|\bgetErrors\(|\bgetFailed\w*\(|\bsupervisorScope\b|\bfailedEntryCount\b/,
    },
  ],
  traces: [
    {
      within: 'code',
      pattern:
        /@(?:Timed|Counted|Observed|NewSpan|WithSpan|ContinueSpan|Trace|Traced|SpanTag)\b|\b\w*[tT]racer\w*\s*\.|\bSpan\w*\s*\.|\bspan\w*\.|\bstartSpan\(|\b\w*[mM]eterRegistry\b\s*[.,)]|\bMetrics?\.\w+\(|\bmetrics\.\w+\(|\b(?:Counter|Timer|Histogram|Gauge)\.(?:builder|start|record|labels)\w*\(|\b\w*(?:[cC]ounter|[hH]istogram|[tT]imer)\w*\.(?:inc|increment|record|observe|labels|time|stop|startTimer)\w*\(|\bObservation\w*\.|\bobservationRegistry\b|\bMDC\.get\(|\bMDC\.put\w*\(|\bOpenTelemetry\b|\b\w*TelemetryInterceptor\b|\bTracingInterceptor\b|\binstall\(\s*CallId\b|\bCORRELATION_ID\w*\s*,|\bREQUEST_ID\w*\s*,/,
    },
    {
      within: 'text',
      pattern:
        /["'](?:X-)?(?:Request|Correlation|Trace|Amzn-Trace|B3-Trace)-?Id["']|["']traceparent["']/i,
    },
  ],
}
