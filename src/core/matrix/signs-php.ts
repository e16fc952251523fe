import type { LanguageSigns } from '#core/matrix/call-signs'
import type { Role } from '#core/matrix/region'

const NEAR: readonly Role[] = ['call', 'client', 'wrapper', 'caller']
const NONE = String.raw`(?!\s*(?:0(?:\.0)?\s*[,)\];\n]|null\b|false\b))`
const WAIT = '(?:sleep|delay|wait|back_?off|pause|interval)'
const CHANCE = String.raw`(?:\b(?:mt_rand|rand|random_int|lcg_value)\()`

/** What protects calls of PHP. */
export const PHP_SIGNS: LanguageSigns = {
  timeout: [
    // A limit on connecting alone leaves the answer without one.
    {
      within: 'code',
      roles: ['call', 'client', 'function', 'wrapper', 'helper'],
      pattern: new RegExp(
        String.raw`\bCURLOPT_TIMEOUT(?:_MS)?\s*(?:=>|,)${NONE}|\bCURLOPT_LOW_SPEED_TIME\b`,
      ),
    },
    {
      within: 'code',
      roles: ['call', 'client'],
      pattern: new RegExp(
        String.raw`(?:->|::)(?:set)?(?:[rR]equest|[rR]ead|[rR]esponse)?[tT]imeout\(${NONE}(?!\s*\))|\bRequestOptions::(?:READ_)?TIMEOUT\s*=>${NONE}|\b(?:timeout|maxDuration|max_duration)\s*:(?!:)${NONE}|\bset(?:Curl)?Timeout\(${NONE}`,
      ),
    },
    {
      within: 'text',
      roles: ['call', 'client'],
      pattern: new RegExp(
        String.raw`["'](?:request_?|read_?|default_socket_|idle_?|http_?)?(?:timeout|max_duration)["']\s*(?:=>|,|\]\s*=)${NONE}`,
        'i',
      ),
    },
  ],
  retry: [
    {
      within: 'code',
      roles: NEAR,
      pattern:
        /(?:->|::)retry\((?!\s*(?:[01]\s*[,)]|\)))|\bMiddleware::retry\(|\bGuzzleRetryMiddleware\b|\bRetryMiddleware\b|\bnew\s+\\?(?:[\w\\]*\\)?Retry\w*\s*\(|\bset_?Max(?:Network)?Retries\((?!\s*0)|\bmaxRetries\s*:(?!:)(?!\s*0\b)|\bretry\((?!\s*[01]\s*,)\s*(?:\[|\d|\$|self::|static::|times:|config)|\b(?:withRetr(?:y|ies)|retryOn\w*|callWithRetry|runWithRetries|retryable)\s*\(|\b(?:retry|backoff)\w*->(?:call|run|execute|attempt)\(/i,
    },
    {
      within: 'text',
      roles: NEAR,
      pattern:
        /["'](?:max_?(?:network_?)?retries|retries|max_attempts|max_retry_attempts|retry_max\w*|retries_enabled)["']\s*=>(?!\s*(?:0\b|null\b|false\b))/i,
    },
    { within: 'code', roles: ['client'], pattern: /\bclass\s+\w*Retry\w*/ },
    {
      within: 'code',
      roles: ['function', 'caller'],
      pattern:
        /\b(?:public|protected)\s+(?:\??int\s+)?\$tries\s*=(?!\s*[01]\s*;)|\bfunction\s+retryUntil\b|\$this->release\(|#\[(?:Tries|AsMessageHandler\([^)\n]*retry)/,
    },
  ],
  loops: [
    {
      within: 'code',
      pattern:
        /\b(?:for|while|foreach)\s*\([^\n]{0,200}\$\w*(?:attempt|retr(?:y|ies)|tries)\w*|\b(?:for|while|foreach)\s*\([^\n]{0,200}::\w*(?:ATTEMPTS|RETRIES|TRIES)/i,
    },
  ],
  endless: /\bwhile\s*\(\s*(?:true|1)\s*\)|\bfor\s*\(\s*;\s*;\s*\)/,
  grows: [
    {
      within: 'code',
      pattern:
        /\bexponential\w*|\*\*\s*\(?\s*\$\w*|\b\d+\s*\*\*|\bpow\(|<<\s*\(?\s*\$\w*|\$\w*(?:delay|wait|sleep|backoff)\w*\s*\*=|\bmultiplier\s*:(?!\s*1(?:\.0+)?(?![.\d]))|\bretry\(\s*\[|\$backoff\s*=\s*\[|\bfunction\s+backoff\b/i,
    },
  ],
  jitters: [
    {
      within: 'code',
      pattern: new RegExp(
        String.raw`\bjitter\w*\b(?!\s*:\s*0(?:\.0+)?(?![.\d]))|\w*${WAIT}\w*[^\n]{0,120}${CHANCE}|${CHANCE}[^\n]{0,120}\w*${WAIT}|\breturn\b[^\n;]{0,120}${CHANCE}|=>[^\n;]{0,120}${CHANCE}|\+\s*${CHANCE}`,
        'i',
      ),
    },
  ],
  both: [
    {
      within: 'code',
      // GenericRetryStrategy doubles the wait and takes up to a tenth off or on.
      pattern:
        /\bnew\s+\\?(?:[\w\\]*\\)?RetryableHttpClient\((?![^;]{0,400}GenericRetryStrategy\()|\bnew\s+\\?(?:[\w\\]*\\)?GenericRetryStrategy\((?![^;]{0,400}(?:jitter:\s*0(?:\.0+)?(?![.\d])|multiplier:\s*1(?:\.0+)?(?![.\d])))/,
    },
  ],
  key: [
    {
      within: 'code',
      roles: ['call', 'client', 'wrapper', 'function', 'helper'],
      pattern:
        /\b(?:set|with)?_?[iI]dempotencyKey\((?!\s*\))|\bidempotencyKey\s*:(?!:)|\bIDEMPOTENCY\w*\s*=>/,
    },
    {
      within: 'text',
      roles: ['call', 'client', 'wrapper', 'function', 'helper'],
      pattern:
        /["'](?:X-)?Idempotency-?Key\s*(?::[^"'\n]{0,60})?["']|["']PayPal-Request-Id["']|["']idempotency_?key["']|["'](?:ClientToken|MessageDeduplicationId)["']/i,
    },
  ],
  limits: [
    {
      within: 'code',
      pattern:
        /\b429\b|\bHTTP_TOO_MANY_REQUESTS\b|\bTooManyRequests\w*|\bRateLimiter::\w+\(|\bRateLimited\w*\(|\bRedis::throttle\(|\$\w*[lL]imiter\w*->|->limiter->|\bRateLimit\w*Exception\b|\bRateLimiterMiddleware\b|\bThrottlesExceptions\w*\(|\bnew\s+\\?(?:[\w\\]*\\)?RetryableHttpClient\((?![^;]{0,400}GenericRetryStrategy\(\s*\[(?![^\]]*429))/,
    },
    { within: 'text', pattern: /["']Retry-After["']|["']X-Rate-?Limit-[\w-]+["']/i },
    // A pause within a loop, and no pause after a failure: calls are paced.
    {
      within: 'code',
      roles: ['function'],
      pattern: /\bforeach\s*\((?:(?!\bcatch\b)[\s\S]){0,2000}?\bu?sleep\(\s*[\d_]+\s*\)/,
    },
  ],
  breaker: [
    {
      within: 'code',
      pattern:
        /\b[cC]ircuitBreaker\w*(?:->|::|\()|\$\w*(?:[cC]ircuit|[bB]reaker)\w*->|->(?:\w*[cC]ircuit\w*|\w*[bB]reaker)->|\bGanesha\b|\bganesha\b|\b[fF]allback\w*\(|\bThrottlesExceptions\w*\(|\bfallback\s*:(?!:)/,
    },
  ],
  tells: [
    {
      within: 'code',
      pattern:
        /\b\w*(?:[sS]tatus|[cC]ode)\w*(?:\(\))?\s*(?:[=!]={1,2}|>=|<=|<|>)\s*(?:40[1-9]|4[12]\d|451|5\d\d)\b|\bin_array\([^\n]{0,120}\b(?:40[1-9]|4[12]\d|451|5\d\d)\b|\bcase\s+(?:40[1-9]|4[12]\d|451|5\d\d)\s*:|\b(?:40[1-9]|4[12]\d|451|5\d\d)\s*(?:,\s*\d{3}\s*)*=>|->(?:serverError|clientError|notFound|unauthorized|forbidden|tooManyRequests|unprocessableEntity|conflict)\(\)|\bHTTP_(?:NOT_FOUND|UNAUTHORIZED|FORBIDDEN|CONFLICT|TOO_MANY\w*|INTERNAL\w*|SERVICE_UNAVAILABLE|BAD_GATEWAY|GATEWAY\w*|UNPROCESSABLE\w*|GONE|BAD_REQUEST)\b|\bis(?:Transient|Retr\w{1,12})\w*\(|\bshouldRetry\w*\(|\bcurl_errno\([^\n]{0,40}(?:===?|!==?)\s*CURLE_(?!OK)|\bCURLE_(?:OPERATION_TIME\w+|COULDNT_\w+)\b|\bwhen\s*:(?!:)/,
    },
    {
      within: 'code',
      pattern:
        /\b(?:catch\s*\(\s*|instanceof\s+)\\?(?:\w+\\)*\w*(?:Timeout|Connect|Server(?!Request)|ClientException|BadResponse|ClientError|RateLimit|Card|Unavailable|Transient|Retryable|TooManyRequests|NotFound|Unauthori[sz]ed|Forbidden|Conflict|Throttl\w*|InvalidRequest|ApiConnection|Authentication|TransportException|Redirection|HttpExceptionInterface|NetworkException|AwsException|S3Exception)\w*\b(?!\s*\|)/,
    },
  ],
  catchesAll: /\bcatch\s*\(|->catch\(|\brescue\(|->otherwise\(/,
  batch:
    /\b\w*(?:[bB]atch|[bB]ulk)\w*|\bputRecords\b|\bputEvents\b|\bsendMessages\b|\bPool::(?:batch)\b|\bHttp::pool\b|\bsendAll\b/,
  parts: [
    {
      within: 'text',
      pattern:
        /\[["'](?:failed|failures|errors|Failed\w*|Unprocessed\w*)["']\]|->(?:failed|failures|errors|getErrors|getFailed\w*|hasFailures|failedJobs)\b\(?|["']rejected["']\s*=>|\binstanceof\s+\\?(?:Throwable|Exception|Response|ConnectionException)\b|["'](?:Failed\w*)["']/,
    },
  ],
  traces: [
    {
      within: 'code',
      pattern:
        /\b\w*[tT]racer\w*(?:->|::)|\bspanBuilder\(|\bstartSpan\(|\$span\w*->|\bStatsD?::\w+\(|\$\w*(?:[sS]tatsd|[mM]etrics?|[hH]istogram|[cC]ounter|[pP]rometheus|[tT]elemetry)\w*->|->(?:\w*[mM]etrics|\w*[sS]tatsd|\w*[hH]istogram|\w*[cC]ounter|\w*[pP]rometheus|\w*[tT]elemetry)->|\bMetrics?::\w+\(|\bOpenTelemetry\b|\bContext::(?:get|add)\(|\bnewrelic_\w+\(|\bDDTrace\b|\bcorrelationId\b\s*[,)]|->withCorrelationId\(|\bSentry\\startTransaction\b/,
    },
    {
      within: 'text',
      pattern:
        /["'](?:X-)?(?:Request|Correlation|Trace)-?Id\s*(?::[^"'\n]{0,60})?["']|["']traceparent["']/i,
    },
  ],
}
