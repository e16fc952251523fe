import * as z from 'zod'

/** The longest wait a variable may ask for: one day, in milliseconds. */
const DAY_MS = 86_400_000

const whole = (min: number, max: number, fallback: number) =>
  z
    .string()
    .regex(/^\d{1,12}$/, `must be a whole number from ${min} to ${max}`)
    .transform(Number)
    .refine((value) => value >= min && value <= max, `must be a whole number from ${min} to ${max}`)
    .default(fallback)

const dollars = z
  .string()
  .regex(/^\d{1,7}(\.\d{1,6})?$/, 'must be an amount in US dollars, as in 2.50')
  .transform(Number)
  .refine(
    (value) => value > 0,
    'must be more than 0; leave it empty to use the repository settings',
  )
  .nullable()
  .default(null)

const oneOf = <const T extends readonly [string, ...string[]]>(...words: T) =>
  z.enum(words, { error: () => `must be ${words.slice(0, -1).join(', ')} or ${words.at(-1)}` })

const secret = (min: number) =>
  z.string().min(min, `is shorter than ${min} characters and could be guessed`)

const loopbackHosts: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '[::1]'])

function isSafeModelUrl(value: string): boolean {
  const url = URL.parse(value)
  if (url === null || url.username !== '' || url.password !== '' || url.search !== '') {
    return false
  }
  return url.protocol === 'https:' || (url.protocol === 'http:' && loopbackHosts.has(url.hostname))
}

const MODEL_NAME = /^[A-Za-z0-9][A-Za-z0-9._:/@-]{0,127}$/
/** A repository, or several by a star on either side of the slash. */
const REPOSITORY_GLOB = /^[a-z0-9_.*-]{1,100}\/[a-z0-9_.*-]{1,100}$/
/** With two calls to each of them a review still asks no more than six times. */
const MAX_FALLBACKS = 3

/** `model`, or `model@address` of another service; null when it is neither. */
function fallbackOf(written: string): { model: string; baseUrl: string | null } | null {
  const [, model = '', baseUrl = null] = /^(.+?)(?:@(https?:\/\/.+))?$/.exec(written) ?? []
  if (!MODEL_NAME.test(model) || (baseUrl !== null && !isSafeModelUrl(baseUrl))) return null
  return { model, baseUrl }
}

function isPostgresUrl(value: string): boolean {
  const url = URL.parse(value)
  return url !== null && ['postgres:', 'postgresql:'].includes(url.protocol)
}

/** Whether a host is GitHub's cloud with data residency, and not a server of somebody's own. */
export function isDataResidency(host: string): boolean {
  return /(?:^|\.)ghe\.com(?::\d+)?$/i.test(host)
}

/** Paths of the server's own pages, which the webhook cannot take. */
const taken: ReadonlySet<string> = new Set(['/', '/healthz', '/readyz', '/metrics'])

/**
 * Every environment variable of the server, as text from outside to a checked value. The words
 * of a complaint follow the variable's name and never repeat its value.
 */
