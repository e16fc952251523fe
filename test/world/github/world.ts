import { mkdtemp, rm } from 'node:fs/promises'
import type { Server } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { appKey } from './app-identity.ts'
import { type Conversation, readConversation } from './conversation.ts'
import {
  coverWithApp,
  emitInstallation,
  requireInstallation,
  selectRepositories,
  suspend,
  uninstall,
} from './domain/installations.ts'
import { createFaults, type Fault, type Faults } from './faults.ts'
import { createGitRepository, type FileContent, type GitRepository } from './git/repository.ts'
import type { ArchiveRequest } from './http/archive.ts'
import { leaveOfHour } from './http/hourly-limit.ts'
import { createApiServer, createArchiveServer } from './http/server.ts'
import { createJournal, type Journal } from './journal.ts'
import { addForeignCheck, createPeople, type People } from './people.ts'
import {
  type App,
  type BranchRule,
  type CheckRun,
  type Installation,
  type Permissions,
  type PullRequest,
  type Repository,
  type Role,
  type State,
  type Thread,
  type User,
  userNamed,
  type Violation,
} from './state.ts'
import { createWebhooks, type Webhooks } from './webhooks.ts'

export type WorldOptions = {
  appId?: number
  slug?: string
  /** What the app was granted at registration; installations get the same. */
  permissions?: Permissions
  /** Events the app subscribed to; some arrive without. */
  events?: string[]
  /** What every answer of the API waits before it is worked on; 0 when not given. */
  latencyMs?: number
}

type NewRepository = {
  owner: string
  name: string
  files?: Record<string, FileContent>
  private?: boolean
  defaultBranch?: string
  /** An account of this type is made when the owner is new. */
  ownerType?: 'User' | 'Organization'
  /** False leaves the app out; it is installed otherwise. */
  installed?: boolean
  roles?: Record<string, Role>
}

/** A GitHub on loopback: the REST and GraphQL API, webhooks, and people who act. */
export type GitHubWorld = People & {
  /** `http://127.0.0.1:PORT/api/v3`, for octokit's `baseUrl`. */
  apiUrl: string
  graphqlUrl: string
  /** `127.0.0.1:PORT`, for `GHE_HOST`. */
  host: string
  app: App
  /** PEM, for `PRIVATE_KEY`. */
  privateKey: string
  bot: User
  journal: Journal
  webhooks: Webhooks
  faults: Faults
  /** Breaches of GitHub's published contract so far. A good run has none. */
  violations: Violation[]
  /** Downloads from the archive address, with whether a credential came along. */
  archiveRequests: ArchiveRequest[]
  /** The state behind everything, for assertions that no other method covers. */
  state: State
  createRepository: (order: NewRepository) => Promise<Repository>
  /** Repositories with the files of another, which nobody may write to: thousands cost nothing. */
  createLike: (original: Repository, count: number) => Repository[]
  /** So many requests an hour, of REST and of GraphQL each; 15,000 when not said. */
  allowHourly: (limit: number) => void
  /** Leaves an installation so many requests of its hour, which ends after so many milliseconds. */
  leaveOfHour: (installation: Installation, left: number, forMs: number) => void
  /** From now on GitHub's limits on new content hold: so many writes a minute and an hour. */
  limitContent: () => void
  /** Tells the app that it was installed, with all that the installation covers now. */
  announce: (installation: Installation) => void
  fork: (parent: Repository, owner: string) => Promise<Repository>
  user: (login: string, type?: User['type']) => User
  setRole: (repository: Repository, login: string, role: Role) => void
  installationOf: (repository: Repository) => Installation
  suspend: (installation: Installation, suspended?: boolean) => void
  uninstall: (installation: Installation) => void
  /** Chooses the repositories an installation covers; null is all. */
  selectRepositories: (installation: Installation, repositories: Repository[] | null) => void
  setInstallationPermissions: (installation: Installation, permissions: Permissions) => void
  /** Puts rules on a branch: pushes by the app are refused and `rules/branches` lists them. */
  protectBranch: (repository: Repository, branch: string, rules: BranchRule[]) => void
  addForeignCheck: (
    repository: Repository,
    order: { appId: number; name: string; headSha: string; conclusion?: string },
  ) => CheckRun
  threads: (pull: PullRequest) => Thread[]
  /** Plays a fault on the next `times` requests of a route, or of `mutation <name>`. */
  fault: (route: string, fault: Fault, times?: number) => void
  /** Sends every event from now on, as it happens. */
  sendTo: (url: string, secret: string) => void
  /** Moves the world's clock, as a client with a wrong clock or a late token sees it. */
  advance: (ms: number) => void
  now: () => number
  conversation: (repository: Repository, pull: PullRequest) => Promise<Conversation>
  /** Ends the servers and removes the repositories. */
  stop: () => Promise<void>
}

