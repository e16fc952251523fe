import type { LanguageSigns } from '#core/matrix/call-signs'
import type { Role } from '#core/matrix/region'

const NEAR: readonly Role[] = ['call', 'client', 'wrapper', 'caller']
const WAIT = '(?:sleep|delay|wait|back_?off|pause|interval)'
const CHANCE = String.raw`(?:\bthread_rng\(|\brand::random\b|\brand::rng\(|\brng\.\w+\(|\bgen_range\(|\brandom_range\(|\bfastrand::)`

/** What protects calls of Rust. */
export const RUST_SIGNS: LanguageSigns = {
  timeout: [
    // A limit on connecting alone leaves the answer without one.
    {
      within: 'code',
      roles: ['call', 'client'],
      pattern:
        /\.(?:read_|with_|set_|operation_|operation_attempt_)?timeout(?:_global|_per_call|_recv_response)?\s*\((?!\s*(?:None\b|\)))/,
    },
    {
      within: 'code',
      roles: ['call', 'function', 'wrapper', 'caller'],
      pattern: /\b(?:tokio::time::|time::|tokio::)?timeout(?:_at)?\s*\(|\bTimeoutLayer::new\(/,
    },
    {
      within: 'code',
      roles: ['client'],
      pattern: /\bTimeoutLayer::new\(|\bTimeoutConfig::builder\(/,
    },
  ],
  retry: [
    {
      within: 'code',
      roles: NEAR,
      pattern:
        /\bRetryTransientMiddleware\b|\bRetry(?:If)?::(?:spawn|start|new)\(|\bbackoff::(?:future::)?retry(?:_notify)?\b|\bretry(?:_notify|_async|_with_\w+|_fn|_if)?\s*(?:::<[^<>]{1,40}>)?\(|\.retry(?:_if|_when)?\s*\(|\bwith_max_retries\((?!\s*0)|\bwith_retr(?:y|ies)\w*\(|\bmax_network_retries\(|\bmax_retries\s*[:(](?!\s*0)|\bmax_attempts\s*[:(](?!\s*[01]\b)|\bRetryConfig::(?:standard|adaptive)\(|\bRetryLayer::new\(|\bRetryPolicy::\w+|\bwith_max_times\(|\bbuild_with_max_retries\((?!\s*0)|\btryhard::retry_fn\b|\bretry!\s*\(/,
    },
    { within: 'code', roles: ['client'], pattern: /\b(?:struct|impl)\s+[\w\s]{0,40}Retry\w*/ },
    {
      within: 'code',
      roles: ['function', 'caller'],
      pattern: /#\[(?:\w+::)?(?:retry|retryable|backoff)\b/,
    },
  ],
  loops: [
    {
      within: 'code',
      pattern:
        /\b(?:for|while)\s[^\n{]{0,200}\b\w*(?:attempt|retr(?:y|ies)|tries|ATTEMPTS|RETRIES)\w*|\bloop\s*\{(?=[\s\S]{0,1500}\b(?:attempts?|retries|tries|retry_count)\b)/i,
    },
  ],
  endless: /\bloop\s*\{|\bwhile\s+true\b/,
  grows: [
    {
      within: 'code',
      pattern:
        /\b[eE]xponential\w*|\b\w+\.(?:pow|saturating_pow|checked_pow|powi)\(|<<\s*\(?\s*\w+|\b\w*(?:delay|backoff|wait)\w*\s*\*=|\b\w*(?:delay|backoff|wait)\w*\s*=\s*[^;\n]{0,60}\*\s*\d|\bmultiplier\b|\bwith_factor\(|\bfibonacci\w*|\bFibonacci\w*|\.factor\(/,
    },
  ],
  jitters: [
    {
      within: 'code',
      pattern: new RegExp(
        String.raw`\b\w*jitter\w*(?!\(\s*Jitter::None)(?!::None)|\brandomization_factor\s*[:=]|\w*${WAIT}\w*[^\n]{0,120}${CHANCE}|${CHANCE}[^\n]{0,120}\w*${WAIT}|\bfrom_millis\([^\n]{0,60}${CHANCE}`,
        'i',
      ),
    },
  ],
  both: [
    {
      within: 'code',
      // backoff and retry-policies vary their waits unless they are told not to.
      pattern:
        /\bExponentialBackoff::default\(|\bExponentialBackoffBuilder::(?:new|default)\((?![^;]{0,300}with_randomization_factor\(\s*0(?:\.0*)?\s*\))|\bExponentialBackoff::builder\(\)(?![^;]{0,300}Jitter::None)|\bRetryConfig::(?:standard|adaptive)\(/,
    },
  ],
  key: [
    {
      within: 'code',
      roles: ['call', 'client', 'wrapper', 'function', 'helper'],
      pattern:
        /\b(?:set_|with_)?idempotency_key\(|\bidempotency_key\s*:|\bIDEMPOTENCY\w*\s*,|\.(?:client_token|message_deduplication_id|client_request_token)\(/,
    },
    {
      within: 'text',
      roles: ['call', 'client', 'wrapper', 'function', 'helper'],
      pattern: /"(?:X-)?Idempotency-?Key"|"idempotency_?key"|"PayPal-Request-Id"/i,
    },
  ],
  limits: [
    {
      within: 'code',
      pattern:
        /\b429\b|\bTOO_MANY_REQUESTS\b|\bTooManyRequests\b|\bRETRY_AFTER\b|\b\w*limiter\w*\s*\.\s*\w+\(|\bRateLimit(?:er|Layer|ed)?\w*(?:::|\s*\{|\()|\buntil_ready\b|\bThrottling\w*/,
    },
    { within: 'text', pattern: /"Retry-After"|"X-Rate-?Limit-[\w-]+"/i },
  ],
  breaker: [
    {
      within: 'code',
      pattern:
        /\b\w*circuit_?breaker\w*\b\s*[.(]|\bCircuitBreaker\w*::|\b\w*breaker\w*\s*\.\s*\w+\(|\bfailsafe::|\b\w*fallback\w*\s*\(|\bor_fallback\b/,
    },
  ],
  tells: [
    {
      within: 'code',
      pattern:
        /\bis_(?:timeout|connect|server_error|client_error|transient|retr\w{1,12}|rate_limited|request|body|decode|not_found)\w*\(|\b\w*(?:status|code)\w*(?:\(\))?(?:\.as_u16\(\))?\s*(?:==|!=|>=|<=|<|>)\s*(?:40[1-9]|4[12]\d|451|5\d\d)\b|\bStatusCode::(?:NOT_FOUND|UNAUTHORIZED|FORBIDDEN|CONFLICT|TOO_MANY_REQUESTS|INTERNAL_SERVER_ERROR|SERVICE_UNAVAILABLE|BAD_GATEWAY|GATEWAY_TIMEOUT|GONE|BAD_REQUEST|UNPROCESSABLE_ENTITY)\b|\b(?:backoff::)?Error::(?:transient|permanent|retry_after)\b|\bRetryable::(?:Transient|Fatal)\b|\b(?:40[1-9]|4[12]\d|451|5\d\d)\s*(?:\|[^\n=]{0,80})?(?:\.\.=?\s*\d+)?\s*=>|\bRetryError::|\b\w*Error::(?:\w*Timeout|RateLimit\w*|Transport|Connect\w*|NotFound|Server\w*|Unavailable|Status)\b\s*[({=|]?/,
    },
  ],
  catchesAll: /\b_\s*=>|\bErr\(|\.map_err\(|\.unwrap_or\w*\(|\.ok\(\)|\bif\s+let\s+Ok\b/,
  batch:
    /\b\w*(?:batch|bulk|Batch|Bulk)\w*|\bput_records\b|\bput_events\b|\bjoin_all\(|\bsend_messages\b|\bbuffer_unordered\(/,
  parts: [
    {
      within: 'code',
      pattern:
        /\.(?:failed|failures|failed_\w+|unprocessed\w*|errors|error_count)\b|\bpartition(?:_map|_result)?\b|\bfor\s+\w+\s+in\s+results\b|\.filter_map\(\s*Result::err/,
    },
  ],
  traces: [
    {
      within: 'code',
      pattern:
        /#\[(?:tracing::)?instrument\b|\b(?:tracing::)?(?:info|debug|trace|warn|error)?_?span!\s*\(|\.instrument\(|\bTracingMiddleware\b|\bTraceLayer\b|\bopentelemetry\b|\b(?:metrics::)?(?:counter|histogram|gauge|increment_counter)!\s*\(|\b\w*(?:counter|histogram|metrics|timer)\w*(?:\s*\.\s*\w+){1,3}\([^\n]*|\binject_context\(|\bwith_label_values\(/,
    },
    {
      within: 'text',
      pattern: /"(?:x-)?(?:request|correlation|trace)-?id"|"traceparent"/i,
    },
  ],
}
