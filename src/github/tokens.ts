import { createAppAuth } from '@octokit/auth-app'
import { Problem } from '#core/problem'
import { createAppJwt } from '#github/app-jwt'
import {
  createClient,
  type GitHubAnswer,
  type GitHubClient,
  type GitHubHost,
  octokitFor,
  type Pace,
} from '#github/client'
import { problemOf } from '#github/failures'

/** The GitHub App that we are: its id and the PEM of its private key. */
export interface AppIdentity {
  readonly appId: number
  readonly privateKey: string
}

/** What a token may do. The names are those of GitHub's permissions. */
export type TokenPermissions = Readonly<Record<string, 'read' | 'write'>>

/**
 * The permission sets that are ever minted. The reader sees, the lister sees pull
 * requests and no file, the checks token shows, the reactions
 * token nods, the writer speaks, the issues token keeps the one issue of the audit, and only the
 * memory token can change a file.
 */
export const TOKENS = {
  reader: { contents: 'read', pull_requests: 'read', issues: 'read', metadata: 'read' },
  lister: { pull_requests: 'read', metadata: 'read' },
  checks: { checks: 'write', metadata: 'read' },
  reactions: { issues: 'write', pull_requests: 'read', metadata: 'read' },
  writer: { pull_requests: 'write', issues: 'write', metadata: 'read' },
  issues: { issues: 'write', metadata: 'read' },
  memory: { contents: 'write', pull_requests: 'write', metadata: 'read' },
} as const satisfies Record<string, TokenPermissions>

/**
 * What is asked for where an account has not granted `issues`: comments and reactions of pull
 * requests need one of the two permissions
 * (https://docs.github.com/en/rest/authentication/permissions-required-for-github-apps). Issues
 * themselves are then closed to us, and GitHub tells us of no comment in a conversation.
 */
const WITHOUT_ISSUES: Readonly<Partial<Record<keyof typeof TOKENS, TokenPermissions>>> = {
  reader: { contents: 'read', pull_requests: 'read', metadata: 'read' },
  reactions: { pull_requests: 'write', metadata: 'read' },
  writer: { pull_requests: 'write', metadata: 'read' },
}

/** Clients by what they may do, each for one repository of one installation. */
export interface GitHubApp {
  client(installation: number, repositoryId: number, token: keyof typeof TOKENS): GitHubClient
  /** Sees only what is public anyway, for questions about no repository. */
  ofInstallation(installation: number): GitHubClient
  /** Speaks as the app itself: deliveries and the app's own name. */
  readonly asApp: GitHubClient
  /** Its owner accepted permissions: what it had not granted is asked for again at once. */
  accepted(installation: number): void
}

/** For so long nobody asks again for a token that GitHub refused to make: a review asks often. */
const REFUSED_MS = 60_000

/**
 * Mints narrow tokens on demand. They are cached by their installation, repository and permissions
 * until shortly before they expire, and replaced when GitHub refuses one.
 */
