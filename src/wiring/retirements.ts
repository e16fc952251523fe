import { resolveModel, retirementOf } from '#core/agent/models'
import type { Log } from '#flow/ports'
import type { Observations } from '#wiring/observations'

/**
 * Tells once of each model in use that its provider will end it: in the metrics, and in one line of
 * the log. The names are those of our own table, so that a repository cannot add to either.
 */
export function createRetirements(
  seen: Pick<Observations, 'modelRetires'>,
  log: Pick<Log, 'warn'>,
): (model: string) => void {
  const told = new Set<string>()
  return (name) => {
    const model = resolveModel(name)
    const day = retirementOf(model)
    if (day === null || told.has(model)) return
    told.add(model)
    seen.modelRetires(model, Date.parse(day) / 1_000)
    log.warn({ model, detail: `the provider ends it on ${day}` }, 'model will be retired')
  }
}
