import type { Permissions } from './state.ts'

/** Who asked: the app itself (JWT), an installation token, or nobody. */
export type Caller =
  | { kind: 'app' }
  | {
      kind: 'installation'
      installationId: number
      permissions: Permissions
      repositoryIds: number[] | null
    }
  | { kind: 'nobody' }

/** One request as the world saw it, with its answer. */
export type JournalEntry = {
  /** Order of arrival, from 1. */
  number: number
  /** Milliseconds of the world's clock. */
  at: number
  method: string
  /** `METHOD /path/{template}`; `POST /graphql` for GraphQL; `null` for a route that is not served. */
  route: string | null
  /** For GraphQL: `query` or `mutation` and the fields asked for, e.g. `mutation createCommitOnBranch`. */
  graphql: string | null
  path: string
  query: Record<string, string>
  caller: Caller
  userAgent: string
  body: unknown
  /** 0 while no answer was sent, and for ever when a fault cut the connection. */
  status: number
  answer: unknown
  /** Kind of the fault that was played, if any. */
  fault: string | null
}

export type Journal = {
  entries: JournalEntry[]
  /** Requests of a route (`GET /repos/{owner}/{repo}`) or of GraphQL (`mutation createCommitOnBranch`), in order. */
  requests: (route: string) => JournalEntry[]
  /** Requests that can change something on GitHub; minting and giving back tokens is not counted. */
  writes: () => JournalEntry[]
  /** All requests but those for tokens: what a budget of API calls is about. */
  calls: () => JournalEntry[]
  /** Forgets the past, for tests with phases. */
  clear: () => void
}

function isAboutTokens(entry: JournalEntry): boolean {
  return /access_tokens$|\/installation\/token$/.test(entry.path)
}

function isWrite(entry: JournalEntry): boolean {
  if (entry.route === 'POST /graphql') return entry.graphql?.startsWith('mutation') ?? false
  return entry.method !== 'GET' && !isAboutTokens(entry)
}

export function createJournal(): Journal {
  const entries: JournalEntry[] = []
  return {
    entries,
    requests: (route) => entries.filter((each) => each.route === route || each.graphql === route),
    writes: () => entries.filter(isWrite),
    calls: () => entries.filter((each) => !isAboutTokens(each)),
    clear: () => void entries.splice(0),
  }
}
