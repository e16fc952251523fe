import * as z from 'zod'

/** The package registries that a pack names packages of. */
export const Ecosystem = z.enum([
  'npm',
  'pypi',
  'maven',
  'go',
  'rubygems',
  'composer',
  'nuget',
  'cargo',
])
export type Ecosystem = z.infer<typeof Ecosystem>

/** What field of work a provider belongs to. */
export const Category = z.enum([
  'payments',
  'crm',
  'erp',
  'accounting',
  'commerce',
  'cloud',
  'queue',
  'storage',
  'communication',
  'email',
  'identity',
  'support',
  'marketing',
  'analytics',
  'monitoring',
  'search',
  'data',
  'developer',
  'banking',
  'logistics',
  'productivity',
  'signing',
  'ai',
])
export type Category = z.infer<typeof Category>

/**
 * One thing that a provider's documentation states. `source` is the https page that states it,
 * `checked` the day somebody read it there, `expires` the day from which it counts as unknown.
 */
export interface Sourced<T> {
  readonly value: T
  readonly source: string
  readonly checked: string
  readonly expires: string
}

/** The kinds of value that facts have, by their dotted key: the one list of what can be known. */
const whole = z.int().nonnegative()
const word = z.string().min(1).max(200)
const words = z.array(word).min(1).max(50)

/** A header by its name alone. */
export const HeaderName = z.string().regex(/^[A-Za-z][A-Za-z0-9-]*$/, 'must be a header name')

/** A function as code calls it, with what stands before it: rules look for this very text. */
const helper = z
  .string()
  .max(200)
  .regex(
    /^[A-Za-z_$][\w$]*(?:(?:\.|::|->|\\)[A-Za-z_$][\w$]*)*[?!]?$/,
    'must be a name as code writes it: verify, Webhook.verify, Acme::Webhook.valid?',
  )

/** What a retry of deliveries looks like: how often, over how long, in the provider's own words. */
const RetrySchedule = z.strictObject({
  attempts: whole.optional(),
  hours: z.number().nonnegative().optional(),
  note: word.optional(),
})

/** An interface that a provider has turned off, by the part of its address that only it has. */
const Ending = z.strictObject({
  /** With a `/` at the end: whatever is below it. */
  address: z.string().regex(/^[\w./-]{8,100}$/, 'must be a part of an address'),
  /** Where a version follows the address: the last one that ended. */
  upTo: z.int().positive().optional(),
  since: z.string().regex(/^\d{4}-\d{2}$/, 'must be a month such as 2025-06'),
  instead: word,
  /** A word of files that speak of another interface below the same address. */
  unless: z.string().min(3).max(40).optional(),
})
export type Ending = Readonly<z.infer<typeof Ending>>

export const FACT_VALUES = {
  webhooks: {
    signed: z.boolean(),
    header: HeaderName,
    algorithm: z.enum([
      'hmac-sha256',
      'hmac-sha1',
      'rsa-sha256',
      'rsa-sha1',
      'ecdsa-sha256',
      'ed25519',
      'jwt',
      'other',
    ]),
    /** Whether the signature covers a moment, so that an old delivery can be told. */
    signedTimestamp: z.boolean(),
    toleranceSeconds: whole,
    verifyHelpers: z.array(helper).min(1).max(50),
    retries: RetrySchedule,
    acknowledgementSeconds: z.number().positive(),
    ordering: z.enum(['guaranteed', 'not-guaranteed']),
    duplicates: z.boolean(),
    eventId: word,
  },
  idempotency: { header: HeaderName, lifetimeHours: z.number().positive(), note: word },
  rateLimits: {
    status: z.int().min(400).max(599),
    headers: z.array(HeaderName).min(1).max(50),
    retryAfter: z.boolean(),
  },
  versioning: {
    header: HeaderName,
    pinned: word,
    /** For so many months from the day that it is named after, a version is promised to work. */
    supportedMonths: z.int().positive(),
    endings: z.array(Ending).min(1).max(50),
  },
  auth: { kinds: words, accessTokenSeconds: z.int().positive(), refreshRotates: z.boolean() },
  pagination: { style: z.enum(['cursor', 'page', 'offset', 'token', 'link']), parameters: words },
  money: { units: z.enum(['minor', 'decimal-string', 'decimal-number', 'micros']) },
} as const

/** Facts about one SDK, by `ecosystem:package`: what it does when nobody tells it otherwise. */
export const SDK_FACT_VALUES = {
  timeoutMs: whole,
  /** Attempts beyond the first. */
  retries: whole,
  /** Whether the waits between its own attempts grow and vary by chance. */
  spreads: z.boolean(),
  /**
   * What becomes of a refusal for asking too often. `waits`: where the SDK tries again at all, it
   * does so after a wait, its own or that of `Retry-After`. `fails`: the caller is given it like any
   * failure.
   */
  rateLimited: z.enum(['waits', 'fails']),
} as const

type Facts<Section> = {
  readonly [Key in keyof Section]?: Sourced<Section[Key] extends z.ZodType<infer T> ? T : never>
}

/** What is known of a provider. A missing fact is unknown: whoever needs it stays silent. */
export type ProviderFacts = {
  readonly [Section in keyof typeof FACT_VALUES]?: Facts<(typeof FACT_VALUES)[Section]>
} & {
  readonly sdkDefaults?: Readonly<Record<string, Facts<typeof SDK_FACT_VALUES>>>
}

/** Languages whose module names differ from the package's name in the registry. */
export const ImportLanguage = z.enum([
  'js',
  'python',
  'java',
  'go',
  'ruby',
  'php',
  'csharp',
  'rust',
])
export type ImportLanguage = z.infer<typeof ImportLanguage>

/** How a provider shows itself in code and configuration, and what its documentation promises. */
export interface Provider {
  readonly id: string
  /** The first name is the one to show. */
  readonly names: readonly string[]
  readonly category: Category
  readonly packages: Readonly<Partial<Record<Ecosystem, readonly string[]>>>
  /** Module roots as code writes them, where they differ from the package: `com.stripe`, `Stripe`. */
  readonly imports: Readonly<Partial<Record<ImportLanguage, readonly string[]>>>
  /** Exact host names, or `*.example.com` for every host below. */
  readonly hosts: readonly string[]
  /** Names of environment variables; a trailing `*` stands for any ending. */
  readonly env: readonly string[]
  readonly headers: readonly string[]
  readonly facts: ProviderFacts
}
