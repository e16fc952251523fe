import type { JournalEntry } from '../journal.ts'
import type { State } from '../state.ts'

const HOUR_MS = 3_600_000
const RESOURCES = ['graphql', 'core'] as const
type Resource = (typeof RESOURCES)[number]

export const resourceOf = (entry: JournalEntry): Resource =>
  entry.route === 'POST /graphql' ? 'graphql' : 'core'

const keyOf = (installation: number, resource: Resource) =>
  `installation ${installation} ${resource}`

/** The hour of whoever asks, which began with the first request of it. */
export function hourOf(state: State, entry: JournalEntry) {
  const { caller } = entry
  const resource = resourceOf(entry)
  const key =
    caller.kind === 'installation'
      ? keyOf(caller.installationId, resource)
      : `${caller.kind} ${resource}`
  const { hours, limit } = state.hourly
  const known = hours.get(key)
  if (known !== undefined && known.resetAt > state.now()) return known
  const begun = { limit, left: limit, resetAt: state.now() + HOUR_MS }
  hours.set(key, begun)
  return begun
}

/** Counts a request; false where nothing was left for it. */
export function countRequest(state: State, entry: JournalEntry): boolean {
  const hour = hourOf(state, entry)
  if (hour.left === 0) return false
  hour.left -= 1
  return true
}

export function leaveOfHour(
  state: State,
  installation: number,
  { left, forMs }: { left: number; forMs: number },
): void {
  const { limit, hours } = state.hourly
  for (const resource of RESOURCES)
    hours.set(keyOf(installation, resource), { limit, left, resetAt: state.now() + forMs })
}
