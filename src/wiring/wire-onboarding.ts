import type { MarkerKeys } from '#core/render/marker'
import type { AuditNeeds } from '#flow/audit-repository'
import type { FirstLookNeeds } from '#flow/first-look'
import type { InstallationHome } from '#flow/onboarding-port'
import type { Scan } from '#flow/ports'
import type { RoundNeeds } from '#flow/queue-audits'
import type { Reach } from '#flow/reach'
import { openAuditHome } from '#github/audit-home'
import { listInstallations, openInstallation } from '#github/installation-home'
import { openOnboardingHome } from '#github/onboarding-home'
import type { GitHubApp } from '#github/tokens'
import type { Store } from '#store/open-store'
import type { Environment } from '#wiring/environment'
import { type Loaded, OWN_AGENT } from '#wiring/load-knowledge'
import { modelGranted } from '#wiring/wire-model'

/** What introductions are plugged together from. */
interface Parts {
  readonly environment: Environment
  readonly store: Store
  readonly app: GitHubApp
  readonly loaded: Loaded
  readonly scan: Scan
}

/** What first looks need, but for the clock, chance and log that all jobs share. */
export function wireFirstLooks(
  { environment, store, app, loaded, scan }: Parts,
  installation: (id: number) => InstallationHome,
): Omit<FirstLookNeeds, 'clock' | 'random' | 'log'> {
  const { github } = environment
  return {
    home: ({ installation: id, repository: { id: repositoryId, owner, name } }) => {
      const address = { installation: id, repositoryId, owner, name }
      return openOnboardingHome(app, github, address, OWN_AGENT)
    },
    installation,
    looks: store.looks,
    allowances: store.allowances,
    scan,
    knowledge: loaded.knowledge,
    agent: loaded.agent,
    tool: loaded.tool,
    visibilityMs: environment.visibilityMs,
    asksModel: (repository) =>
      environment.anthropic.apiKey !== null && modelGranted(environment, repository),
    secrets: environment.secrets,
  }
}

/** What audits need, but for the clock and log that all jobs share. */
export function wireAudits(
  {
    environment,
    store,
    app,
    loaded,
    scan,
    markerKeys,
  }: Parts & { readonly markerKeys: MarkerKeys },
  installation: (id: number) => InstallationHome,
): Omit<AuditNeeds, 'clock' | 'log'> {
  return {
    home: ({ installation: id, repository: { id: repositoryId, owner, name } }) => {
      const address = { installation: id, repositoryId, owner, name }
      return openAuditHome(app, environment.github, address, OWN_AGENT)
    },
    ...{ installation, scan, markerKeys, knowledge: loaded.knowledge },
    looks: store.looks,
    audits: store.audits,
    allowances: store.allowances,
    visibilityMs: environment.visibilityMs,
    secrets: environment.secrets,
  }
}

/** Where it is kept when the last round of audits was queued. */
const ROUND = 'audits/round-at'

/** The weekly round of audits. */
export function wireRound(
  { store, app }: Pick<Parts, 'store' | 'app'>,
  installation: (id: number) => InstallationHome,
): Omit<RoundNeeds, 'clock' | 'log'> {
  return {
    installation,
    installations: () => listInstallations(app),
    enqueue: store.jobs.enqueueMany,
    lastRoundAt: async () => Number((await store.notes.get(ROUND)) ?? 0),
    endRound: (at) => store.notes.set(ROUND, String(at)),
  }
}

/** What follows installations. A dry run writes nothing, so it introduces nobody. */
export function wireReach(
  { environment, store, app }: Pick<Parts, 'environment' | 'store' | 'app'>,
  installation: (id: number) => InstallationHome,
): Reach {
  return {
    installation,
    introduces: environment.onboarding === 'pull-request' && !environment.dryRun,
    enqueue: store.jobs.enqueueMany,
    accepted: app.accepted,
    wake: store.wake,
    forget: store.forget,
  }
}

/** Installations by their id, each made once, so that what is known of its limits is shared. */
export function createInstallations(
  app: GitHubApp,
  now: () => number,
): (id: number) => InstallationHome {
  const known = new Map<number, InstallationHome>()
  return (id) => {
    const home = known.get(id) ?? openInstallation(app, id, now)
    known.set(id, home)
    return home
  }
}
