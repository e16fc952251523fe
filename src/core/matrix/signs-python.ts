import type { LanguageSigns } from '#core/matrix/call-signs'
import type { Role } from '#core/matrix/region'

const NEAR: readonly Role[] = ['call', 'client', 'wrapper', 'caller']
const WITHIN: readonly Role[] = ['call', 'client', 'wrapper', 'function', 'helper']
const AROUND: readonly Role[] = ['function', 'helper', 'wrapper', 'caller', 'client']
/** No limit, by what stands for it. */
const OFF = String.raw`(?!\s*(?:None\b|0\s*[,)\n]|False\b|-1\b))`
const CHANCE = String.raw`(?:\brandom\.\w+\(|\buniform\(|\brandint\(|\bsecrets\.\w+\(|\bSystemRandom\b)`
const COUNTS = `(?:max_?(?:network_?)?retries|num_?retries|n_?retries|retries|max_?attempts|total_max_attempts|max_?tries|retry_?(?:count|limit|max|times)|number_of_retries)`
/** Failures that are of one kind, and not whatever a library throws. */
const KINDS = String.raw`(?!File|Module|Object|Key|Page|User|Directory|Http404)(?:\w*Timeout\w*|\w*Connect(?:ion)?\w*|\w*(?:Rate_?Limit|Throttl|TooMany|ServiceUnavailable|ServerError|Unavailable|Temporary|Transient|Retr(?:y|ya?i?able)|Transport|Network|Busy|Overloaded|BadRequest|NotFound|Forbidden|Unauthori[sz]ed|Authentication|Authori[sz]ation|PermissionDenied|InvalidRequest|InvalidArgument|CardError|Conflict|Unprocessable|Rejected|Refused|InternalServer|APIStatus|Permanent|Deadline)\w*)`

