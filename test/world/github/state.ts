import type { GitRepository } from './git/repository.ts'

/** Roles a person can have in a repository; `none` is no access at all. */
export type Role = 'admin' | 'maintain' | 'write' | 'triage' | 'read' | 'none'

/** A GitHub account. */
export type User = {
  id: number
  login: string
  type: 'User' | 'Bot' | 'Organization'
  email: string
}

/** What an app may do, as GitHub names it: `{ contents: 'write' }`. */
export type Permissions = { [permission: string]: 'read' | 'write' | 'admin' }

/** The GitHub App under test. */
export type App = {
  id: number
  clientId: string
  slug: string
  name: string
  owner: User
  bot: User
  publicKey: string
  permissions: Permissions
  events: string[]
  createdAt: number
}

/** An app as a manifest asks for it, in GitHub's words. */
export type Manifest = {
  name: string
  url: string
  hook_attributes: { url: string; active?: boolean }
  redirect_url: string
  public: boolean
  default_permissions: Permissions
  default_events: string[]
}

/** The app on one account. */
export type Installation = {
  id: number
  account: User
  permissions: Permissions
  /** Ids of the repositories it covers; `null` is "all repositories of the account". */
  repositoryIds: Set<number> | null
  suspendedAt: number | null
  createdAt: number
}

/** An installation access token. Times are milliseconds of the world's clock. */
export type Token = {
  value: string
  installationId: number
  permissions: Permissions
  /** `null` is every repository of the installation. */
  repositoryIds: Set<number> | null
  expiresAt: number
}

/** A rule that is active on a branch, as `GET rules/branches/{branch}` lists it. */
export type BranchRule = {
  type: string
  parameters?: Record<string, unknown>
  /** The app may pass it: it stands in the bypass list. */
  bypass?: boolean
  /** Not of a ruleset: of the older protection of the branch, which the branch itself shows. */
  classic?: boolean
}

export type Repository = {
  id: number
  owner: User
  name: string
  isPrivate: boolean
  defaultBranch: string
  isArchived: boolean
  /** GitHub has closed it, as for a breach of its terms. */
  isDisabled: boolean
  /** Full names it had before, in lower case: GitHub redirects from them. */
  formerNames: string[]
  fork: { parentId: number } | null
  roles: Map<string, Role>
  rules: Map<string, BranchRule[]>
  /** Refuse commits whose files hold something that looks like a credential. */
  pushProtection: boolean
  /** What push protection refuses besides the shapes that it knows: a repository may name its own. */
  customPatterns: readonly RegExp[]
  git: GitRepository
  pulls: PullRequest[]
  issues: Issue[]
  issueComments: IssueComment[]
  checkRuns: CheckRun[]
  checkSuites: CheckSuite[]
  createdAt: number
  pushedAt: number
  nextNumber: number
}

/** What pull requests and issues have in common. */
export type Issue = {
  id: number
  number: number
  author: User
  title: string
  body: string | null
  state: 'open' | 'closed'
  locked: boolean
  createdAt: number
  updatedAt: number
  closedAt: number | null
}

export type PullRequest = Issue & {
  isDraft: boolean
  head: { repositoryId: number; branch: string; sha: string }
  base: { branch: string; sha: string }
  /** Every head the pull request ever had, oldest first. */
  heads: string[]
  merged: { at: number; by: User; commit: string } | null
  reviews: Review[]
  threads: Thread[]
}

export type ReviewState = 'PENDING' | 'COMMENTED' | 'APPROVED' | 'CHANGES_REQUESTED' | 'DISMISSED'

export type Review = {
  id: number
  author: User
  body: string
  state: ReviewState
  commit: string
  submittedAt: number | null
  minimized: string | null
}

export type Side = 'LEFT' | 'RIGHT'

/** Where a thread was started; it never changes. */
export type Anchor = {
  commit: string
  /** Commit that the LEFT side of the diff showed. */
  baseCommit: string
  line: number | null
  startLine: number | null
  side: Side
  startSide: Side | null
  position: number
  diffHunk: string
  subjectType: 'line' | 'file'
}

/** A conversation on a line or a file of a pull request. */
export type Thread = {
  id: number
  path: string
  origin: Anchor
  /** Where the thread sits at the current head; `null` when its lines changed (outdated). */
  current: { line: number | null; startLine: number | null; position: number | null } | null
  resolvedBy: User | null
  comments: ReviewComment[]
}

export type ReviewComment = {
  id: number
  reviewId: number
  author: User
  body: string
  inReplyTo: number | null
  createdAt: number
  updatedAt: number
  reactions: Reaction[]
  minimized: string | null
}

export type IssueComment = {
  id: number
  number: number
  author: User
  body: string
  createdAt: number
  updatedAt: number
  reactions: Reaction[]
  minimized: string | null
  /** Whether the app under test wrote it. */
  byApp: boolean
}

export type Reaction = { id: number; author: User; content: string; createdAt: number }

export type CheckSuite = { id: number; appId: number; headSha: string; branch: string | null }

