import type { LanguageSigns } from '#core/matrix/call-signs'
import type { Role } from '#core/matrix/region'

const NEAR: readonly Role[] = ['call', 'client', 'wrapper', 'caller']
const NONE = String.raw`(?!\s*(?:nil\b|0\b(?!\.)|false\b))`
const WAIT = '(?:sleep|delay|wait|back_?off|pause|interval|retry_in)'
const CHANCE = String.raw`(?:\brand\b|\bRandom\.rand\b|\bSecureRandom\.random_number\b)`

/** What protects calls of Ruby. */
export const RUBY_SIGNS: LanguageSigns = {
  timeout: [
    // A limit on connecting alone leaves the answer without one.
    {
      within: 'code',
      roles: ['call', 'client'],
      pattern: new RegExp(
        String.raw`(?<!\bopen_|\bconnect_|\bconnection_)\b(?:read_|request_|response_|max_)?timeout:${NONE}|\.(?:read_)?timeout\s*=(?!=)${NONE}|:(?:read_)?timeout\s*=>${NONE}|\b(?:default|read)_timeout[ (]\s*\d|\.timeout\(${NONE}|\btimeout_in_seconds:|\bhttp_read_timeout:${NONE}`,
      ),
    },
    { within: 'text', roles: ['call', 'client'], pattern: /["'](?:read_)?timeout["']\s*=>/ },
    {
      within: 'code',
      roles: ['call', 'function', 'wrapper', 'caller'],
      pattern: /\bTimeout\.timeout\b/,
    },
  ],
  retry: [
    {
      within: 'code',
      roles: NEAR,
      pattern:
        /\b(?:max_?(?:network_?)?retries|num_retries|retries|retry_limit|retry_max|max_attempts|tries)\b(?::|\s*=(?![=>~])|\s*=>)(?!\s*(?:0\b|nil\b|false\b))|\bRetriable\.retriable\b|\bRetryable\.retryable\b|\bwith_retr(?:y|ies)\b|\bwith_backoff\b|\b\w*\.retriable\b|\bRetry\w*::|\b(?:request|use|builder\.request)\s*\(?\s*Faraday::Retry\b|\.retriable\b|\b(?:conn|connection|faraday|f|builder|c|b|config)?\.?(?:request|use)\s*\(?\s*:retry\b/,
    },
    { within: 'code', roles: ['client'], pattern: /\bclass\s+\w*Retry\w*/ },
    {
      within: 'code',
      roles: ['function', 'caller'],
      pattern:
        /^[ \t]*retry_on\b(?![^\n]*attempts:\s*1\b)|\bsidekiq_options\b[^\n]*\bretry:(?!\s*(?:false|0\b))|^[ \t]*(?:retriable|retry_job)\b/m,
    },
  ],
  loops: [
    {
      within: 'code',
      pattern:
        /^[ \t]*retry\b(?:\s+(?:if|unless)\b[^\n]*)?\s*$|\b(?:while|until|loop)\b[^\n]*\b\w*(?:attempt|retr(?:y|ies)|tries)\w*|\b\w*(?:attempts?|tries|retries)\w*\.times\b|\(\s*[01]\.\.\.?\s*\w*(?:attempts?|tries|retries)\w*\s*\)\.each\b|\b1\.upto\(\s*\w*(?:attempts?|tries|retries)/im,
    },
  ],
  endless: /\bloop\s*(?:do|\{)|\bwhile\s+true\b/,
  grows: [
    {
      within: 'code',
      pattern:
        /\bexponential\w*|:exponentially_longer|:polynomially_longer|\bexponentially_longer\b|\bpolynomially_longer\b|\*\*\s*\(?\s*\w*(?:attempt|tries|retr|count|executions|i\b|n\b)|\b(?:\d+|count|attempts?|tries|executions|retries)\s*\*\*|\bbackoff_factor:|\bmultiplier:|\bdelay\s*\*=|\*=\s*\d|\bbase_interval:/,
    },
  ],
  jitters: [
    {
      within: 'code',
      pattern: new RegExp(
        String.raw`\bjitter\b|\binterval_randomness\b|\brand_factor:|\b\w*${WAIT}\w*[^\n]{0,120}${CHANCE}|${CHANCE}[^\n]{0,120}\b\w*${WAIT}|\+\s*\(?${CHANCE}|^\s*${CHANCE}|\*\s*\(?(?:\d[\d.]*\s*\+\s*)?${CHANCE}`,
        'm',
      ),
    },
  ],
  both: [
    {
      within: 'code',
      pattern:
        /\bsidekiq_options\b[^\n]*\bretry:(?![\s\S]{0,300}\bsidekiq_retry_in\b)|:(?:exponentially|polynomially)_longer\b(?![^\n]*jitter:\s*0(?!\.[1-9]))|\bRetriable\.(?:retriable|with_context)\b(?![^\n]*rand_factor:\s*0(?!\.[1-9]))/,
    },
  ],
  key: [
    {
      within: 'code',
      roles: ['call', 'client', 'wrapper', 'function', 'helper'],
      pattern:
        /\bidempotency_?key:|:idempotency_?key\s*=>|\b(?:client_token|message_deduplication_id|client_request_token):/i,
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
        /\b429\b|\bTooManyRequests\w*|:too_many_requests\b|\bRateLimit\w*|\brate_limit(?:er|ed)?\w*\b\s*[.(:]|\bSidekiq::Limiter\b|\bthrottle\w*\b\s*[.(:]|\bsidekiq_throttle\b|\bretry_after\b|\bThrottl\w+Exception\b|\bwith_rate_limit\w*/,
    },
    { within: 'text', pattern: /["']Retry-After["']|["']X-Rate-?Limit-[\w-]+["']/i },
  ],
  breaker: [
    {
      within: 'code',
      pattern:
        /\bcircuit\w*\b\s*[.(:{]|\bCircuit\w*\b|\bStoplight\b|\bSemian\b|\bsemian\w*:|\b\w*[bB]reaker\w*\b\s*[.({:]|\b\w*Breaker\b|\bwith_fallback\b|\bfallback\w*\s*[({]|\bfallback:/,
    },
  ],
  tells: [
    {
      within: 'code',
      pattern:
        /\b\w*(?:status|code)\w*(?:\.to_i)?\s*(?:={2}|!=|>=|<=|<|>)\s*(?:40[1-9]|4[12]\d|451|5\d\d)\b|\bwhen\s+(?:4\d\d|5\d\d|40[1-9])|\b\(?(?:40[1-9]|4[12]\d|451|5\d\d)\.\.|\bin\s+(?:40[1-9]|4[12]\d|451|5\d\d)|\b(?:server|client)_error\?|\bnot_found\?|\bunauthorized\?|\btransient\w*\?|\bretr(?:y|i)able\w*\?|\bshould_retry\?|\bretry_on\s+[A-Z]|\bdiscard_on\b|\bretry_if:|:retry\b[^\n]{0,200}\bexceptions:|\bretriable\b[^\n]{0,200}\bon:|\bretry_statuses\b/,
    },
    {
      within: 'text',
      pattern: /\b(?:code|status)\b[^\n]{0,20}(?:==|!=|when|\.start_with\?\()\s*["'](?:4\d\d|5)/,
    },
    {
      within: 'code',
      pattern:
        /\brescue\s+(?:[A-Z][\w:]*\s*,\s*)*\\?\s*[\w:]*(?:Timeout|Connection|ServerError|ClientError|RateLimit|Card|Unavailable|Transient|Retryable|TooManyRequests|NotFound|Unauthori[sz]ed|Forbidden|Conflict|Throttl\w*|InvalidRequest|APIConnection|Authentication|ECONN\w+|EHOSTUNREACH|SocketError|BadRequest|UnprocessableEntity|ServiceError|BadGateway|InternalServer|BadResponse|Redirect|NetworkError|HTTPFatalError|HTTPServerException)\w*|\bis_a\?\(\s*(?:Net::HTTP\w+|\w*(?:Timeout|Server|Client|NotFound)\w*)|\bwhen\s+Net::HTTP(?!Success|OK|Response)\w+|\bwhen\s+(?:[\w:]+::)?\w*(?:Timeout|ServerError|ClientError|NotFound|RateLimit|Unauthorized|TooManyRequests)\w*/,
    },
  ],
  catchesAll: /\brescue\b/,
  batch:
    /\b\w*(?:[bB]atch|[bB]ulk)\w*|\bput_records\b|\bput_events\b|\bsend_messages\b|\bsend_all\b|\binsert_all\b/,
  parts: [
    {
      within: 'code',
      pattern:
        /\.(?:failed|failures|failed_\w+|unprocessed\w*|error_count|errors)\b|\[:(?:failed|failures|errors|failed_\w+)\]|\bpartition\b|\bdig\(\s*:(?:failed|errors)/,
    },
    { within: 'text', pattern: /\[["'](?:failed|failures|errors|failed_\w+)["']\]/ },
  ],
  traces: [
    {
      within: 'code',
      pattern:
        /\bActiveSupport::Notifications\b|\b(?:request|use)\s*\(?\s*:instrumentation\b|\bOpenTelemetry\b|\b\w*[tT]racer\w*\s*\.|\bDatadog\b|\bNewRelic\b|\badd_method_tracer\b|\bStatsD\b|\bstatsd\b\s*[.?]|\bMetrics?\s*\.\s*\w+|\bPrometheus\b|\bYabeda\b|\bLibrato\b|\bSkylight\b|\b(?:in_span|start_span|start_active_span)\b|\bSentry\.with_child_span\b|\bCurrent\.request_id\b|\bCurrent\.correlation_id\b|\binstrument\s*[( ]\s*["':]?|\b(?:counter|histogram|gauge)\w*\.(?:increment|observe|set)\b|\bcorrelation_id:/,
    },
    {
      within: 'text',
      pattern: /["'](?:X-)?(?:Request|Correlation|Trace)-?Id["']|["']traceparent["']/i,
    },
  ],
}