export function createGitHubApp(
  host: GitHubHost,
  app: AppIdentity,
  given: Omit<Pace, 'seen'> & {
    /** Told of every answer, with the installation that asked; 0 is the app itself. */
    readonly seen?: (answer: GitHubAnswer, installation: number) => void
    /** Hears that an installation has not granted what one kind of token needs. */
    readonly missing?: (installation: number, permissions: string) => void
  },
): GitHubApp {
  const { seen, missing, ...pace } = given
  const paceOf = (installation: number): Pace =>
    seen === undefined ? pace : { ...pace, seen: (answer) => seen(answer, installation) }
  const refusals = createRefusals(pace.now, missing)
  const own = createAppJwt(app, pace.now)
  const auth = createAppAuth({
    appId: app.appId,
    createJwt: async () => own.make(),
    request: octokitFor(host, null, 'read', undefined, own.answered).request,
  })
  const ofApp: Pace = {
    ...pace,
    seen(answer) {
      own.answered(answer)
      seen?.(answer, 0)
    },
  }
  const guarded = async (mint: () => Promise<{ token: string }>) => {
    try {
      return (await mint()).token
    } catch (failure) {
      throw mintProblem(problemOf(failure, 'read', pace.now()))
    }
  }
  return {
    asApp: createClient(host, () => guarded(() => auth({ type: 'app' })), ofApp),
    ofInstallation(installation) {
      const ask = {
        type: 'installation' as const,
        installationId: installation,
        permissions: { metadata: 'read' as const },
      }
      return createClient(
        host,
        (refresh) => guarded(() => auth({ ...ask, refresh })),
        paceOf(installation),
      )
    },
    client(installation, repositoryId, token) {
      const ask = {
        type: 'installation' as const,
        installationId: installation,
        repositoryIds: [repositoryId],
        permissions: { ...TOKENS[token] },
      }
      const mint = async (refresh: boolean) => {
        try {
          const whole = () => guarded(() => auth({ ...ask, refresh }))
          return await refusals.unlessRefused(installation, token, whole)
        } catch (failure) {
          const permissions = WITHOUT_ISSUES[token]
          if (permissions === undefined || !isForbidden(failure)) throw failure
          return guarded(() => auth({ ...ask, permissions: { ...permissions }, refresh })).catch(
            (second: unknown) => {
              throw isNotGranted(second) ? failure : second
            },
          )
        }
      }
      return createClient(host, mint, paceOf(installation))
    },
    accepted: refusals.forget,
  }
}

/** Remembers for a while which kinds of token GitHub makes for no repository of an installation. */
function createRefusals(
  now: () => number,
  missing: ((installation: number, permissions: string) => void) | undefined,
) {
  /** Until when a token is not asked for, by installation and kind. */
  const refused = new Map<number, Map<string, number>>()
  return {
    async unlessRefused(
      installation: number,
      token: keyof typeof TOKENS,
      mint: () => Promise<string>,
    ): Promise<string> {
      const ofInstallation = refused.get(installation) ?? new Map<string, number>()
      if (now() < (ofInstallation.get(token) ?? 0)) throw notGranted(TOKENS[token])
      try {
        return await mint()
      } catch (failure) {
        if (!isNotGranted(failure)) throw failure
        refused.set(installation, ofInstallation.set(token, now() + REFUSED_MS))
        missing?.(installation, wordsOf(TOKENS[token]))
        throw notGranted(TOKENS[token], failure)
      }
    },
    forget(installation: number): void {
      refused.delete(installation)
    },
  }
}

/**
 * GitHub makes no token that may more than the owner of the account has accepted
 * (https://docs.github.com/en/apps/maintaining-github-apps/modifying-a-github-app-registration).
 */
function isNotGranted(failure: unknown): failure is Problem {
  return (
    failure instanceof Problem &&
    failure.code === 'github.refused' &&
    /permissions requested are not granted/i.test(failure.message)
  )
}

/** Like any other answer of GitHub that something is forbidden: what needs it is left out. */
function notGranted(permissions: TokenPermissions, cause?: Problem): Problem {
  const say = `the installation has not granted ${wordsOf(permissions)}; an owner of the account can accept it on the app's page`
  return new Problem('github.forbidden', 'told', say, { cause })
}

function isForbidden(failure: unknown): boolean {
  return failure instanceof Problem && failure.code === 'github.forbidden'
}

/** As in `checks: write`; metadata is always granted. */
function wordsOf(permissions: TokenPermissions): string {
  return Object.entries(permissions)
    .filter(([name]) => name !== 'metadata')
    .map(([name, level]) => `${name}: ${level}`)
    .join(', ')
}

/**
 * What a refused token means. A repository that went to an account without the app, or was taken
 * from the installation, is out of reach like one that is gone
 * (https://docs.github.com/en/rest/apps/apps#create-an-installation-access-token-for-an-app).
 */
function mintProblem(problem: Problem): Problem {
  if (problem.code === 'github.refused' && /not accessible to the parent/i.test(problem.message))
    return new Problem('github.gone', 'gone', 'the app is no longer installed here', {
      cause: problem,
    })
  return problem
}
