import { Probot } from 'probot'
import type { Receive } from '#server/dispatch'
import { createHandlers, type HandlersDeps } from '#server/handlers'
import type { Environment } from '#wiring/environment'
import type { ProcessLog } from '#wiring/log'

/** Gives events to Probot's handlers. */
export async function createProbotReceiver(
  environment: Environment,
  deps: Omit<HandlersDeps, 'log' | 'settled'> & { readonly log: ProcessLog },
): Promise<Receive> {
  const probot = new Probot({
    appId: environment.app.id,
    privateKey: environment.app.privateKey,
    // Probot falls back to a word that everybody knows when it is given none.
    secret: environment.webhook.secret,
    baseUrl: environment.github.apiUrl,
    log: deps.log.logger,
  })
  // Probot's handlers return nothing: what came of a delivery is left here meanwhile.
  const results = new Map<string, string>()
  await probot.load(
    createHandlers({ ...deps, settled: (guid, result) => results.set(guid, result) }),
  )
  return async ({ guid, event, payload }) => {
    // The payload is a stranger's until job-from-event has read it, whatever Probot's types say.
    const webhook = { id: guid, name: event, payload } as Parameters<Probot['receive']>[0]
    await probot.receive(webhook)
    const result = results.get(guid) ?? 'ignored: the app does not act on this event'
    results.delete(guid)
    return result
  }
}
