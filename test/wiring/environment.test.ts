import { generateKeyPairSync } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { readEnvironment } from '#wiring/environment'
import { EnvironmentVariables } from '#wiring/environment-variables'

const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
const PKCS1 = privateKey.export({ type: 'pkcs1', format: 'pem' }).toString()
const PKCS8 = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
const SECRET = 'a secret of at least thirty-two characters'
const good = { APP_ID: '4711', PRIVATE_KEY: PKCS1, WEBHOOK_SECRET: SECRET }

function complaints(change: Record<string, string>, read?: (path: string) => string): string[] {
  const result = readEnvironment({ ...good, ...change }, read)
  return result.ok ? [] : result.complaints.map(({ reason }) => reason)
}

function value(change: Record<string, string> = {}, read?: (path: string) => string) {
  const result = readEnvironment({ ...good, ...change }, read)
  if (!result.ok) {
    throw new Error(result.complaints.map(({ reason }) => reason).join('\n'))
  }
  return result.value
}

const TOO_SHORT =
  'WEBHOOK_SECRET is shorter than 32 characters; make one with `openssl rand -hex 32`'
const NOT_POSTGRES =
  'DATABASE_URL must start with postgres://, as in postgres://user:password@host/name; leave it empty for the embedded store'
const NOT_HTTPS =
  'ANTHROPIC_BASE_URL must be an https:// address (http:// only on this machine) without user name and query'
const NOT_RESIDENT =
  'GHE_HOST must be SUBDOMAIN.ghe.com for data residency, without "api." and without a port'
const NOT_A_KEY = 'is not a private key in PEM form (-----BEGIN … PRIVATE KEY-----)'

const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey
const small = generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey
const pem = (key: typeof privateKey) => key.export({ type: 'pkcs8', format: 'pem' }).toString()
const locked = privateKey
  .export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'x' })
  .toString()