export type Annotation = {
  path: string
  start_line: number
  end_line: number
  start_column?: number
  end_column?: number
  annotation_level: 'notice' | 'warning' | 'failure'
  message: string
  title?: string
  raw_details?: string
}

export type CheckRun = {
  id: number
  appId: number
  suite: CheckSuite
  name: string
  headSha: string
  externalId: string
  detailsUrl: string | null
  status: 'queued' | 'in_progress' | 'completed'
  conclusion: string | null
  startedAt: string | null
  completedAt: string | null
  output: { title: string | null; summary: string | null; text: string | null }
  annotations: Annotation[]
  actions: { label: string; description: string; identifier: string }[]
}

/** Addresses under which the world answers, without a slash at the end. */
type Addresses = { api: string; graphql: string; html: string; archive: string }

/** A breach of GitHub's published contract, by the client or by the world itself. */
export type Violation = {
  kind:
    | 'request'
    | 'response'
    | 'unknown-field'
    | 'unserved'
    | 'graphql'
    | 'user-agent'
    | 'content-limit'
  route: string
  detail: string
}

/** An event that happened in a repository or an installation, before it becomes a delivery. */
export type WorldEvent = {
  event: string
  action: string | null
  installation: Installation | null
  repository: Repository | null
  sender: User
  payload: Record<string, unknown>
}

/** Everything that is true in the world. One mutable value, owned by `createGitHubWorld`. */
export type State = {
  app: App
  addresses: Addresses
  users: Map<string, User>
  installations: Installation[]
  repositories: Repository[]
  tokens: Map<string, Token>
  /** What browsers were sent away with after a manifest was confirmed. */
  manifestCodes: Map<string, { manifest: Manifest; expiresAt: number }>
  violations: Violation[]
  /** What may be asked in an hour, and what is left of it for everybody who asked. */
  hourly: { limit: number; hours: Map<string, { limit: number; left: number; resetAt: number }> }
  /** When each installation wrote something; null while nobody counts. */
  contentMade: Map<number, number[]> | null
  /** How many more lists leave an object out: GitHub's delayed visibility. */
  hidden: Map<object, number>
  /** Until when lists leave an object out, in milliseconds of the world's clock. */
  hiddenUntil: Map<object, number>
  /** Other apps, by id: owners of check runs that ours must not edit. */
  foreignApps: Map<number, { id: number; slug: string; name: string }>
  now: () => number
  nextId: () => number
  emit: (event: WorldEvent) => void
}

/** The account with this login, created when it is new; logins ignore case. */
export function userNamed(state: State, login: string, type: User['type'] = 'User'): User {
  const known = state.users.get(login.toLowerCase())
  if (known !== undefined) return known
  const id = state.nextId()
  const user: User = { id, login, type, email: `${id}+${login}@users.noreply.github.com` }
  state.users.set(login.toLowerCase(), user)
  return user
}

export function repositoryNamed(state: State, owner: string, name: string): Repository | undefined {
  const wanted = `${owner}/${name}`.toLowerCase()
  return state.repositories.find((each) => fullName(each).toLowerCase() === wanted)
}

/** The repository that used to have this name, for GitHub's redirects. */
export function formerRepository(
  state: State,
  owner: string,
  name: string,
): Repository | undefined {
  const wanted = `${owner}/${name}`.toLowerCase()
  return state.repositories.find((each) => each.formerNames.includes(wanted))
}

export function fullName(repository: Repository): string {
  return `${repository.owner.login}/${repository.name}`
}

export function repositoryById(state: State, id: number): Repository {
  const found = state.repositories.find((each) => each.id === id)
  if (found === undefined) throw new Error(`The world has no repository with id ${id}`)
  return found
}

/** The installation that covers a repository, suspended or not. */
export function installationOf(state: State, repository: Repository): Installation | null {
  const covers = (each: Installation): boolean =>
    each.account.id === repository.owner.id &&
    (each.repositoryIds === null || each.repositoryIds.has(repository.id))
  return state.installations.find(covers) ?? null
}

/** The role a person really has: own, or what everybody has in a public repository. */
export function roleOf(repository: Repository, user: User): Role {
  if (user.id === repository.owner.id) return 'admin'
  return repository.roles.get(user.login.toLowerCase()) ?? (repository.isPrivate ? 'none' : 'read')
}

/** Leaves out what a fault hides, and counts this list. */
export function visible<T extends object>(state: State, objects: T[]): T[] {
  return objects.filter((each) => {
    if ((state.hiddenUntil.get(each) ?? 0) > state.now()) return false
    const left = state.hidden.get(each) ?? 0
    if (left === 0) return true
    state.hidden.set(each, left - 1)
    return false
  })
}

/** An opaque global id such as GitHub gives to every object. */
export function nodeId(prefix: string, id: number): string {
  return `${prefix}_kwDO${Buffer.from(String(id)).toString('base64url')}`
}

/** A moment as GitHub writes it: ISO 8601 in whole seconds. */
export function iso(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19)}Z`
}
