import type { CallUnit } from '#core/matrix/call-unit'
import type { LibraryDefaults } from '#core/matrix/library-defaults'
import { codeOf } from '#core/matrix/region'

const OKHTTP: LibraryDefaults = {
  name: 'OkHttp',
  timeoutMs: 10_000,
  // It goes on to another address or connection, and tries no answer again.
  retries: 0,
  source:
    'https://square.github.io/okhttp/5.x/okhttp/okhttp3/-ok-http-client/-builder/read-timeout.html',
}
const NET_HTTP: LibraryDefaults = {
  name: 'Net::HTTP',
  timeoutMs: 60_000,
  retries: 1,
  onlyRepeatable: true,
  source: 'https://docs.ruby-lang.org/en/3.4/Net/HTTP.html#method-i-max_retries-3D',
}

const FARADAY: LibraryDefaults = {
  name: 'Faraday over Net::HTTP',
  timeoutMs: 60_000,
  retries: 0,
  source:
    'https://github.com/lostisland/faraday-net_http/blob/main/lib/faraday/adapter/net_http.rb',
}

/** Libraries of Java, Kotlin, Ruby, PHP and Rust, by the name that the inventory gives them. */
const DEFAULTS: Readonly<Record<string, LibraryDefaults>> = {
  okhttp3: OKHTTP,
  retrofit2: { ...OKHTTP, name: 'Retrofit over OkHttp' },
  'java.net.http': {
    name: 'java.net.http',
    timeoutMs: null,
    retries: 0,
    source:
      'https://docs.oracle.com/en/java/javase/21/docs/api/java.net.http/java/net/http/HttpRequest.Builder.html#timeout(java.time.Duration)',
  },
  'java.net.HttpURLConnection': {
    name: 'HttpURLConnection',
    timeoutMs: null,
    retries: 0,
    source:
      'https://docs.oracle.com/en/java/javase/21/docs/api/java.base/java/net/URLConnection.html#setReadTimeout(int)',
  },
  'org.springframework.web': {
    name: "Spring's client",
    timeoutMs: null,
    retries: 0,
    source:
      'https://docs.spring.io/spring-framework/docs/current/javadoc-api/org/springframework/http/client/SimpleClientHttpRequestFactory.html#setReadTimeout(int)',
  },
  'jakarta.ws': {
    name: 'Jersey',
    timeoutMs: null,
    retries: 0,
    source:
      'https://eclipse-ee4j.github.io/jersey.github.io/apidocs/latest/jersey/org/glassfish/jersey/client/ClientProperties.html#READ_TIMEOUT',
  },
  'Net::HTTP': NET_HTTP,
  'open-uri': { ...NET_HTTP, name: 'open-uri' },
  URI: { ...NET_HTTP, name: 'open-uri' },
  Faraday: FARADAY,
  HTTParty: {
    ...NET_HTTP,
    name: 'HTTParty over Net::HTTP',
    source: 'https://github.com/jnunemaker/httparty/blob/main/lib/httparty/connection_adapter.rb',
  },
  RestClient: {
    name: 'RestClient',
    timeoutMs: 60_000,
    // Nothing in lib/restclient/request.rb keeps Net::HTTP from its second attempt.
    retries: 1,
    onlyRepeatable: true,
    source: 'https://github.com/rest-client/rest-client#timeouts',
  },
  HTTP: {
    name: 'http.rb',
    timeoutMs: null,
    retries: 0,
    source: 'https://github.com/httprb/http/wiki/Timeouts',
  },
  GuzzleHttp: {
    name: 'Guzzle',
    timeoutMs: null,
    retries: 0,
    source: 'https://docs.guzzlephp.org/en/stable/request-options.html#timeout',
  },
  Illuminate: {
    name: "Laravel's Http",
    timeoutMs: 30_000,
    retries: 0,
    source: 'https://laravel.com/docs/12.x/http-client#timeout',
  },
  Symfony: {
    name: "Symfony's HttpClient",
    timeoutMs: 60_000,
    retries: 0,
    source: 'https://symfony.com/doc/current/reference/configuration/framework.html#timeout',
  },
  curl_exec: {
    name: 'curl',
    timeoutMs: null,
    retries: 0,
    source: 'https://curl.se/libcurl/c/CURLOPT_TIMEOUT.html',
  },
  curl_multi_exec: {
    name: 'curl',
    timeoutMs: null,
    retries: 0,
    source: 'https://curl.se/libcurl/c/CURLOPT_TIMEOUT.html',
  },
  file_get_contents: {
    name: 'file_get_contents',
    timeoutMs: 60_000,
    retries: 0,
    source: 'https://www.php.net/manual/en/filesystem.configuration.php#ini.default-socket-timeout',
  },
  reqwest: {
    name: 'reqwest',
    timeoutMs: null,
    retries: 0,
    source: 'https://docs.rs/reqwest/latest/reqwest/struct.ClientBuilder.html#method.timeout',
  },
  reqwest_middleware: {
    name: 'reqwest',
    timeoutMs: null,
    retries: 0,
    source: 'https://docs.rs/reqwest/latest/reqwest/struct.ClientBuilder.html#method.timeout',
  },
  ureq: {
    name: 'ureq',
    timeoutMs: null,
    retries: 0,
    source: 'https://docs.rs/ureq/latest/ureq/config/struct.ConfigBuilder.html',
  },
}
const BLOCKING_REQWEST: LibraryDefaults = {
  name: 'reqwest::blocking',
  timeoutMs: 30_000,
  retries: 0,
  source:
    'https://docs.rs/reqwest/latest/reqwest/blocking/struct.ClientBuilder.html#method.timeout',
}
const KTOR_CIO: LibraryDefaults = {
  name: "Ktor's CIO engine",
  timeoutMs: 15_000,
  retries: 0,
  source:
    'https://api.ktor.io/ktor-client-cio/io.ktor.client.engine.cio/-c-i-o-engine-config/request-timeout.html',
}