describe('each mistake is answered by one line that names the variable and what to do', () => {
  test.each<[string, Record<string, string>, string]>([
    [
      'no app id',
      { APP_ID: '' },
      'APP_ID is missing: the number on the settings page of your GitHub App',
    ],
    [
      'the client id for the app id',
      { APP_ID: 'Iv23liAbCdEf' },
      'APP_ID must be the number called "App ID" on the settings page of your GitHub App, not its client ID',
    ],
    [
      'no secret',
      { WEBHOOK_SECRET: '' },
      'WEBHOOK_SECRET is missing: without it anybody could send events; make one with `openssl rand -hex 32`',
    ],
    [
      'a blank secret',
      { WEBHOOK_SECRET: '   ' },
      'WEBHOOK_SECRET is missing: without it anybody could send events; make one with `openssl rand -hex 32`',
    ],
    ['a short secret', { WEBHOOK_SECRET: 'x'.repeat(31) }, TOO_SHORT],
    [
      "Probot's default secret",
      { WEBHOOK_SECRET: 'development' },
      'WEBHOOK_SECRET is "development", which everybody knows; make one with `openssl rand -hex 32`',
    ],
    [
      'no key',
      { PRIVATE_KEY: '' },
      'PRIVATE_KEY is missing: give the key of your GitHub App, or its file in PRIVATE_KEY_PATH',
    ],
    ['words for a key', { PRIVATE_KEY: 'my key' }, `PRIVATE_KEY ${NOT_A_KEY}`],
    [
      'a public key',
      { PRIVATE_KEY: PKCS8.replaceAll('PRIVATE', 'PUBLIC') },
      `PRIVATE_KEY ${NOT_A_KEY}`,
    ],
    [
      'half a key',
      { PRIVATE_KEY: PKCS1.slice(0, 400) },
      'PRIVATE_KEY is a damaged private key; copy the whole file that GitHub gave you',
    ],
    [
      'a key that is not RSA',
      { PRIVATE_KEY: pem(ec) },
      'PRIVATE_KEY is not an RSA key; use the file that GitHub gave you',
    ],
    [
      'a small key',
      { PRIVATE_KEY: pem(small) },
      'PRIVATE_KEY is an RSA key of less than 2048 bits',
    ],
    [
      'a key with a passphrase',
      { PRIVATE_KEY: locked },
      'PRIVATE_KEY is protected by a passphrase; use the file that GitHub gave you',
    ],
    [
      'a key file that is not there',
      { PRIVATE_KEY: '', PRIVATE_KEY_PATH: '/nowhere/app.pem' },
      'PRIVATE_KEY_PATH names a file that cannot be read',
    ],
    ['another database', { DATABASE_URL: 'mysql://u:p@host/db' }, NOT_POSTGRES],
    ['a database without a scheme', { DATABASE_URL: 'localhost/db' }, NOT_POSTGRES],
    ['a model elsewhere in clear', { ANTHROPIC_BASE_URL: 'http://models.example' }, NOT_HTTPS],
    ['a model with a password', { ANTHROPIC_BASE_URL: 'https://u:p@models.example' }, NOT_HTTPS],
    ['a model that is a file', { ANTHROPIC_BASE_URL: 'file:///etc/passwd' }, NOT_HTTPS],
    ...['acme', 'https://github.com/acme/shop', 'acme/*,', 'acme/shop/x', '!acme/shop'].map(
      (globs): [string, Record<string, string>, string] => [
        `${globs} as a repository`,
        { TECH_LEAD_MODEL_REPOSITORIES: globs },
        'TECH_LEAD_MODEL_REPOSITORIES must be repositories as owner/name, separated by commas; a * stands for any letters, as in acme/*',
      ],
    ),
    ['a port in words', { PORT: 'http' }, 'PORT must be a whole number from 0 to 65535'],
    ['a port too high', { PORT: '65536' }, 'PORT must be a whole number from 0 to 65535'],
    [
      'a lease too short',
      { TECH_LEAD_LEASE_MS: '5' },
      'TECH_LEAD_LEASE_MS must be a whole number from 100 to 86400000',
    ],
    ['a role of its own', { TECH_LEAD_ROLE: 'queen' }, 'TECH_LEAD_ROLE must be all, web or worker'],
    [
      'two processes on the embedded store',
      { TECH_LEAD_ROLE: 'worker' },
      'TECH_LEAD_ROLE worker needs DATABASE_URL: the embedded store serves one process only',
    ],
    [
      'an enterprise address with a scheme',
      { GHE_HOST: 'https://github.acme.example' },
      'GHE_HOST must be a host name without https:// and without a path, as in github.example.com',
    ],
    ['the API of data residency', { GHE_HOST: 'api.acme.ghe.com' }, NOT_RESIDENT],
    ['data residency with a port', { GHE_HOST: 'acme.ghe.com:8443' }, NOT_RESIDENT],
    ['data residency of nobody', { GHE_HOST: 'ghe.com' }, NOT_RESIDENT],
    ['a protocol', { GHE_PROTOCOL: 'ftp' }, 'GHE_PROTOCOL must be https or http'],
    [
      'a webhook path with a query',
      { WEBHOOK_PATH: '/hook?x=1' },
      'WEBHOOK_PATH must be a plain path, as in /api/github/webhooks',
    ],
    [
      'a webhook on a page of the server',
      { WEBHOOK_PATH: '/metrics' },
      'WEBHOOK_PATH is a page of the server itself; choose another path',
    ],
    [
      'a budget of nothing',
      { TECH_LEAD_MAX_USD_PER_DAY: '0' },
      'TECH_LEAD_MAX_USD_PER_DAY must be more than 0; leave it empty to use the repository settings',
    ],
    [
      'a budget in words',
      { TECH_LEAD_MAX_USD_PER_REVIEW: '2 USD' },
      'TECH_LEAD_MAX_USD_PER_REVIEW must be an amount in US dollars, as in 2.50',
    ],
    [
      'a token that could be guessed',
      { TECH_LEAD_OPERATOR_TOKEN: 'admin' },
      'TECH_LEAD_OPERATOR_TOKEN is shorter than 16 characters and could be guessed',
    ],
    [
      'a short marker key',
      { TECH_LEAD_MARKER_KEYS: `${'k'.repeat(32)},short` },
      'TECH_LEAD_MARKER_KEYS must be keys of at least 32 characters, separated by commas; the first one signs',
    ],
    [
      'plans that are kept longer than their runs',
      { TECH_LEAD_PLAN_DAYS: '31' },
      'TECH_LEAD_PLAN_DAYS must be a whole number from 1 to 30',
    ],
    [
      'a dry run of sorts',
      { TECH_LEAD_DRY_RUN: 'maybe' },
      'TECH_LEAD_DRY_RUN must be true, false, 1 or 0',
    ],
    [
      'an unknown level',
      { LOG_LEVEL: 'loud' },
      'LOG_LEVEL must be trace, debug, info, warn, error or fatal',
    ],
  ])('%s', (_, change, line) => {
    expect(complaints(change)).toEqual([line])
  })

  test('everything that is wrong is said at once', () => {
    expect(complaints({ APP_ID: '', PRIVATE_KEY: '', WEBHOOK_SECRET: 'x', PORT: '-1' })).toEqual([
      'APP_ID is missing: the number on the settings page of your GitHub App',
      TOO_SHORT,
      'PORT must be a whole number from 0 to 65535',
      'PRIVATE_KEY is missing: give the key of your GitHub App, or its file in PRIVATE_KEY_PATH',
    ])
  })

  test('no complaint repeats a value', () => {
    for (const name of Object.keys(EnvironmentVariables.shape)) {
      expect(complaints({ [name]: 'hush \u0007 hush' }).join('\n')).not.toContain('hush')
    }
  })
})