const DEFAULT_PERMISSIONS: Permissions = {
  metadata: 'read',
  contents: 'write',
  pull_requests: 'write',
  checks: 'write',
  issues: 'write',
}

const DEFAULT_EVENTS = [
  'pull_request',
  'pull_request_review',
  'pull_request_review_comment',
  'pull_request_review_thread',
  'issue_comment',
  'push',
  'repository',
]

function listen(server: Server): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      if (address === null || typeof address === 'string')
        return reject(new Error('no TCP address'))
      resolve(`127.0.0.1:${address.port}`)
    })
  })
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections()
  })
}

/** Ids start above 2^31, as GitHub's do: a client that counts on 32 bits fails here. */
const FIRST_ID = 3_000_000_001

function createState(options: WorldOptions, clock: { offset: number }): State {
  let lastId = FIRST_ID
  const users = new Map<string, User>()
  const slug = options.slug ?? 'integrations-tech-lead'
  const id = options.appId ?? 424_242
  const account = (userId: number, login: string, type: User['type']): User => {
    const user = { id: userId, login, type, email: `${userId}+${login}@users.noreply.github.com` }
    users.set(login.toLowerCase(), user)
    return user
  }
  const app: App = {
    id,
    clientId: `Iv23li${id}`,
    slug,
    name: slug,
    owner: account(9_000_001, 'app-owner', 'User'),
    bot: account(9_000_002, `${slug}[bot]`, 'Bot'),
    publicKey: appKey().publicKey,
    permissions: { ...DEFAULT_PERMISSIONS, ...options.permissions },
    events: options.events ?? DEFAULT_EVENTS,
    createdAt: Date.now(),
  }
  return {
    app,
    users,
    addresses: { api: '', graphql: '', html: '', archive: '' },
    installations: [],
    repositories: [],
    tokens: new Map(),
    manifestCodes: new Map(),
    violations: [],
    hourly: { limit: 15_000, hours: new Map() },
    contentMade: null,
    hidden: new Map(),
    hiddenUntil: new Map(),
    foreignApps: new Map(),
    now: () => Date.now() + clock.offset,
    nextId: () => {
      lastId += 7
      return lastId
    },
    emit: () => undefined,
  }
}

function newRepository(state: State, order: NewRepository, git: GitRepository): Repository {
  return {
    id: state.nextId(),
    owner: userNamed(state, order.owner, order.ownerType ?? 'Organization'),
    name: order.name,
    isPrivate: order.private ?? false,
    defaultBranch: order.defaultBranch ?? 'main',
    isArchived: false,
    isDisabled: false,
    formerNames: [],
    fork: null,
    roles: new Map(),
    rules: new Map(),
    pushProtection: false,
    customPatterns: [],
    git,
    pulls: [],
    issues: [],
    issueComments: [],
    checkRuns: [],
    checkSuites: [],
    createdAt: state.now(),
    pushedAt: state.now(),
    nextNumber: 1,
  }
}

function setRole(state: State, repository: Repository, login: string, role: Role): void {
  userNamed(state, login)
  repository.roles.set(login.toLowerCase(), role)
}

async function createRepository(
  state: State,
  folder: string,
  order: NewRepository,
): Promise<Repository> {
  const branch = order.defaultBranch ?? 'main'
  const git = await createGitRepository(folder, `${state.nextId()}.git`, branch)
  const repository = newRepository(state, order, git)
  const { owner } = repository
  for (const [login, role] of Object.entries(order.roles ?? {}))
    setRole(state, repository, login, role)
  await git.commit({
    branch,
    parent: null,
    files: order.files ?? { 'README.md': `# ${order.name}\n` },
    message: 'Initial commit',
    author: { name: owner.login, email: owner.email },
    at: state.now(),
  })
  state.repositories.push(repository)
  if (order.installed !== false) coverWithApp(state, repository)
  return repository
}

