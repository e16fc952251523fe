import { type Command, InvalidArgumentError } from 'commander'
import type { Operations, Streams } from '#cli/command-line'
import { EXIT } from '#cli/exit-code'
import { escapeLine } from '#core/text/hidden-characters'

interface Context {
  readonly streams: Streams
  readonly exitWith: (code: number) => void
}

const RECONCILE = `
For an outage that was longer than GitHub keeps deliveries: 3 days, an
enterprise server 7. Without --go nothing is changed. Drafts, outsiders, pauses
and budgets are decided by each review as ever, and what is repeated is queued
once. With DATABASE_URL it needs the environment of a server. Exit code 3 when
something could not be looked at.`

/** `tech-lead jobs reconcile`. */
export function addReconcile(
  jobs: Command,
  { streams, exitWith }: Context,
  load: () => Promise<Operations>,
): void {
  jobs
    .command('reconcile')
    .description('find open pull requests that were never taken up, the latest change first')
    .requiredOption(
      '--since <moment>',
      'those that changed since this day (2026-11-20, UTC) or for so long (7d, 36h)',
      parseSince,
    )
    .option('--go', 'queue a review of each')
    .addHelpText('after', RECONCILE)
    .action(async ({ since, go = false }: { since: number; go?: boolean }) => {
      const { printEntries } = await import('#cli/print-lists')
      streams.progress('asking GitHub for open pull requests')
      const found = await (await load()).reconcile({ since, go })
      streams.progress('')
      if (found.proposed.length > 0) await printEntries(found.proposed, streams, '')
      const dry = found.queued === null ? ' (nothing is changed without --go)' : ''
      await streams.out(
        [
          `Open and changed since ${minuteOf(since)} UTC: ${found.looked}`,
          `Never taken up: ${found.proposed.length}`,
          `Queued: ${found.queued ?? 0}${dry}`,
          '',
        ].join('\n'),
      )
      for (const line of found.left) streams.err(`Not looked at: ${escapeLine(line)}\n`)
      exitWith(found.left.length === 0 ? EXIT.done : EXIT.incomplete)
    })
}

function minuteOf(moment: number): string {
  return new Date(moment).toISOString().slice(0, 16).replace('T', ' ')
}

const HOUR_MS = 3_600_000
const UNITS: ReadonlyMap<string, number> = new Map([
  ['h', HOUR_MS],
  ['d', 24 * HOUR_MS],
])

/** A day, or a time that has passed; in milliseconds since the epoch. */
function parseSince(word: string): number {
  const now = Date.now()
  const [, count = '', unit = ''] = /^(\d{1,4})([hd])$/.exec(word) ?? []
  const ms = Number(count) * (UNITS.get(unit) ?? 0)
  if (ms > 0) return now - ms
  const day = /^\d{4}-\d\d-\d\d$/.test(word) ? Date.parse(word) : Number.NaN
  // 2026-02-30 is read as a day of March.
  const meant = Number.isFinite(day) && new Date(day).toISOString().startsWith(word)
  if (meant && day >= 0 && day <= now) return day
  throw new InvalidArgumentError('give a day that has begun, as 2026-11-20, or 7d or 36h.')
}
