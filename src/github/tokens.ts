import { createAppAuth } from '@octokit/auth-app'
import { Problem } from '#core/problem'
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
 * The permission sets that are ever minted. The reader sees, the status token shows, the writer
 * speaks, and only the memory token can change a file.
 */
export const TOKENS = {
  reader: { contents: 'read', pull_requests: 'read', issues: 'read', metadata: 'read' },
  status: { checks: 'write', issues: 'write', pull_requests: 'read', metadata: 'read' },
  writer: { pull_requests: 'write', issues: 'write', metadata: 'read' },
  memory: { contents: 'write', pull_requests: 'write', metadata: 'read' },
} as const satisfies Record<string, TokenPermissions>

/** Clients by what they may do, each for one repository of one installation. */
export interface GitHubApp {
  client(installation: number, repositoryId: number, token: keyof typeof TOKENS): GitHubClient
  /** Sees only what is public anyway, for questions about no repository. */
  ofInstallation(installation: number): GitHubClient
  /** Speaks as the app itself: deliveries and the app's own name. */
  readonly asApp: GitHubClient
}

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
  },
): GitHubApp {
  const { seen, ...pace } = given
  const paceOf = (installation: number): Pace =>
    seen === undefined ? pace : { ...pace, seen: (answer) => seen(answer, installation) }
  const auth = createAppAuth({ ...app, request: octokitFor(host, null, 'read').request })
  const guarded = async (mint: () => Promise<{ token: string }>) => {
    try {
      return (await mint()).token
    } catch (failure) {
      throw mintProblem(problemOf(failure, 'read', pace.now()))
    }
  }
  return {
    asApp: createClient(host, () => guarded(() => auth({ type: 'app' })), paceOf(0)),
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
      return createClient(
        host,
        (refresh) => guarded(() => auth({ ...ask, refresh })),
        paceOf(installation),
      )
    },
  }
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
