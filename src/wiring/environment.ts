import { readFileSync } from 'node:fs'
import type { Complaint, Read } from '#core/problem'
import { EnvironmentVariables, isDataResidency } from '#wiring/environment-variables'
import { readPrivateKey } from '#wiring/private-key'

/** Everything the server is told from outside, checked. */
export interface Environment {
  /** `privateKey` is PKCS#8 PEM. */
  readonly app: { readonly id: number; readonly privateKey: string }
  /** `oldSecret` is the one before a change: what was signed with it still counts. */
  readonly webhook: {
    readonly secret: string
    readonly oldSecret: string | null
    readonly path: string
  }
  /** Port 0 takes any free one. */
  readonly listen: { readonly host: string; readonly port: number }
  readonly log: {
    readonly level: EnvironmentVariables['LOG_LEVEL']
    readonly format: EnvironmentVariables['LOG_FORMAT']
  }
  /** Addresses of GitHub, of its data residency or of an enterprise server, without a slash at the end. */
  readonly github: { readonly apiUrl: string; readonly webUrl: string }
  /** Without a key the server reviews by rules alone. */
  readonly anthropic: { readonly apiKey: string | null; readonly baseUrl: string | null }
  readonly store:
    | { readonly kind: 'postgres'; readonly url: string }
    | { readonly kind: 'embedded' }
  /** Holds the embedded store, the pid file and the socket of the operator. */
  readonly dataDir: string
  readonly role: EnvironmentVariables['TECH_LEAD_ROLE']
  /** Overrides the model of the agent's definition. */
  readonly model: string | null
  /** Who is asked when the model cannot answer, in this order; null for the same service. */
  readonly fallbacks: readonly { readonly model: string; readonly baseUrl: string | null }[]
  /** The key of those that have an address of their own. */
  readonly fallbackApiKey: string | null
  /** Globs of owner/name in lower case: what may be sent to a model. Null for everything. */
  readonly modelRepositories: readonly string[] | null
  /** US dollars; null leaves it to the repository's settings. */
  readonly maxUsdPerReview: number | null
  readonly maxUsdPerDay: number | null
  readonly onboarding: EnvironmentVariables['TECH_LEAD_ONBOARDING']
  readonly audit: EnvironmentVariables['TECH_LEAD_AUDIT']
  /** How long a stop may take. Milliseconds, as the three that follow. */
  readonly drainMs: number
  /** How long a review waits for an unreachable model before it is posted without it. */
  readonly modelWaitMs: number
  /** How long GitHub may hide what it has accepted. */
  readonly visibilityMs: number
  /** How far apart reviews of one installation are posted, in milliseconds. */
  readonly paceMs: number
  /** How long a worker owns a job without a sign of life. */
  readonly leaseMs: number
  /** How many days the plans of ended reviews are kept. */
  readonly planDays: number
  /** The first signs markers, all verify them; empty derives one from the webhook secret. */
  readonly markerKeys: readonly string[]
  /** Opens the status page and the metrics to other machines; null keeps them closed. */
  readonly operatorToken: string | null
  /** Writes nothing to GitHub. */
  readonly dryRun: boolean
  /** Every value above that must never be shown, for the log to mask. */
  readonly secrets: readonly string[]
}

/** Reads a file as text; throws when it cannot. */
type ReadFile = (path: string) => string

type Variables = Readonly<Record<string, string | undefined>>

const readText: ReadFile = (path) => readFileSync(path, 'utf8')

/**
 * Reads the environment of the server. An empty variable counts as unset. Gives every complaint
 * at once; none of them repeats a value.
 */
export function readEnvironment(env: Variables, readFile = readText): Read<Environment> {
  const names = Object.keys(EnvironmentVariables.shape)
  const given = names.flatMap((name) => {
    const value = env[name]?.trim()
    return value ? [[name, value]] : []
  })
  const read = EnvironmentVariables.safeParse(Object.fromEntries(given))
  const complaints = (read.error?.issues ?? []).map(({ path, message }) =>
    complaint(`${String(path[0])} ${message}`),
  )
  const key = privateKey(env, readFile)
  if (!key.ok) {
    complaints.push(complaint(key.reason))
  }
  if (read.success) {
    complaints.push(...contradictions(read.data).map(complaint))
  }
  if (!(read.success && key.ok) || complaints.length > 0) {
    return { ok: false, complaints }
  }
  return { ok: true, value: environment(read.data, key.pem, givenSecrets(env, read.data, key.pem)) }
}

function complaint(reason: string): Complaint {
  return { file: 'environment', line: null, reason }
}

/** Probot's order: the key itself goes before the path to it. */
function privateKey(env: Variables, readFile: ReadFile): ReturnType<typeof readPrivateKey> {
  const text = env['PRIVATE_KEY']?.trim()
  if (text) {
    return named('PRIVATE_KEY', readPrivateKey(text))
  }
  const path = env['PRIVATE_KEY_PATH']?.trim()
  if (!path) {
    return {
      ok: false,
      reason:
        'PRIVATE_KEY is missing: give the key of your GitHub App, or its file in PRIVATE_KEY_PATH',
    }
  }
  try {
    return named('PRIVATE_KEY_PATH', readPrivateKey(readFile(path)))
  } catch {
    return { ok: false, reason: 'PRIVATE_KEY_PATH names a file that cannot be read' }
  }
}

