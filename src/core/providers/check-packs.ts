import type { Complaint } from '#core/problem'
import { type Claim, claimsOf, moduleSeparator, packageSeparator } from '#core/providers/claims'
import type { Pack, PackProblem } from '#core/providers/pack'
import { Ecosystem, ImportLanguage, type Provider } from '#core/providers/provider'

/**
 * What two packs claim at once. Nobody could say which of them a line of code means, so packs that
 * are in conflict are not used together.
 */
export function claimConflicts(packs: readonly Pack[]): readonly Complaint[] {
  const owners = new Map<string, { readonly pack: Pack; readonly claim: Claim }>()
  const told = new Set<string>()
  return packs.flatMap((pack) =>
    claimsOf(pack.provider).flatMap((claim): readonly Complaint[] => {
      const key = `${claim.kind} ${claim.key}`
      const owner = owners.get(key)
      if (owner === undefined) owners.set(key, { pack, claim })
      if (owner === undefined || owner.pack === pack) return []
      const line = pack.lineOf(claim.path)
      const there = `${owner.pack.file}:${owner.pack.lineOf(owner.claim.path)}`
      // A package in two packs brings its module into both: that is one mistake.
      const places = `${pack.file} ${claim.path.join('.')} ${there}`
      if (told.has(places)) return []
      told.add(places)
      return [{ file: pack.file, line, reason: conflict(claim, there) }]
    }),
  )
}

function conflict({ kind, written, path }: Claim, there: string): string {
  const derived = kind.endsWith(' module') && path[0] === 'packages'
  const what = `${kind} "${written}"`
  return derived
    ? `${what}, which follows from its package, is claimed in ${there} already; say in imports what is its own`
    : `${what} is claimed in ${there} already`
}

/**
 * What is most likely a mistake in packs that can be used all the same: some of it depends on the
 * day, some is a matter of judgement.
 *
 * @param today a day such as `2026-11-22`
 */
export function packOversights(packs: readonly Pack[], today: string): readonly Complaint[] {
  const claimed = new Set(packs.flatMap(({ provider }) => provider.headers.map(lower)))
  return packs.flatMap((pack) => {
    const { provider } = pack
    const problems = [
      ...everydayNames(provider),
      ...sharedHeaders(provider),
      ...idleStars(provider),
      ...unreadYet(pack, today),
      ...unclaimedHeaders(provider, claimed),
    ]
    return problems.map(({ path, reason }) => ({
      file: pack.file,
      line: pack.lineOf(path),
      reason: `${path.join('.')}: ${reason}`,
    }))
  })
}

const lower = (text: string) => text.toLowerCase()

/** Words with which the variables of projects begin that have nothing to do with any provider. */
const EVERYDAY: ReadonlySet<string> = new Set(
  `ACCESS ADMIN API APP AUTH AWAY BACKEND BASE BOX BUILD BUS CACHE CHAT CI CLIENT CLOUD CONFIG DATA
DATABASE DB DEBUG DEV DROP DRIFT EMAIL ENV FLOW FRONT FRONTEND HEAP HOST HTTP HTTPS HUB JOB KEY KIT
LINE LINEAR LINK LOCAL LOG LOGIN MAIL MESSAGE MODEL MONITOR NODE PASSWORD PAY PAYMENT PAYMENTS PING PORT
PROD PROXY PUBLIC PUSH QUEUE REDIS REMOTE REPO SCALE SEARCH SECRET SERVER SERVICE SESSION SHIP SIGN
SITE SMS SMTP SPLIT STAGE STORE STORAGE TEST TOKEN TRACE USER WAVE WEB WEBHOOK WISE WORKER`.split(
    /\s+/,
  ),
)

function everydayNames({ env }: Provider): readonly PackProblem[] {
  return env.flatMap((name, index) => {
    const word = name.replace(/_\*$/, '')
    if (!EVERYDAY.has(word)) return []
    const reason = `${name} begins names of many projects; write a longer one, such as ${word}_CLIENT_*`
    return [{ path: ['env', index], reason }]
  })
}

/** Headers of standards, and what everybody calls a header who has no better idea. */
const SHARED_HEADER =
  /^(?:content-type|user-agent|retry-after|signature-input|(?:x-)?idempotency-key|webhook-(?:id|signature|timestamp)|(?:x-)?rate-?limit(?:-.*)?|x-(?:api-key|api-version|auth-token|event-type|hmac-sha256|request-id|request-timestamp|signature|timestamp|webhook-signature))$/

/** A single word, such as `revision`, stands in any code. */
const isShared = (header: string) =>
  /^[A-Z]?[a-z0-9]+$/.test(header) || SHARED_HEADER.test(lower(header))

function sharedHeaders({ headers }: Provider): readonly PackProblem[] {
  return headers.flatMap((header, index) =>
    isShared(header)
      ? [{ path: ['headers', index], reason: `many providers send ${header}: it shows none` }]
      : [],
  )
}

function unclaimedHeaders(
  { facts }: Provider,
  claimed: ReadonlySet<string>,
): readonly PackProblem[] {
  const { webhooks, idempotency, versioning, rateLimits } = facts
  const named: readonly (readonly [path: readonly string[], headers: readonly string[]])[] = [
    [['webhooks', 'header'], listed(webhooks?.header?.value)],
    [['idempotency', 'header'], listed(idempotency?.header?.value)],
    [['versioning', 'header'], listed(versioning?.header?.value)],
    [['rateLimits', 'headers'], rateLimits?.headers?.value ?? []],
  ]
  return named.flatMap(([path, headers]) =>
    headers
      .filter((header) => !claimed.has(lower(header)) && !isShared(header))
      .map((header) => ({ path: ['facts', ...path], reason: `${header} is not in headers` })),
  )
}

const listed = (value: string | undefined) => (value === undefined ? [] : [value])

/** A `*` elsewhere than behind a separator is a letter like any other, and no name has it. */
function idleStars({ packages, imports }: Provider): readonly PackProblem[] {
  const idle = (list: 'packages' | 'imports', of: string, names: readonly string[], end: string) =>
    names.flatMap((name, index) => {
      const stem = name.endsWith(`${end}*`) ? name.slice(0, -1) : name
      const reason = `a * counts only after "${end}", at the end`
      return stem.includes('*') ? [{ path: [list, of, index], reason }] : []
    })
  return [
    ...Ecosystem.options.flatMap((name) =>
      idle('packages', name, packages[name] ?? [], packageSeparator(name)),
    ),
    ...ImportLanguage.options.flatMap((name) =>
      idle('imports', name, imports[name] ?? [], moduleSeparator(name)),
    ),
  ]
}

function unreadYet({ sources }: Pack, today: string): readonly PackProblem[] {
  return Object.entries(sources).flatMap(([key, { checked }]) =>
    checked > today
      ? [{ path: ['sources', key, 'checked'], reason: `${checked} has not come yet` }]
      : [],
  )
}