export const EnvironmentVariables = z.object({
  APP_ID: z
    .string({ error: 'is missing: the number on the settings page of your GitHub App' })
    .regex(
      /^[1-9]\d{0,14}$/,
      'must be the number called "App ID" on the settings page of your GitHub App, not its client ID',
    )
    .transform(Number),
  PRIVATE_KEY: z.string().optional(),
  PRIVATE_KEY_PATH: z.string().optional(),
  WEBHOOK_SECRET: z
    .string({
      error:
        'is missing: without it anybody could send events; make one with `openssl rand -hex 32`',
    })
    .refine(
      (value) => value !== 'development',
      'is "development", which everybody knows; make one with `openssl rand -hex 32`',
    )
    .refine(
      (value) => value === 'development' || value.length >= 32,
      'is shorter than 32 characters; make one with `openssl rand -hex 32`',
    ),
  WEBHOOK_SECRET_OLD: secret(8).nullable().default(null),
  WEBHOOK_PATH: z
    .string()
    .regex(
      /^(?:\/[A-Za-z0-9_~-][A-Za-z0-9._~-]*)+$/,
      'must be a plain path, as in /api/github/webhooks',
    )
    .refine((value) => !taken.has(value), 'is a page of the server itself; choose another path')
    .default('/api/github/webhooks'),
  PORT: whole(0, 65_535, 3000),
  HOST: z
    .string()
    .regex(/^[A-Za-z0-9.:-]{1,253}$/, 'must be an address or host name to listen on, as in 0.0.0.0')
    .default('127.0.0.1'),
  LOG_LEVEL: oneOf('trace', 'debug', 'info', 'warn', 'error', 'fatal').default('info'),
  LOG_FORMAT: oneOf('json', 'pretty').default('json'),
  GHE_HOST: z
    .string()
    .regex(
      /^[A-Za-z0-9.-]{1,253}(?::\d{1,5})?$/,
      'must be a host name without https:// and without a path, as in github.example.com',
    )
    .refine(
      (value) => !isDataResidency(value) || /^[a-z0-9-]+\.ghe\.com$/i.test(value),
      'must be SUBDOMAIN.ghe.com for data residency, without "api." and without a port',
    )
    .nullable()
    .default(null),
  GHE_PROTOCOL: oneOf('https', 'http').default('https'),
  ANTHROPIC_API_KEY: secret(8).nullable().default(null),
  ANTHROPIC_BASE_URL: z
    .string()
    .refine(
      isSafeModelUrl,
      'must be an https:// address (http:// only on this machine) without user name and query',
    )
    .nullable()
    .default(null),
  DATABASE_URL: z
    .string()
    .refine(
      isPostgresUrl,
      'must start with postgres://, as in postgres://user:password@host/name; leave it empty for the embedded store',
    )
    .nullable()
    .default(null),
  DATA_DIR: z
    .string()
    .max(1_000, 'is longer than a path can be')
    .refine((value) => !value.includes('\0'), 'is not a path')
    .default('./data'),
  TECH_LEAD_ROLE: oneOf('all', 'web', 'worker').default('all'),
  TECH_LEAD_MODEL: z
    .string()
    .regex(MODEL_NAME, 'is not the name of a model')
    .nullable()
    .default(null),
  TECH_LEAD_FALLBACKS: z
    .string()
    .transform((value) => value.split(',').map((one) => fallbackOf(one.trim())))
    .refine(
      (all) => all.length <= MAX_FALLBACKS && all.every((one) => one !== null),
      `must be at most ${MAX_FALLBACKS} models, separated by commas, as in claude-sonnet-5-5 or claude-opus-5@https://gateway.example`,
    )
    .transform((all) => all.filter((one) => one !== null))
    .default([]),
  TECH_LEAD_FALLBACK_API_KEY: secret(8).nullable().default(null),
  TECH_LEAD_MODEL_REPOSITORIES: z
    .string()
    .transform((value) => value.split(',').map((one) => one.trim().toLowerCase()))
    .refine(
      (globs) => globs.every((glob) => REPOSITORY_GLOB.test(glob)),
      'must be repositories as owner/name, separated by commas; a * stands for any letters, as in acme/*',
    )
    .nullable()
    .default(null),
  TECH_LEAD_MAX_USD_PER_REVIEW: dollars,
  TECH_LEAD_MAX_USD_PER_DAY: dollars,
  TECH_LEAD_ONBOARDING: oneOf('pull-request', 'silent').default('pull-request'),
  TECH_LEAD_AUDIT: oneOf('off', 'weekly').default('off'),
  TECH_LEAD_DRAIN_MS: whole(0, DAY_MS, 25_000),
  TECH_LEAD_MODEL_WAIT_MS: whole(0, DAY_MS, 600_000),
  TECH_LEAD_VISIBILITY_MS: whole(0, DAY_MS, 60_000),
  TECH_LEAD_PACE_MS: whole(0, DAY_MS, 3_000),
  TECH_LEAD_LEASE_MS: whole(100, DAY_MS, 10_000),
  // The row of a run is kept for 30 days, and its plan no longer than that.
  TECH_LEAD_PLAN_DAYS: whole(1, 30, 14),
  TECH_LEAD_MARKER_KEYS: z
    .string()
    .transform((value) => value.split(',').map((key) => key.trim()))
    .refine(
      (keys) => keys.every((key) => key.length >= 32),
      'must be keys of at least 32 characters, separated by commas; the first one signs',
    )
    .default([]),
  TECH_LEAD_OPERATOR_TOKEN: secret(16).nullable().default(null),
  TECH_LEAD_DRY_RUN: oneOf('true', 'false', '1', '0')
    .transform((value) => value === 'true' || value === '1')
    .default(false),
})
export type EnvironmentVariables = z.infer<typeof EnvironmentVariables>
