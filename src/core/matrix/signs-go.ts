import type { LanguageSigns } from '#core/matrix/call-signs'
import type { Role } from '#core/matrix/region'

const NEAR: readonly Role[] = ['call', 'client', 'wrapper', 'caller']
const WITHIN: readonly Role[] = ['call', 'client', 'wrapper', 'function', 'helper']
const AROUND: readonly Role[] = ['function', 'helper', 'wrapper', 'caller', 'client']
const CHANCE = String.raw`(?:\brand\.\w+\(|\brand(?:om)?\.N\(|\bmathrand\.\w+\()`
const WAIT = `(?:wait|delay|sleep|backoff|pause|interval|duration|after)`

/** What protects calls of Go. */
export const GO_SIGNS: LanguageSigns = {
  timeout: [
    {
      within: 'code',
      roles: ['call', 'client'],
      // A limit on connecting or on the handshake alone leaves the answer without one.
      pattern:
        /(?<!\w)(?:Request|Read|HTTP|Client|http|request|client|default|api|Api|API)?[tT]imeout\s*:(?!\s*(?:0\b|nil\b))\s*[\w(]|\.(?:HTTPClient\.)?Timeout\s*=(?!=)(?!\s*(?:0\b))\s*|\.SetTimeout\(|\bWith(?:Request|HTTP|Client)?Timeout\(|\bResponseHeaderTimeout\s*:|\.SetDeadline\(/,
    },
    {
      within: 'code',
      roles: ['call', 'function', 'wrapper', 'caller'],
      pattern: /\bcontext\.With(?:Timeout|Deadline)(?:Cause)?\(/,
    },
    {
      within: 'code',
      roles: ['wrapper', 'client'],
      pattern: /\bcontext\.With(?:Timeout|Deadline)\(/,
    },
  ],
  retry: [
    {
      within: 'code',
      roles: NEAR,
      pattern:
        /\bbackoff\.(?:Retry\w*|RetryNotify\w*)\(|\bretry\.(?:Do\w*|Run|OnError|RetryOnConflict|Constant|Exponential|Fibonacci|New)\(|\bwait\.(?:ExponentialBackoff\w*|PollUntil\w*|Poll\w*)\(|\.SetRetryCount\((?!\s*(?:0\b))\s*|\bRetryMax\s*[:=]+(?!\s*(?:0\b))\s*|\b(?:Max(?:Network)?Retries|MaxRetryAttempts|MaxAttempts|RetryCount|NumRetries)\s*[:=]+(?!\s*(?:(?:\w+\.)?(?:\w+\(\s*)?0\b))\s*[\w(]|\bRetryMaxAttempts\s*[:=]+(?!\s*[01]\b)\s*\w|\bWithMax(?:Retries|Attempts)\((?!\s*(?:0\b))\s*|\bWithRetr(?:y|ies|yer|yMaxAttempts)\w*\(|\b(?:do|call|send|with|run|fetch|execute|request)\w{0,20}WithRetr(?:y|ies)\w*\(|\b(?:Do|Call|Send|With|Run|Fetch|Execute|Request)\w{0,20}WithRetr(?:y|ies)\w*\(|\brehttp\.\w+\(|\bhttpretry\.\w+\(|\bpester\.\w+\(|\bheimdall\w*|\bfailsafe\w*\.\w+\(|\bretrypolicy\.\w+/,
    },
  ],
  loops: [
    {
      within: 'code',
      pattern:
        /\bfor\b[^\n{]{0,160}\b\w*(?:[aA]ttempt|[rR]etr(?:y|ies)|[tT]ries)\w*[^\n{]{0,160}\{/,
    },
  ],
  endless: /^[ \t]*for\s*\{/m,
  grows: [
    {
      within: 'code',
      pattern: new RegExp(
        String.raw`\bExponential\w*|\bexponential\w*|\bNewExponentialBackOff\b|\bBackOffDelay\b|\bmath\.Pow\(|<<\s*\(?\s*\w*|\b\w*${WAIT}\w*\s*(?:\*=|=\s*\w*${WAIT}\w*\s*\*|=\s*2\s*\*)|\bFactor\s*:(?!\s*(?:1\b))\s*|\bLinearJitterBackoff\b|\bFibonacci\b|\bDefaultBackoff\b`,
        'i',
      ),
    },
  ],
  jitters: [
    {
      within: 'code',
      pattern: new RegExp(
        String.raw`\b\w*[jJ]itter\w*\b(?!\s*[:=]\s*0(?![\d.]))|\bRandomDelay\b|\bRandomizationFactor\b|\b\w*${WAIT}\w*[^\n]{0,160}${CHANCE}|${CHANCE}[^\n]{0,160}\w*${WAIT}`,
        'i',
      ),
    },
  ],
  both: [
    {
      within: 'code',
      // The exponential waits of cenkalti/backoff are randomized by a half; retry-go delays so too.
      pattern:
        /\bbackoff\.NewExponentialBackOff\(|\bbackoff\.ExponentialBackOff\{|\bretryablehttp\.(?:RateLimit)?LinearJitterBackoff\b|\bretry\.Do\((?![\s\S]{0,1200}\b(?:DelayType|FixedDelay)\b)(?=[\s\S]{0,1200}\bretry\.(?:Attempts|Context|Delay|MaxDelay|OnRetry|LastErrorOnly)\()|\bgax\.Backoff\{/,
    },
  ],
  key: [
    {
      within: 'code',
      roles: WITHIN,
      pattern:
        /\.SetIdempotencyKey\(|\bIdempotencyKey\s*[:=](?!=)|\b(?:MessageDeduplicationId|ClientToken|ClientRequestToken|MsgId)\s*:|\bnats\.MsgId\(/,
    },
    {
      within: 'text',
      roles: WITHIN,
      pattern:
        /\.(?:Set|Add|SetHeader)\(\s*["`](?:X-)?(?:Idempotency-Key|Idempotence-Key|PayPal-Request-Id)["`]\s*,|["`](?:X-)?Idempotency-Key["`]\s*(?:\]\s*=|:)/i,
    },
  ],
  limits: [
    {
      within: 'code',
      pattern:
        /\bStatusTooManyRequests\b|(?<![\w.])429\b(?![\w.])|\b\w*(?:[lL]imiter|[tT]hrottler?|[pP]acer)\.(?:Wait\w*|Take|Allow\w*|Reserve\w*|Acquire|Call\w*)\(|\bRateLimit(?:Error|LinearJitterBackoff|ed)\w*|\bAbuseRateLimitError\b|\bAcceptedError\b|\b(?:Is|is)(?:TooManyRequests|RateLimit\w*|Throttl\w*)\(|\bErrRateLimit\w*|\bErrTooManyRequests\b|\bratelimit\.\w+\(|\b[rR]etryAfter\w*\b/,
    },
    { within: 'text', pattern: /["`](?:retry-after|x-rate-?limit-[\w-]+|ratelimit-[\w-]+)["`]/i },
  ],
  breaker: [
    {
      within: 'code',
      pattern:
        /\bhystrix\.(?:Do|Go)\w*\(|\b\w*(?:[bB]reaker|[cC]ircuit)\w*\.(?:Execute|Run|Call|Do|Allow|Ready|Go|Wrap)\w*\(|\b(?:[wW]ith|[tT]ry)Fallback\w*\(/,
    },
    { within: 'code', roles: ['function'], pattern: /\breturn\s+[\w.]*[fF]allback\w*\(/ },
    // That one is made protects nothing: it has to stand around the call.
    {
      within: 'code',
      roles: ['wrapper', 'caller'],
      pattern: /\bgobreaker\.\w+|\bcircuitbreaker\.\w+|\bNewCircuitBreaker\w*|\bcircuit\.\w+\(/,
    },
  ],
  tells: [
    {
      within: 'code',
      roles: AROUND,
      pattern:
        /\b(?:StatusCode|statusCode|status|code|Code|Status)(?:\(\))?\s*(?:==|!=|>=|<=|<|>)(?!\s*(?:200\b|20\d\b|2\d\d\b|300\b|299\b|399\b|400\s*(?:\{|\|\||&&|\))|0\b|nil\b|http\.Status(?:OK|Created|Accepted|NoContent|BadRequest\s*\{|MultipleChoices)\b|http\.StatusBadRequest\s*\{))\s*(?:[45]\d\d\b|http\.Status[A-Z]\w+|codes\.\w+|\w+\.\w*(?:Err|Code)\w*)|\bswitch\s+[^\n{]{0,80}\b(?:StatusCode|status|code|Code\(|err)\b[^\n{]{0,40}\{|\bcase\s+http\.Status(?!OK\b)\w+|\berrors\.(?:Is|As)\(\s*\w+\s*,(?!\s*(?:&?\w*(?:context\.Canceled|io\.EOF)\b))\s*|\berrors\.AsType\[|\b(?:[iI]s|[sS]hould)(?:Transient|Retr(?:y|ya?i?able)|Temporary|Permanent|NotFound|Fatal|Timeout|Passing|Recoverable)\w*\(|\.Temporary\(\)|\bbackoff\.Permanent\(|\bretry\.(?:Unrecoverable|RetryIf|RetryableError)\(|\bCheckRetry\s*[:=]|\bAddRetryCondition\w*\(|\bstatus\.(?:Code|FromError)\(|\berr\.\(\*?\w+/,
    },
  ],
  catchesAll: /\berr\s*!=\s*nil\b/,
  batch:
    /\b(?:SendMessageBatch|PutRecords|PutRecordBatch|PutEvents|PublishBatch|BatchWriteItem|BatchGetItem|DeleteObjects|SendBatch|SendMessages|WriteMessages|SendEach\w*|SendMulticast|SendAll|BulkCreate|BulkIndex\w*|BulkWrite|BatchCreate\w*|BatchUpdate\w*|Bulk|NewBulkIndexer)\(/,
  parts: [
    {
      within: 'code',
      pattern:
        /\.Failed(?:RecordCount|EntryCount|PutCount)?\b|\.Unprocessed\w*|\.(?:FailureCount|Errors|FailedItems|Failed|PartialFailure\w*)\b|\bWriteErrors\b|\bfor\s+[^\n{]{1,60}range\s+\w*(?:\.Responses|\.Results|[rR]esults|[rR]esponses)\b|\bOnFailure\b/,
    },
  ],
  traces: [
    {
      within: 'text',
      pattern: /["`](?:x-)?(?:correlation|request|trace)-?id["`]\s*(?:,|\]|:)|["`]traceparent["`]/i,
    },
    {
      within: 'code',
      pattern:
        /\botelhttp\.\w+\(|\botel\w*\.GetTextMapPropagator\(|\b\w*[tT]racer\w*(?:\(\))?\.Start\w*\(|\b(?:trace|tracing|opentracing|tracer|ddtracer|tracing)\.(?:StartSpan\w*|Start|SpanFromContext|StartRegion|StartSpanFromContext)\(|\bspan\.(?:End|Set\w+|RecordError|AddEvent|Finish)\(|\bhttptrace\.\w+\(|\bpromhttp\.Instrument\w+|\.WithLabelValues\(|\b\w*(?:[hH]istogram|[cC]ounter|Duration|Latency|Total|Vec)\w*\.(?:Observe|Inc|Add|Record|With)\(|\b(?:metrics?|statsd|stats)\.(?:Incr\w*|Inc\w*|Timing\w*|Observe\w*|Record\w*|Count\w*|Histogram\w*|Measure\w*|Add\w*|Emit\w*)\(|\bprometheus\.NewTimer\(|\bxray\.\w+\(|\bnewrelic\.\w+|\bochttp\.\w+|\bapmhttp\.\w+|\bsentry\.StartSpan\(/,
    },
  ],
}