function createLike(state: State, original: Repository, count: number): Repository[] {
  const { owner, isPrivate, git } = original
  const made = Array.from({ length: count }, (_, index) => {
    const name = `${original.name}-${index + 1}`
    return newRepository(state, { owner: owner.login, name, private: isPrivate }, git)
  })
  state.repositories.push(...made)
  for (const one of made) coverWithApp(state, one)
  return made
}

async function fork(
  state: State,
  folder: string,
  parent: Repository,
  owner: string,
): Promise<Repository> {
  const git = await createGitRepository(folder, `${state.nextId()}.git`, parent.defaultBranch)
  await git.fetch(parent.git, '+refs/heads/*:refs/heads/*')
  const order = { owner, name: parent.name, private: parent.isPrivate, ownerType: 'User' as const }
  const repository = newRepository(state, { ...order, defaultBranch: parent.defaultBranch }, git)
  repository.fork = { parentId: parent.id }
  state.repositories.push(repository)
  return repository
}

/** Starts a world: two servers on loopback and a temporary folder of bare git repositories. */
export async function createGitHubWorld(options: WorldOptions = {}): Promise<GitHubWorld> {
  const clock = { offset: 0 }
  const state = createState(options, clock)
  const folder = await mkdtemp(join(tmpdir(), 'github-world-'))
  const webhooks = createWebhooks(state)
  state.emit = (event) => void webhooks.record(event)
  const journal = createJournal()
  const faults = createFaults()
  const archiveRequests: ArchiveRequest[] = []
  const api = createApiServer({
    state,
    webhooks,
    journal,
    faults,
    latencyMs: options.latencyMs ?? 0,
  })
  const archive = createArchiveServer(state, archiveRequests)
  const [host, archiveHost] = await Promise.all([listen(api), listen(archive)])
  state.addresses = {
    api: `http://${host}/api/v3`,
    graphql: `http://${host}/api/graphql`,
    html: `http://${host}`,
    archive: `http://${archiveHost}`,
  }
  return {
    ...createPeople(state),
    apiUrl: state.addresses.api,
    graphqlUrl: state.addresses.graphql,
    host,
    app: state.app,
    privateKey: appKey().privateKey,
    bot: state.app.bot,
    journal,
    webhooks,
    faults,
    violations: state.violations,
    archiveRequests,
    state,
    createRepository: (order) => createRepository(state, folder, order),
    createLike: (original, count) => createLike(state, original, count),
    allowHourly: (limit) => {
      state.hourly.limit = limit
    },
    leaveOfHour: (installation, left, forMs) =>
      leaveOfHour(state, installation.id, { left, forMs }),
    limitContent: () => {
      state.contentMade = new Map()
    },
    announce: (installation) => emitInstallation(state, installation, 'created'),
    fork: (parent, owner) => fork(state, folder, parent, owner),
    user: (login, type) => userNamed(state, login, type),
    setRole: (repository, login, role) => setRole(state, repository, login, role),
    installationOf: (repository) => requireInstallation(state, repository),
    suspend: (installation, suspended = true) => suspend(state, installation, suspended),
    uninstall: (installation) => uninstall(state, installation),
    selectRepositories: (installation, repositories) =>
      selectRepositories(state, installation, repositories),
    setInstallationPermissions: (installation, permissions) => {
      installation.permissions = permissions
      emitInstallation(state, installation, 'new_permissions_accepted')
    },
    protectBranch: (repository, branch, rules) => void repository.rules.set(branch, rules),
    addForeignCheck: (repository, order) => addForeignCheck(state, repository, order),
    threads: (pull) => pull.threads,
    fault: (route, fault, times) => faults.plan(route, fault, times),
    sendTo: (url, secret) => webhooks.sendTo({ url, secret }),
    advance: (ms) => {
      clock.offset += ms
    },
    now: () => state.now(),
    conversation: (repository, pull) => readConversation(repository, pull, state.app.id),
    stop: async () => {
      webhooks.stop()
      await webhooks.idle()
      await Promise.all([close(api), close(archive)])
      const opened = new Set(state.repositories.map((each) => each.git))
      await Promise.all([...opened].map((each) => each.close()))
      await rm(folder, { recursive: true, force: true })
    },
  }
}
