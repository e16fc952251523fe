import { installationView, minimalRepositoryView } from '../rest/views.ts'
import {
  type Installation,
  installationOf,
  type Repository,
  type State,
  type User,
} from '../state.ts'

function installOn(state: State, account: User): Installation {
  const known = state.installations.find((each) => each.account.id === account.id)
  if (known !== undefined) return known
  const installation: Installation = {
    id: state.nextId() % 100_000_000,
    account,
    permissions: { ...state.app.permissions },
    repositoryIds: null,
    suspendedAt: null,
    createdAt: state.now(),
  }
  state.installations.push(installation)
  return installation
}

/** Installs the app on the account of a repository, if it is not there yet. */
export function coverWithApp(state: State, repository: Repository): void {
  const isNew = state.installations.every((each) => each.account.id !== repository.owner.id)
  const installation = installOn(state, repository.owner)
  installation.repositoryIds?.add(repository.id)
  if (isNew) emitInstallation(state, installation, 'created')
}

/** Tells the app about a change of one of its installations. */
export function emitInstallation(state: State, installation: Installation, action: string): void {
  const covered = coveredBy(state, installation)
  state.emit({
    event: 'installation',
    action,
    installation,
    repository: null,
    sender: installation.account,
    payload: {
      installation: installationView(state, installation),
      repositories: covered.map(minimalRepositoryView),
      requester: null,
    },
  })
}

function coveredBy(state: State, installation: Installation): Repository[] {
  return state.repositories.filter((each) => installationOf(state, each) === installation)
}

/** Chooses the repositories an installation covers; null is all of the account. */
export function selectRepositories(
  state: State,
  installation: Installation,
  repositories: Repository[] | null,
): void {
  const before = coveredBy(state, installation)
  installation.repositoryIds =
    repositories === null ? null : new Set(repositories.map((each) => each.id))
  const after = coveredBy(state, installation)
  const changes = {
    added: after.filter((each) => !before.includes(each)),
    removed: before.filter((each) => !after.includes(each)),
  }
  for (const action of ['added', 'removed'] as const) {
    if (changes[action].length === 0) continue
    state.emit({
      event: 'installation_repositories',
      action,
      installation,
      repository: null,
      sender: installation.account,
      payload: {
        installation: installationView(state, installation),
        repository_selection: installation.repositoryIds === null ? 'all' : 'selected',
        repositories_added: changes.added.map(minimalRepositoryView),
        repositories_removed: changes.removed.map(minimalRepositoryView),
        requester: null,
      },
    })
  }
}

/** The installation that covers a repository; throws when there is none. */
export function requireInstallation(state: State, repository: Repository): Installation {
  const found = installationOf(state, repository)
  if (found === null)
    throw new Error(`The app is not installed on ${repository.owner.login}/${repository.name}`)
  return found
}

/** Removes an installation; its tokens end at once. */
export function uninstall(state: State, installation: Installation): void {
  emitInstallation(state, installation, 'deleted')
  state.installations = state.installations.filter((each) => each !== installation)
  for (const [value, token] of state.tokens) {
    if (token.installationId === installation.id) state.tokens.delete(value)
  }
}

/** Suspends an installation or ends the suspension. */
export function suspend(state: State, installation: Installation, isSuspended: boolean): void {
  installation.suspendedAt = isSuspended ? state.now() : null
  emitInstallation(state, installation, isSuspended ? 'suspend' : 'unsuspend')
}
