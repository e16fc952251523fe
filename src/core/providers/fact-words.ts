import type { FACT_VALUES, SDK_FACT_VALUES } from '#core/providers/provider'

/** How one fact is called and its value said. */
export interface Wording {
  readonly label: string
  readonly unit?: 'milliseconds' | 'seconds' | 'hours'
  /** What stands for a value, by the value as text. */
  readonly said?: Readonly<Record<string, string>>
  readonly code?: true
}

type Wordings<Section> = Readonly<Record<keyof Section, Wording>>

const NOTE: Wording = { label: 'Note' }
const YES_NO = { true: 'yes', false: 'no' }

/** Every fact that can be known, in the order in which pages show them. */
export const SECTION_WORDINGS: {
  readonly [Section in keyof typeof FACT_VALUES]: {
    readonly heading: string
    readonly facts: Wordings<(typeof FACT_VALUES)[Section]>
  }
} = {
  webhooks: {
    heading: 'Webhooks',
    facts: {
      signed: { label: 'Signed', said: { true: 'yes', false: 'no, there is nothing to verify' } },
      header: { label: 'Signature header', code: true },
      algorithm: {
        label: 'Signature algorithm',
        said: {
          'hmac-sha256': 'HMAC-SHA256',
          'hmac-sha1': 'HMAC-SHA1',
          'rsa-sha256': 'RSA-SHA256',
          'rsa-sha1': 'RSA-SHA1',
          'ecdsa-sha256': 'ECDSA-SHA256',
          ed25519: 'Ed25519',
          jwt: 'JSON Web Token',
          other: 'one of its own',
        },
      },
      signedTimestamp: {
        label: 'Signs a timestamp',
        said: { true: 'yes', false: 'no, an old delivery looks like a new one' },
      },
      toleranceSeconds: { label: 'Timestamp accepted for', unit: 'seconds' },
      verifyHelpers: { label: 'Verified by', code: true },
      retries: { label: 'Retries' },
      acknowledgementSeconds: { label: 'Answer within', unit: 'seconds' },
      ordering: {
        label: 'Order of events',
        said: { guaranteed: 'guaranteed', 'not-guaranteed': 'not guaranteed' },
      },
      duplicates: {
        label: 'Duplicates',
        said: { true: 'an event may come more than once', false: 'each event comes once' },
      },
      eventId: { label: 'Event told apart by' },
    },
  },
  idempotency: {
    heading: 'Idempotency',
    facts: {
      header: { label: 'Key header', code: true },
      lifetimeHours: { label: 'Key remembered for', unit: 'hours' },
      note: NOTE,
    },
  },
  rateLimits: {
    heading: 'Rate limits',
    facts: {
      status: { label: 'Status when exceeded' },
      headers: { label: 'Told in headers', code: true },
      retryAfter: { label: 'Sends Retry-After', said: YES_NO },
    },
  },
  versioning: {
    heading: 'API version',
    facts: {
      header: { label: 'Version header', code: true },
      pinned: { label: 'Pinned by' },
      supportedMonths: { label: 'Months that a version is supported' },
      endings: { label: 'Turned off' },
    },
  },
  auth: {
    heading: 'Authentication',
    facts: {
      kinds: { label: 'Kinds' },
      accessTokenSeconds: { label: 'Access token lives', unit: 'seconds' },
      refreshRotates: {
        label: 'Refresh token',
        said: { true: 'replaced at each use', false: 'stays the same' },
      },
    },
  },
  pagination: {
    heading: 'Pagination',
    facts: { style: { label: 'Style' }, parameters: { label: 'Parameters', code: true } },
  },
  money: {
    heading: 'Money',
    facts: {
      units: {
        label: 'Amounts',
        said: {
          minor: 'whole numbers of the smallest unit, such as cents',
          'decimal-string': 'decimal numbers written as text',
          'decimal-number': 'decimal numbers',
          micros: 'millionths of the unit',
        },
      },
    },
  },
}

/** Every fact that can be known about one SDK. */
export const SDK_WORDINGS: Wordings<typeof SDK_FACT_VALUES> = {
  timeoutMs: { label: 'Timeout', unit: 'milliseconds', said: { 0: 'none' } },
  retries: { label: 'Retries', said: { 0: 'none' } },
  spreads: {
    label: 'Waits between attempts',
    said: { true: 'grow and vary', false: 'alike for all callers, or no longer each time' },
  },
  rateLimited: {
    label: 'Refused for asking too often',
    said: { waits: 'where it tries again, it waits first', fails: 'fails like any other call' },
  },
}

/** The value of a fact in plain words; several where it is a list. */
export function valueWords(value: unknown, { said, unit }: Wording): readonly string[] {
  if (Array.isArray(value)) return value.map(itemWords)
  if (typeof value === 'object' && value !== null) return [retryWords({ ...value })]
  const words = said?.[String(value)]
  if (words !== undefined) return [words]
  return [unit !== undefined && typeof value === 'number' ? duration(value, unit) : String(value)]
}

function itemWords(item: unknown): string {
  return typeof item === 'object' && item !== null ? endingWords({ ...item }) : String(item)
}

function endingWords(ending: {
  readonly address?: unknown
  readonly upTo?: unknown
  readonly since?: unknown
  readonly instead?: unknown
}): string {
  const { address, upTo, since, instead } = ending
  const versions = upTo === undefined ? '' : `… to ${upTo}`
  return `${address}${versions} (since ${since}; use ${instead})`
}

function retryWords(schedule: {
  readonly attempts?: unknown
  readonly hours?: unknown
  readonly note?: unknown
}): string {
  const { attempts, hours, note } = schedule
  const often =
    typeof attempts === 'number' ? [attempts === 0 ? 'none' : counted(attempts, 'attempt')] : []
  const long = typeof hours === 'number' ? [`over ${duration(hours, 'hours')}`] : []
  return [[...often, ...long].join(' '), ...(typeof note === 'string' ? [note] : [])]
    .filter((part) => part !== '')
    .join('; ')
}

const IN_MILLISECONDS = { milliseconds: 1, seconds: 1000, hours: 3_600_000 }
const UNITS = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1000],
] as const

/** A time in the largest unit that it fills in halves: 5 minutes, 10.5 hours, 80 seconds. */
function duration(amount: number, unit: keyof typeof IN_MILLISECONDS): string {
  const whole = amount * IN_MILLISECONDS[unit]
  const fits = UNITS.find(([, size]) => whole >= size && Number.isInteger((whole / size) * 2))
  return fits === undefined ? counted(amount, unit.slice(0, -1)) : counted(whole / fits[1], fits[0])
}

const counted = (amount: number, noun: string) => `${amount} ${noun}${amount === 1 ? '' : 's'}`