/** What the library of a call does by itself; null where that is not known or said elsewhere. */
export function otherDefaults(unit: CallUnit): LibraryDefaults | null {
  const { party } = unit.request
  const made = unit.regions.filter(({ role }) => role === 'client' || role === 'call')
  const isMadeOf = (pattern: RegExp) => made.some((region) => pattern.test(codeOf(region)))
  // Interfaces that somebody else answers: Retrofit speaks by OkHttp.
  if (party.id === 'declared HTTP client')
    return isMadeOf(/\b(?:Retrofit|OkHttp\w*)\b/) ? OKHTTP : null
  if (party.role !== 'http') return null
  const special = Object.hasOwn(SPECIAL, party.id) ? SPECIAL[party.id] : undefined
  if (special !== undefined) return special(unit, isMadeOf)
  return Object.hasOwn(DEFAULTS, party.id) ? (DEFAULTS[party.id] ?? null) : null
}

type Special = (unit: CallUnit, isMadeOf: (pattern: RegExp) => boolean) => LibraryDefaults | null

/** Libraries that are not the same everywhere. */
const SPECIAL: Readonly<Record<string, Special>> = {
  reqwest: ({ file }) =>
    /\breqwest::blocking\b|\bblocking::Client\b/.test(file.text)
      ? BLOCKING_REQWEST
      : (DEFAULTS['reqwest'] ?? null),
  'io.ktor.client': (_, isMadeOf) => {
    if (isMadeOf(/\bHttpClient\(\s*CIO\b/)) return KTOR_CIO
    return isMadeOf(/\bHttpClient\(\s*OkHttp\b/) ? { ...OKHTTP, name: 'Ktor over OkHttp' } : null
  },
  // Another adapter has limits of its own, and a client that was not seen may have any.
  Faraday: ({ request }, isMadeOf) => {
    const isOther =
      isMadeOf(/\.adapter[ \t]*\(?[ \t]*(?!:net_http\b|Faraday\.default_adapter|[ \t)])\S/) ||
      (/^[a-z]/.test(request.steps[0]?.name ?? '') && !isMadeOf(/\bFaraday\b/))
    return isOther ? { ...FARADAY, name: 'Faraday', timeoutMs: undefined } : FARADAY
  },
}
