import { resolveModel } from '#core/agent/models'
import type { RepositoryRef } from '#core/job/job'
import { createPathMatcher } from '#core/settings/path-matcher'
import type { Settings } from '#core/settings/settings'
import type { Model, ServiceRest } from '#flow/model-port'
import type { Budget, Log, Run } from '#flow/ports'
import { createGuardedModel, type GuardedModel } from '#model/circuit-breaker'
import { createFallbacks } from '#model/fallbacks'
import type { Store } from '#store/open-store'
import { CLOCK } from '#wiring/clock'
import type { Environment } from '#wiring/environment'
import { type Observations, observedModel } from '#wiring/observations'
import { createRetirements } from '#wiring/retirements'

/** What the model of a server stands on. */
interface ModelNeeds {
  readonly environment: Pick<Environment, 'anthropic' | 'model' | 'fallbacks' | 'fallbackApiKey'>
  readonly store: Pick<Store, 'rests'>
  readonly seen: Observations
  readonly log: Log
}

/** The model of a server, with those that stand in for it; null without a key. */
export async function modelOf(needs: ModelNeeds): Promise<GuardedModel | null> {
  const { environment, seen, log } = needs
  const { apiKey, baseUrl } = environment.anthropic
  if (apiKey === null) return null
  // Loaded only where it is used: the SDK is a fifth of what a server reads to start.
  const { createAnthropicModel } = await import('#model/anthropic')
  const retires = createRetirements(seen, log)
  for (const one of [environment.model, ...environment.fallbacks.map(({ model }) => model)]) {
    if (one !== null) retires(one)
  }
  const at = (address: string | null, key: string, name: string) => {
    const asked = createAnthropicModel({
      apiKey: key,
      ...(address === null ? {} : { baseUrl: address }),
    })
    const model: Model = {
      turn(request, signal) {
        // Which model it is may stand in the repository's own definition of the agent.
        retires(request.model)
        return asked.turn(request, signal)
      },
    }
    const rest = restOf(needs, `${address ?? 'anthropic'} ${name}`)
    return createGuardedModel(observedModel(model, seen), { rest })
  }
  const first = at(baseUrl, apiKey, '')
  if (environment.fallbacks.length === 0) return first
  const others = environment.fallbacks.map((one) => ({
    name: resolveModel(one.model),
    // The key of one service is never shown to another.
    model:
      one.baseUrl === null
        ? at(baseUrl, apiKey, one.model)
        : at(one.baseUrl, environment.fallbackApiKey ?? '', one.model),
  }))
  return createFallbacks([{ name: null, model: first }, ...others], CLOCK.now)
}

/** A wait that could not be written down is this process's alone, and no reason to lose an answer. */
function restOf({ store, log }: ModelNeeds, service: string): ServiceRest {
  const shared = store.rests.ofService(service)
  return {
    left: shared.left,
    rest: (forMs) =>
      shared.rest(forMs).catch((err: unknown) => log.warn({ err }, 'wait of the model not kept')),
  }
}

/** Whether the operator lets a repository be sent to the model. GitHub's names know no case. */
export function modelGranted(
  { modelRepositories }: Pick<Environment, 'modelRepositories'>,
  { owner, name }: Pick<RepositoryRef, 'owner' | 'name'>,
): boolean {
  if (modelRepositories === null) return true
  return createPathMatcher(modelRepositories)(`${owner}/${name}`.toLowerCase())
}

/** The operator's ceilings bound the repository's. */
export function budgetOf(
  store: Store,
  environment: Environment,
  run: Run,
  { settings }: { readonly settings: Settings },
): Budget {
  const { installation, repository, pull } = run.job
  const spender = { runKey: run.key, installation, repository: repository.id, pull }
  return store.budgets.of(spender, ceilingsOf(environment, settings.budget))
}

/** What may be spent, in dollars: the repository's limits within the operator's. */
export function ceilingsOf(
  environment: Pick<Environment, 'maxUsdPerReview' | 'maxUsdPerDay'>,
  budget: Settings['budget'],
) {
  const { usd_per_review, usd_per_pull_request, usd_per_day } = budget
  const run = Math.min(usd_per_review, environment.maxUsdPerReview ?? usd_per_review)
  return {
    run,
    // Whoever lets one review cost more means one review of a pull request at least.
    pullPerDay: Math.max(usd_per_pull_request, run),
    installationPerDay: usd_per_day,
    perDay: environment.maxUsdPerDay,
  }
}
