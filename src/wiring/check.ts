import { Problem } from '#core/problem'

/** One check of the installation. `fails` means that something cannot work as it is. */
export interface Check {
  readonly id: string
  readonly state: 'ok' | 'warns' | 'fails' | 'skipped'
  /** What was found, on one line or several. */
  readonly detail: string
  /** What to do about it; null when there is nothing to do, or when `detail` says it. */
  readonly hint: string | null
}

/** A check that found nothing to do. */
export function fine(id: string, detail: string): Check {
  return { id, state: 'ok', detail, hint: null }
}

/** A check that came to an expected failure, whose message says what to do. Bugs are thrown on. */
export function failed(id: string, failure: unknown, hint: string | null = null): Check {
  if (failure instanceof Problem) return { id, state: 'fails', detail: failure.message, hint }
  throw failure
}