function named(
  variable: string,
  read: ReturnType<typeof readPrivateKey>,
): ReturnType<typeof readPrivateKey> {
  return read.ok ? read : { ok: false, reason: `${variable} ${read.reason}` }
}

function contradictions(variables: EnvironmentVariables): string[] {
  const { TECH_LEAD_ROLE: role, DATABASE_URL: url } = variables
  const elsewhere = variables.TECH_LEAD_FALLBACKS.some(({ baseUrl }) => baseUrl !== null)
  return [
    ...(role !== 'all' && url === null
      ? [`TECH_LEAD_ROLE ${role} needs DATABASE_URL: the embedded store serves one process only`]
      : []),
    ...(elsewhere && variables.TECH_LEAD_FALLBACK_API_KEY === null
      ? ['TECH_LEAD_FALLBACKS names an address: give its key in TECH_LEAD_FALLBACK_API_KEY']
      : []),
  ]
}

function environment(
  variables: EnvironmentVariables,
  pem: string,
  secrets: readonly string[],
): Environment {
  const { DATABASE_URL: url } = variables
  return {
    app: { id: variables.APP_ID, privateKey: pem },
    webhook: {
      secret: variables.WEBHOOK_SECRET,
      oldSecret: variables.WEBHOOK_SECRET_OLD,
      path: variables.WEBHOOK_PATH,
    },
    listen: { host: variables.HOST, port: variables.PORT },
    log: { level: variables.LOG_LEVEL, format: variables.LOG_FORMAT },
    github: githubAddresses(variables),
    anthropic: { apiKey: variables.ANTHROPIC_API_KEY, baseUrl: variables.ANTHROPIC_BASE_URL },
    store: url === null ? { kind: 'embedded' } : { kind: 'postgres', url },
    dataDir: variables.DATA_DIR,
    role: variables.TECH_LEAD_ROLE,
    model: variables.TECH_LEAD_MODEL,
    fallbacks: variables.TECH_LEAD_FALLBACKS,
    fallbackApiKey: variables.TECH_LEAD_FALLBACK_API_KEY,
    modelRepositories: variables.TECH_LEAD_MODEL_REPOSITORIES,
    maxUsdPerReview: variables.TECH_LEAD_MAX_USD_PER_REVIEW,
    maxUsdPerDay: variables.TECH_LEAD_MAX_USD_PER_DAY,
    onboarding: variables.TECH_LEAD_ONBOARDING,
    audit: variables.TECH_LEAD_AUDIT,
    drainMs: variables.TECH_LEAD_DRAIN_MS,
    modelWaitMs: variables.TECH_LEAD_MODEL_WAIT_MS,
    visibilityMs: variables.TECH_LEAD_VISIBILITY_MS,
    paceMs: variables.TECH_LEAD_PACE_MS,
    leaseMs: variables.TECH_LEAD_LEASE_MS,
    planDays: variables.TECH_LEAD_PLAN_DAYS,
    markerKeys: variables.TECH_LEAD_MARKER_KEYS,
    operatorToken: variables.TECH_LEAD_OPERATOR_TOKEN,
    dryRun: variables.TECH_LEAD_DRY_RUN,
    secrets,
  }
}

/**
 * Where a GitHub answers. Enterprise servers:
 * https://docs.github.com/enterprise-server/rest/overview/resources-in-the-rest-api. Data residency,
 * which is GitHub's own cloud and speaks https alone:
 * https://docs.github.com/en/enterprise-cloud@latest/admin/data-residency/network-details-for-ghecom
 */
export function githubAddresses({
  GHE_HOST,
  GHE_PROTOCOL,
}: Pick<EnvironmentVariables, 'GHE_HOST' | 'GHE_PROTOCOL'>): Environment['github'] {
  if (GHE_HOST === null) {
    return { apiUrl: 'https://api.github.com', webUrl: 'https://github.com' }
  }
  if (isDataResidency(GHE_HOST)) {
    const host = GHE_HOST.toLowerCase()
    return { apiUrl: `https://api.${host}`, webUrl: `https://${host}` }
  }
  const webUrl = `${GHE_PROTOCOL}://${GHE_HOST}`
  return { apiUrl: `${webUrl}/api/v3`, webUrl }
}

function givenSecrets(env: Variables, variables: EnvironmentVariables, pem: string): string[] {
  const { DATABASE_URL: url } = variables
  const password = url === null ? '' : (URL.parse(url)?.password ?? '')
  return [
    variables.WEBHOOK_SECRET,
    variables.WEBHOOK_SECRET_OLD,
    pem,
    env['PRIVATE_KEY']?.trim(),
    variables.ANTHROPIC_API_KEY,
    variables.TECH_LEAD_FALLBACK_API_KEY,
    variables.TECH_LEAD_OPERATOR_TOKEN,
    url,
    password,
    decodeURIComponentSafely(password),
    ...variables.TECH_LEAD_MARKER_KEYS,
  ].filter((value): value is string => typeof value === 'string' && value !== '')
}

function decodeURIComponentSafely(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