/** What protects calls of Python. */
export const PYTHON_SIGNS: LanguageSigns = {
  timeout: [
    {
      within: 'code',
      roles: ['call', 'client'],
      pattern: new RegExp(
        String.raw`(?<![\w.])(?:request_|read_|http_|socket_|total_|api_|default_)?timeout(?:_s|_seconds|_secs|_ms)?\s*=(?!=)${OFF}|\.timeout\s*=(?!=)${OFF}|\bClientTimeout\((?!\s*(?:total\s*=\s*None|\)))|\bsetdefaulttimeout\(`,
      ),
    },
    {
      within: 'text',
      roles: ['call', 'client'],
      pattern: new RegExp(String.raw`["'](?:request_|read_)?timeout["']\s*(?::|\]\s*=)${OFF}`),
    },
    {
      within: 'code',
      roles: ['call', 'function', 'wrapper', 'caller'],
      pattern:
        /\b(?:asyncio|async_timeout|anyio)\.(?:timeout|wait_for|timeout_at|fail_after|move_on_after)\(|(?<![\w.])wait_for\((?=[^\n]{0,200},\s*(?:timeout\s*=|[\d.]+\s*\)|\w*[tT][iI][mM][eE][oO][uU][tT]))|(?<![\w.])(?:fail_after|move_on_after)\(|\bwith\s+timeout\(|@(?:func_)?timeout(?:_decorator\.timeout)?\(/,
    },
    // Adapters that put a limit on whatever is sent through them.
    { within: 'code', roles: ['client'], pattern: /\bTimeout(?:HTTP|Http)?Adapter\(/ },
  ],
  retry: [
    {
      within: 'code',
      roles: NEAR,
      pattern: new RegExp(String.raw`(?<![\w.])${COUNTS}\s*=(?!=)(?!\s*(?:0\b|None\b|False\b))`),
    },
    {
      within: 'text',
      roles: NEAR,
      pattern:
        /["'](?:max_?retries|retries|(?:total_)?max_attempts|max_tries)["']\s*:(?!\s*(?:0\b|None\b|False\b|\{))/,
    },
    {
      within: 'code',
      roles: NEAR,
      pattern:
        /(?<![\w])(?:Retry|AsyncRetry|RetryTransport|AsyncRetrying|Retrying|ExponentialRetry|RandomRetry|JitterRetry|FibonacciRetry|RetryClient|RetryOptions|LinearRetry|RetryPolicy|retry_call|with_retr(?:y|ies)|retry_async|call_with_retr(?:y|ies)|request_with_retr(?:y|ies)|run_with_retr(?:y|ies)|retry_request|retrying_request)\s*\((?!\s*0\b)|(?<![\w.])retry(?:_\w+)?\s*\(|\btenacity\.retry\(|\bbackoff\.on_(?:exception|predicate)\(|\bstamina\.retry/,
    },
    {
      within: 'code',
      roles: ['function', 'caller', 'wrapper'],
      pattern:
        /@(?:\w+\.)?(?:retry(?!_at)\w*|on_exception|on_predicate|retrying|retriable|retryable)\b|@\w+\.on_(?:exception|predicate)\b|\bautoretry_for\s*=|\b(?:self|task|\w+_task)\.retry\(/,
    },
  ],
  loops: [
    {
      within: 'code',
      pattern:
        /\b(?:for|while)\b[^\n]{0,160}\b_?\w*(?:attempt|retr(?:y|ies)|tries)\w*\b[^\n]{0,120}:\s*$|\bfor\s+_\s+in\s+range\([^\n]{0,40}\):\s*\n\s+try:/im,
    },
  ],
  endless: /\bwhile\s*\(?\s*(?:True|1)\s*\)?\s*:/,
  grows: [
    {
      within: 'code',
      pattern:
        /\bwait_(?:random_)?exponential\w*|\bbackoff\.(?:expo|fibo)\b|\bbackoff_factor\s*=(?!\s*0(?:\.0)?\s*[,)\n])|\bexponential\w*|\*\*\s*\(?\s*\w*(?:attempt|tr(?:y|ies)|retr|count|\bi\b|\bn\b)|\b2\s*\*\*|\bpow\(|<<\s*\(?\s*\w*(?:attempt|tries|retr)|\b\w*(?:delay|wait|backoff|interval|sleep)\w*\s*\*=|\bretry_backoff\s*=(?!\s*False)|\bmultiplier\s*=\s*[2-9]|\bwait_incrementing\b/i,
    },
  ],
  jitters: [
    {
      within: 'code',
      pattern: new RegExp(
        String.raw`\b\w{0,20}jitter\w*\b(?!\s*=\s*(?:None|False|0(?![\d.])))|\bwait_random\w*|\b(?:sleep|delay|wait|backoff|pause|interval)\w*\b[^\n]{0,160}${CHANCE}|${CHANCE}[^\n]{0,160}\b(?:sleep|delay|wait|backoff|attempt)`,
        'i',
      ),
    },
  ],
  both: [
    {
      within: 'code',
      // backoff has full jitter and celery varies unless they are told otherwise.
      pattern:
        /\bwait_(?:random_exponential|exponential_jitter)\b|\bbackoff\.(?:expo|fibo)\b(?![\s\S]{0,300}\bjitter\s*=\s*None)|\bretry_backoff\s*=(?!\s*False)(?![\s\S]{0,300}\bretry_jitter\s*=\s*False)|\bstamina\.retry|\bJitterRetry\(/,
    },
  ],
  key: [
    {
      within: 'code',
      roles: WITHIN,
      pattern:
        /(?<![\w.])(?:idempotency_?key|idempotence_?key|MessageDeduplicationId|ClientRequestToken|ClientToken|client_request_token)\s*=(?!=)(?!\s*None\b)/i,
    },
    {
      within: 'text',
      roles: WITHIN,
      pattern:
        /["'](?:x-)?idempoten(?:cy|ce)[-_]?key["']\s*(?::|\]\s*=(?!=))(?!\s*None\b)|["'](?:PayPal-Request-Id|MessageDeduplicationId|ClientRequestToken|ClientToken)["']\s*(?::|\]\s*=(?!=))/i,
    },
  ],
  limits: [
    {
      within: 'code',
      pattern:
        /(?<![\w.-])429\b(?![\w.])|\btoo_many_requests\b|\bTOO_MANY_REQUESTS\b|\bTooManyRequests\w*|\bRateLimit(?:ed|Exceeded|Reached)?(?:Error|Exception)?\b|@(?:\w+\.)?(?:limits|rate_limit(?:ed)?|throttle[rd]?|ratelimit)\(|\b\w*(?:[lL]imiter|[tT]hrottler|ratelimiter|rate_limiter|leaky_bucket|token_bucket)\w*\.(?:try_acquire|acquire|wait|consume|ratelimit|limit|has_capacity)\b|\bwith\s+(?:self\.)?\w*(?:rate_?limit|limiter|throttl)\w*|\b(?:AsyncLimiter|RateLimiter|Throttler)\(|\brespect_retry_after_header\s*=\s*True|\bretry_after\b|\bThrottlingException\b|\bawait_rate_limit\w*\(|\b(?:handle|check|wait_for|respect)_rate_limit\w*\(/,
    },
    {
      within: 'text',
      pattern:
        /["'](?:retry-after|x-rate-?limit-[\w-]+|ratelimit-[\w-]+|ThrottlingException|ProvisionedThroughputExceededException|rateLimitExceeded)["']|["']mode["']\s*:\s*["']adaptive["']/i,
    },
    // urllib3 waits as long as it is asked to unless it is told not to.
    {
      within: 'code',
      roles: ['client'],
      pattern: /(?<!\w)Retry\(\s*\w(?![\s\S]{0,500}\brespect_retry_after_header\s*=\s*False)/,
    },
  ],
  breaker: [
    {
      within: 'code',
      pattern:
        /\bCircuitBreaker\w*\(|@(?:\w+\.)?\w*(?:breaker|circuit)\w*|\b\w*(?:breaker|circuit)\w*\.(?:call|call_async|calling|execute|run|protect|acquire|context)\b|\bwith\s+(?:self\.)?\w*(?:breaker|circuit)\w*|\breturn\s+(?:await\s+)?[\w.]*fallback\w*\(/,
    },
  ],
  tells: [
    {
      within: 'code',
      roles: AROUND,
      pattern:
        /\b(?:status|status_?code|code|http_status|errno)\s*(?:==|!=|>=|<=|<|>|\bin\b|\bnot\s+in\b)(?!\s*(?:200\b|201\b|202\b|204\b|2\d\d\b|300\b|400\s*(?:[):]|and|or)|0\b|None\b|["'](?:ok|success)|\(?\s*20\d\s*,?\s*(?:20\d\s*,?\s*)*\)|\[\s*20\d))\s*(?:[45]\d\d\b|[A-Z_]{3,}|\(\s*[45]\d\d|\[\s*[45]\d\d|\{\s*[45]\d\d|HTTPStatus\.(?!OK|CREATED|ACCEPTED|NO_CONTENT)|status\.HTTP_[45]|(?:requests\.)?codes\.(?!ok\b)\w+)|\b[45]00\s*<=\s*\w[\w.]*status(?:_code)?\b|\bmatch\s+[\w.]*status|\bstatus_forcelist\s*=|\b(?:is|should)_?(?:transient|retr(?:y|ya?i?able)|temporary|passing|recoverable|fatal|permanent)\w*|\.is_(?:client|server)_error\b|\b(?:retry_if_exception_type|retry_if_exception|retry_if_result|giveup|autoretry_for|dont_autoretry_for)\s*(?:=|\()(?!\s*[([]?\s*(?:[\w]+\.)*(?:Exception|BaseException|HTTPError|HTTPStatusError|RequestException|ClientError|httpx\.HTTPError)\s*,?\s*[)\]])(?!\s*(?:Exception|BaseException)\b)/i,
    },
    {
      within: 'text',
      roles: AROUND,
      pattern:
        /\[["']Code["']\]\s*(?:==|!=|in\b|not\s+in\b)|\b(?:error_?code|code|error\.reason|reason|error_type|type)\s*(?:==|\bin\b)\s*[({[]?\s*["'](?!ok|success|error["'])[\w.-]{4,60}["']|\.get\(\s*["']error(?:_code)?["']\s*\)\s*(?:==|\bin\b)/,
    },
    {
      within: 'code',
      roles: AROUND,
      pattern: new RegExp(
        String.raw`\bexcept\s*\*?\s*\(?\s*(?:[\w.]+\s*,\s*){0,6}(?:\w+\.)*${KINDS}\b|\bisinstance\(\s*\w+\s*,\s*\(?\s*(?:[\w.]+\s*,\s*){0,6}(?:\w+\.)*${KINDS}\b`,
      ),
    },
  ],
  catchesAll: /\bexcept\b/,
  batch:
    /\b(?:send_message_batch|put_records|put_record_batch|put_events|publish_batch|batch_write_item|delete_objects|batch_get_item|send_batch|send_messages|send_each\w*|send_multicast|send_all|bulk|bulk_create|batch_create|batch_update|batch_execute|streaming_bulk|parallel_bulk|insert_all|insert_rows_json|batch_writer)\b\s*\(|\basyncio\.gather\(|(?<![\w.])gather\(|\bTaskGroup\(|\.map\(\s*(?:self\.)?\w*(?:send|fetch|post|push|request|call|get)\w*\s*,/,
  parts: [
    {
      within: 'text',
      pattern:
        /\breturn_exceptions\s*=\s*True|["'](?:Failed(?:RecordCount|EntryCount|PutCount)?|Unprocessed\w*|failed|failures|errors|failureCount|Errors|insertErrors)["']|\b(?:failed|failures|errors|failed_\w+|failure_count|rejected)\b\s*(?:=(?!=)|\[|\.append|:|\)|,)|\bas_completed\(|\bisinstance\(\s*\w+\s*,\s*(?:Base)?Exception\s*\)/,
    },
  ],
  traces: [
    {
      within: 'text',
      pattern:
        /["'](?:x-)?(?:correlation|request|trace|transaction)-?id["']\s*(?:\]|:)|["'](?:traceparent|x-b3-traceid|x-amzn-trace-id|sentry-trace)["']|(?<![\w.])(?:correlation_id|traceparent)\s*=(?!=)/i,
    },
    {
      within: 'code',
      pattern:
        /\btracer\.\w+\(|\bstart_(?:as_current_)?span\(|\bstart_transaction\(|\bstart_child\(|\bspan\.(?:set_\w+|record_exception|end|finish|add_event)\(|\b(?:inject|propagate\.inject)\(\s*\w|@(?:\w+\.)*(?:capture|trace[d]?|timed|instrument|observe|count_exceptions|wrap)\(|\bin_(?:sub)?segment\(|\b\w*(?:histogram|counter|HISTOGRAM|COUNTER|Histogram|Counter|CALLS|LATENCY|_TOTAL|_SECONDS)\w*\.(?:labels|inc|observe|record|add|time)\b|\b(?:Counter|Histogram|Summary)\(|\b(?:statsd|metrics?|stats|dogstatsd|datadog|prometheus)\.(?:incr|increment|timing|timer|timed|gauge|histogram|distribution|count|observe|record\w*|add_metric|put_metric)\b|\bsentry_sdk\.(?:start_span|start_transaction)\(|\bnewrelic\.\w+|\b(?:HTTPXClient|Requests|AioHttpClient|URLLib3|Botocore)Instrumentor\(|\bpatch_all\(|\blogfire\.(?:span|instrument\w*)\(|\bbind_contextvars\(|@(?:\w+\.)?with_span\b/,
    },
  ],
}