describe('the private key', () => {
  const expected = PKCS8
  test.each([
    ['PEM as GitHub gives it', PKCS1],
    ['PEM in PKCS#8', PKCS8],
    ['PEM on one line with \\n', PKCS1.replaceAll('\n', '\\n')],
    ['PEM with CRLF', PKCS1.replaceAll('\n', '\r\n')],
    ['base64 of a PEM', Buffer.from(PKCS1).toString('base64')],
  ])('is accepted as %s', (_, text) => {
    expect(value({ PRIVATE_KEY: text }).app.privateKey).toBe(expected)
  })

  test('is read from a file', () => {
    const read = (path: string) => (path === '/run/app.pem' ? PKCS1 : '')
    const environment = value({ PRIVATE_KEY: '', PRIVATE_KEY_PATH: '/run/app.pem' }, read)
    expect(environment.app.privateKey).toBe(expected)
  })
})

describe('what holds where nothing is said', () => {
  test('the defaults', () => {
    expect(value()).toMatchObject({
      app: { id: 4711 },
      webhook: { path: '/api/github/webhooks' },
      listen: { host: '127.0.0.1', port: 3000 },
      log: { level: 'info', format: 'json' },
      github: {
        apiUrl: 'https://api.github.com',
        webUrl: 'https://github.com',
      },
      anthropic: { apiKey: null, baseUrl: null },
      store: { kind: 'embedded' },
      dataDir: './data',
      role: 'all',
      model: null,
      modelRepositories: null,
      maxUsdPerReview: null,
      maxUsdPerDay: null,
      onboarding: 'pull-request',
      drainMs: 25_000,
      modelWaitMs: 600_000,
      visibilityMs: 60_000,
      leaseMs: 10_000,
      planDays: 14,
      markerKeys: [],
      operatorToken: null,
      dryRun: false,
    })
  })

  test('no secret has a value that nobody gave', () => {
    const { operatorToken, markerKeys, fallbackApiKey, anthropic, webhook, secrets } = value()
    expect([
      operatorToken,
      markerKeys,
      fallbackApiKey,
      anthropic.apiKey,
      webhook.oldSecret,
    ]).toEqual([null, [], null, null, null])
    expect(secrets).toEqual([SECRET, PKCS8, PKCS1.trim()])
  })

  test('an empty variable is an unset one', () => {
    const empty = Object.fromEntries(
      Object.keys(EnvironmentVariables.shape).map((name) => [name, '']),
    )
    expect(value({ ...empty, ...good })).toEqual(value())
  })

  test('unknown variables are nobody’s business', () => {
    expect(value({ PATH: '/usr/bin', REDIS_URL: 'redis://x' })).toEqual(value())
  })
})

test('an enterprise server has its addresses under its host', () => {
  expect(value({ GHE_HOST: '127.0.0.1:8080', GHE_PROTOCOL: 'http' }).github).toEqual({
    apiUrl: 'http://127.0.0.1:8080/api/v3',
    webUrl: 'http://127.0.0.1:8080',
  })
})

test.each([
  ['octo-corp.ghe.com', {}],
  ['Octo-Corp.GHE.com', {}],
  ['octo-corp.ghe.com', { GHE_PROTOCOL: 'http' }],
])('data residency at %s with %o has its API beside it, over https', (host, more) => {
  expect(value({ GHE_HOST: host, ...more }).github).toEqual({
    apiUrl: 'https://api.octo-corp.ghe.com',
    webUrl: 'https://octo-corp.ghe.com',
  })
})

test('a server of one’s own that only ends alike is no data residency', () => {
  expect(value({ GHE_HOST: 'git.notghe.com' }).github.apiUrl).toBe('https://git.notghe.com/api/v3')
})

test('a model on this machine may speak plain http', () => {
  for (const url of ['http://127.0.0.1:9000', 'http://localhost:9000', 'http://[::1]:9000']) {
    expect(value({ ANTHROPIC_BASE_URL: url }).anthropic.baseUrl).toBe(url)
  }
})

test('every secret is known to the log', () => {
  const environment = value({
    ANTHROPIC_API_KEY: 'sk-ant-0123456789',
    DATABASE_URL: 'postgres://app:p%40ssword@db/tech',
    TECH_LEAD_OPERATOR_TOKEN: 'operator-token-0123',
    TECH_LEAD_MARKER_KEYS: `${'a'.repeat(32)}, ${'b'.repeat(32)}`,
  })
  expect(environment.secrets).toEqual(
    expect.arrayContaining([
      SECRET,
      PKCS8,
      PKCS1.trim(),
      'sk-ant-0123456789',
      'postgres://app:p%40ssword@db/tech',
      'p@ssword',
      'operator-token-0123',
      'a'.repeat(32),
      'b'.repeat(32),
    ]),
  )
})

test('.env.example names every variable once, empty, with a line that explains it', () => {
  const lines = readFileSync('.env.example', 'utf8').split('\n')
  const named = lines.flatMap((line, at) => {
    const name = /^([A-Z_]+)=(.*)$/.exec(line)
    return name === null ? [] : [{ name: name[1], value: name[2], above: lines[at - 1] ?? '' }]
  })
  expect(named.map(({ name }) => name)).toEqual(Object.keys(EnvironmentVariables.shape))
  for (const { name, value: given, above } of named) {
    expect([name, given]).toEqual([name, ''])
    expect(above, name).toMatch(/^# .{15,}/)
  }
})
