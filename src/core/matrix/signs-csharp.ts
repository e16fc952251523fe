import type { LanguageSigns } from '#core/matrix/call-signs'
import type { Role } from '#core/matrix/region'

const WITHIN: readonly Role[] = ['call', 'client', 'wrapper', 'function', 'helper']
const AROUND: readonly Role[] = ['function', 'helper', 'wrapper', 'caller', 'client']
const NEAR: readonly Role[] = ['call', 'client', 'wrapper', 'caller']
const CHANCE = String.raw`(?:\bRandom(?:\.Shared)?\.Next\w*\(|\b[jJ]itter\w*\.Next\w*\(|\b_?[rR]andom\.Next\w*\(|\bRandomNumberGenerator\.\w+\()`
/** The handler of Microsoft.Extensions.Http.Resilience has a limit, retries, a breaker and more. */
const STANDARD = String.raw`\bAdd(?:Standard(?:Resilience|Hedging)Handler)\(`

/** What protects calls of C#. */
export const CSHARP_SIGNS: LanguageSigns = {
  timeout: [
    {
      within: 'code',
      roles: ['call', 'client'],
      pattern:
        /(?<!\w)(?:Request|Http|Network|Command|Read|Try)?Timeout\s*=(?!=)(?!\s*(?:Timeout\.Infinite|System\.Threading\.Timeout|Timeout\.InfiniteTimeSpan|null\b))\s*|\bSetTimeout\(|\.WithTimeout\(|\btimeout\s*:(?!\s*(?:null\b))\s*\w/,
    },
    {
      within: 'code',
      roles: ['call', 'client', 'function', 'wrapper', 'helper', 'caller'],
      pattern:
        /\.CancelAfter\(|\bnew\s+CancellationTokenSource\((?!\s*(?:\)))\s*[\w]|\.WaitAsync\(\s*(?:TimeSpan|_?\w*[tT]imeout)/,
    },
    {
      within: 'code',
      roles: NEAR,
      pattern: new RegExp(
        String.raw`\.AddTimeout\(|\bPolicy\.Timeout(?:Async)?\b|\bTimeoutAsync(?:<\w+>)?\(|\bTimeoutStrategyOptions\b|\bAttemptTimeout\b|${STANDARD}`,
      ),
    },
  ],
  retry: [
    {
      within: 'code',
      roles: NEAR,
      pattern: new RegExp(
        String.raw`\bWaitAndRetry(?:Forever)?(?:Async)?\b|\.Retry(?:Forever)?Async\(|\.AddRetry\(|\bRetryStrategyOptions\b|\bHttpRetryStrategyOptions\b|${STANDARD}|\b(?:MaxRetryAttempts|MaxRetries|MaxErrorRetry|RetryCount|MaxNetworkRetries|maxNetworkRetries|MaxAttempts|maxRetries)\s*[=:](?!\s*(?:0\b))\s*|\bAddTransientHttpErrorPolicy\((?=[\s\S]{0,300}Retry)|\bnew\s+\w*RetryPolicy\b|\b\w*WithRetr(?:y|ies)\w*\(|\bRetryHelper\.\w+|\bnew\s+RetryHandler\b|\bExecuteWithRetry\w*\(|\[AutomaticRetry\b`,
      ),
    },
    { within: 'code', roles: ['client'], pattern: /\bclass\s+\w*Retry\w*/ },
    {
      within: 'code',
      roles: ['function', 'caller'],
      pattern: /\[(?:AutomaticRetry|Retry)\b(?![^\]]{0,60}Attempts\s*=\s*0)/,
    },
  ],
  loops: [
    {
      within: 'code',
      pattern: /\b(?:for|while)\s*\([^\n]{0,200}\b\w*(?:[aA]ttempt|[rR]etr(?:y|ies)|[tT]ries)\w*/,
    },
  ],
  endless: /\bwhile\s*\(\s*true\s*\)|\bfor\s*\(\s*;\s*;\s*\)/,
  grows: [
    {
      within: 'code',
      pattern:
        /\bDelayBackoffType\.(?:Exponential|Linear)\b|\bExponentialBackoff\b|\bBackoff\.\w+|\bMath\.Pow\(|<<\s*\(?\s*\w*|\b\w*[dD]elay\w*\s*(?:\*=|=\s*\w*[dD]elay\w*\s*\*)|\bRetryMode\.Exponential\b|\bRetryMode\s*=\s*\w*\.?(?:Standard|Adaptive)\b|\*\s*(?:attempt|retry|retryAttempt|retryCount|i)\b/,
    },
  ],
  jitters: [
    {
      within: 'code',
      pattern: new RegExp(
        String.raw`\bUseJitter\s*=\s*true|\bDecorrelatedJitter\w*|\bAwsDecorrelatedJitter\w*|\+\s*(?:TimeSpan\.\w+\(\s*)?${CHANCE}|${CHANCE}|\bSoftExponentialBackoff\b`,
      ),
    },
  ],
  both: [
    {
      within: 'code',
      // https://learn.microsoft.com/en-us/dotnet/core/resilience/http-resilience: exponential, with jitter.
      pattern: new RegExp(
        String.raw`${STANDARD}|\bDecorrelatedJitterBackoffV2\(|\bnew\s+HttpRetryStrategyOptions\s*(?:\(\s*\)\s*)?(?!\(?\s*\)?\s*\{[^}]{0,400}(?:UseJitter\s*=\s*false|DelayBackoffType\.Constant))`,
      ),
    },
  ],
  key: [
    {
      within: 'code',
      roles: WITHIN,
      pattern:
        /\bIdempotencyKey\s*[=:](?!=)|\bMessageDeduplicationId\s*=|\bClientRequestToken\s*=|\bClientToken\s*=|\bMessageId\s*=(?!=)(?!\s*(?:null|Guid\.NewGuid))/,
    },
    {
      within: 'text',
      roles: WITHIN,
      pattern:
        /\.(?:Add|TryAddWithoutValidation|AddHeader|WithHeader|Set)\(\s*"(?:X-)?(?:Idempotency-?Key|Idempotence-Key|PayPal-Request-Id)"|\["(?:X-)?Idempotency-?Key"\]\s*=(?!=)/i,
    },
  ],
  limits: [
    {
      within: 'code',
      pattern: new RegExp(
        String.raw`\bTooManyRequests\b|(?<![\w.])429\b(?![\w.])|\.RetryAfter\b|\bShouldRetryAfterHeader\s*=\s*true|${STANDARD}|\bHttpRetryStrategyOptions\b(?![^}]{0,400}ShouldRetryAfterHeader\s*=\s*false)|\b\w*[lL]imiter\.(?:AcquireAsync|AttemptAcquire|WaitAsync|Wait|Acquire)\(|\bAddRateLimiter\(|\bRateLimit(?:Exceeded)?Exception\b|\bIsRateLimited\w*\(|\bIs(?:TooManyRequests|Throttled)\(|\bThrottlingException\b`,
      ),
    },
    { within: 'text', pattern: /"(?:Retry-After|X-Rate-?Limit-[\w-]+)"/i },
  ],
  breaker: [
    {
      within: 'code',
      pattern: new RegExp(
        String.raw`\b(?:Advanced)?CircuitBreaker(?:Async)?\s*(?:<\w+>)?\(|\.AddCircuitBreaker\(|${STANDARD}|\bAdvancedCircuitBreaker\w*\(|\b\w*[cC]ircuitBreaker\w*\.Execute\w*\(|\bFallbackAsync\(|\.AddFallback\(|\bFallback(?:Policy|StrategyOptions)\b|\bBulkhead(?:Async)?\(|\breturn\s+(?:await\s+)?[\w.]*[fF]allback\w*\(`,
      ),
    },
  ],
  tells: [
    {
      within: 'code',
      roles: AROUND,
      pattern: new RegExp(
        String.raw`\bStatusCode\s*(?:==|!=|>=|<=|<|>|is\s+(?:not\s+)?(?:>=\s*)?)\s*(?:\(?\s*(?:System\.Net\.)?HttpStatusCode\.(?!OK\b|Created\b|Accepted\b|NoContent\b|BadRequest\s*\))\w+|[45]\d\d\b)|\bswitch\s*\([^\n)]{0,80}(?:StatusCode|ErrorCode)\b|\bStatusCode\s+switch\b|\bcase\s+HttpStatusCode\.(?!OK\b)\w+|\bcatch\s*\([^)\n]{0,120}\)\s*when\s*\([^\n]{0,200}(?:Status|Code|Type|Transient|Timeout|Retr|Reason|Error)|\bcatch\s*\(\s*(?:\w+\.)*\w*(?:Timeout|RateLimit|Throttl\w*|Unauthorized|NotFound|Transient|BadRequest|Conflict|TooManyRequests|Forbidden|Validation|Authentication)\w*Exception\b|\bHandleTransientHttpError\(|\bAddTransientHttpErrorPolicy\(|\bShouldHandle\s*=|\bHttpRetryStrategyOptions\b|${STANDARD}|\.IsTransient\b|\b(?:Is|Should)(?:Transient|Retr(?:y|ya?i?able)|Temporary|Permanent)\w*\(|\.OrResult\([^)\n]{0,120}StatusCode|\.HandleResult<[^>\n]{0,60}>\([^)\n]{0,160}StatusCode`,
      ),
    },
    {
      within: 'text',
      roles: AROUND,
      pattern: /\b(?:ErrorCode|Code|Reason|ErrorType)\s*(?:==|is)\s*"[\w.-]{3,60}"/,
    },
  ],
  catchesAll: /\bcatch\b/,
  batch:
    /\b(?:SendMessageBatchAsync|PutRecordsAsync|PutRecordBatchAsync|PutEventsAsync|PublishBatchAsync|BatchWriteItemAsync|DeleteObjectsAsync|SendMessagesAsync|SendBatchAsync|SendEach\w*|SendMulticastAsync|SendAllAsync|Bulk\w*Async|BatchCreate\w*|BatchUpdate\w*)\s*\(|\bTask\.WhenAll\(|\bParallel\.ForEachAsync\(/,
  parts: [
    {
      within: 'code',
      pattern:
        /\.Failed(?:RecordCount|EntryCount|PutCount)?\b|\.Unprocessed\w*|\.(?:FailureCount|Errors|FailedItems|ItemsWithErrors|Failures)\b|\.IsFaulted\b|\bforeach\s*\([^\n)]{0,60}\bin\s+\w*(?:[rR]esults|[rR]esponses)\b/,
    },
  ],
  traces: [
    {
      within: 'text',
      pattern: /"(?:X-)?(?:Correlation|Request|Trace)-?Id"|"traceparent"/i,
    },
    {
      within: 'code',
      pattern:
        /\.StartActivity\(|\bStartActiveSpan\(|\bStartSpan\(|\bActivity\.Current\b|\bactivity\?*\.(?:Set\w+|AddEvent|AddTag)\(|\b_?\w*(?:[cC]ounter|[hH]istogram|[mM]etrics?)\w*(?:\.\w+)?\.(?:Add|Record|Increment|Inc|Observe|Measure|TrackDependency|TrackMetric)\w*\(|\bCreateCounter<|\bCreateHistogram<|\b_?[tT]elemetry\w*\.Track\w+\(|\bTrackDependency\(|\bHeaderPropagation\b|\bAddHeaderPropagation\(|\bCorrelationId\s*=(?!=)|\bCorrelationIdHandler\b|\bStatsd\w*\.\w+\(/,
    },
  ],
}
