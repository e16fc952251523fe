/**
 * What an HTTP library does when nobody tells it otherwise, as its documentation or source states.
 * `undefined` is not known, `null` waits for ever.
 */
export interface LibraryDefaults {
  readonly name: string
  /** The limit of one attempt, in milliseconds. */
  readonly timeoutMs: number | null | undefined
  /** Attempts beyond the first. */
  readonly retries: number | undefined
  /** It tries again only what may be repeated by HTTP's word: what reads or replaces. */
  readonly onlyRepeatable?: boolean
  /** The waits between its attempts grow and vary. */
  readonly spreads?: boolean
  /** It waits as long as the other side asks for by `Retry-After`. */
  readonly heedsRetryAfter?: boolean
  /** What it does with a refusal for asking too often, as a provider's pack says of its SDK. */
  readonly rateLimited?: 'waits' | 'fails'
  /** It tries again what may pass, and nothing else. */
  readonly tellsFailures?: boolean
  /** The page that says so. */
  readonly source: string
}

/** By the library's name as the inventory calls it. */
export const LIBRARY_DEFAULTS: Readonly<Record<string, LibraryDefaults>> = {
  fetch: {
    name: 'fetch',
    timeoutMs: null,
    retries: 0,
    source: 'https://fetch.spec.whatwg.org/',
  },
  axios: {
    name: 'axios',
    timeoutMs: null,
    retries: 0,
    source: 'https://axios-http.com/docs/req_config',
  },
  'node-fetch': {
    name: 'node-fetch',
    timeoutMs: null,
    retries: 0,
    source: 'https://github.com/node-fetch/node-fetch#options',
  },
  got: {
    name: 'got',
    timeoutMs: null,
    retries: 2,
    heedsRetryAfter: true,
    source: 'https://github.com/sindresorhus/got/blob/main/documentation/7-retry.md',
  },
  ky: {
    name: 'ky',
    timeoutMs: 10_000,
    retries: 2,
    heedsRetryAfter: true,
    source: 'https://github.com/sindresorhus/ky#readme',
  },
  requests: {
    name: 'requests',
    timeoutMs: null,
    retries: 0,
    source: 'https://requests.readthedocs.io/en/latest/user/quickstart/#timeouts',
  },
  httpx: {
    name: 'httpx',
    timeoutMs: 5_000,
    retries: 0,
    source: 'https://www.python-httpx.org/advanced/timeouts/',
  },
  aiohttp: {
    name: 'aiohttp',
    timeoutMs: 300_000,
    retries: 0,
    source: 'https://docs.aiohttp.org/en/stable/client_quickstart.html#timeouts',
  },
  'net/http': {
    name: 'net/http',
    timeoutMs: null,
    retries: 0,
    source: 'https://pkg.go.dev/net/http#Client',
  },
  'System.Net': {
    name: 'HttpClient',
    timeoutMs: 100_000,
    retries: 0,
    source: 'https://learn.microsoft.com/dotnet/api/system.net.http.httpclient.timeout',
  },
  'github.com/hashicorp/go-retryablehttp': {
    name: 'go-retryablehttp',
    // It waits for an answer as long as its HTTP client does, which has no limit unless it is given one.
    timeoutMs: null,
    retries: 4,
    heedsRetryAfter: true,
    spreads: false,
    tellsFailures: true,
    source: 'https://pkg.go.dev/github.com/hashicorp/go-retryablehttp#pkg-variables',
  },
}
