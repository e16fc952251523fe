import { GitHubError } from '../rest/call.ts'
import type { State } from '../state.ts'

/** What GitHub takes of new content from one installation, as its documentation names it. */
const PER_MINUTE = 80
const PER_HOUR = 500
const MINUTE_MS = 60_000
const HOUR_MS = 3_600_000

const WORDS =
  'You have exceeded a secondary rate limit. Please wait a few minutes before you try again.'

/**
 * Counts a write, and refuses it when an installation made too many. Off unless a test wants it:
 * the stories of one minute would not fit into a minute of GitHub's.
 * https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api#about-secondary-rate-limits
 */
export function refuseTooMuchContent(state: State, installation: number): void {
  if (state.contentMade === null) return
  const now = state.now()
  const made = (state.contentMade.get(installation) ?? []).filter((at) => at > now - HOUR_MS)
  state.contentMade.set(installation, made)
  if (made.length >= PER_HOUR || made.filter((at) => at > now - MINUTE_MS).length >= PER_MINUTE) {
    state.violations.push({
      kind: 'content-limit',
      route: '*',
      detail: `installation ${installation}`,
    })
    throw new GitHubError(403, WORDS, { headers: { 'retry-after': '60' } })
  }
  made.push(now)
}
