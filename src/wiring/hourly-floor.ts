import type { Log } from '#flow/ports'
import type { GitHubAnswer } from '#github/client'
import type { Store } from '#store/open-store'

/** The part of an hour's requests that is kept for what is under way. */
const KEPT = 0.1

/**
 * Watches what GitHub leaves an installation of its hour. Below a tenth, work that has begun is
 * finished and everything else of that installation waits for the next hour, in all processes:
 * whoever goes on asking at zero may be banned
 * (https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api).
 */
export function createHourlyFloor(
  { rests }: { readonly rests: Pick<Store['rests'], 'rest'> },
  { clock, log }: { readonly clock: { now(): number }; readonly log: Log },
): (answer: GitHubAnswer, installation: number) => void {
  /** Until when each installation was told to rest; 0 is the app itself, whose requests are not counted here. */
  const told = new Map<number, number>()
  return ({ left, resetAt }, installation) => {
    if (installation === 0 || left === null || resetAt === null || left >= KEPT) return
    const forMs = resetAt - clock.now()
    // REST and GraphQL have hours of their own: the one that ends later counts.
    if (forMs <= 0 || resetAt <= (told.get(installation) ?? 0)) return
    told.set(installation, resetAt)
    rests.rest(installation, forMs).then(
      () =>
        log.info({ installation, seconds: Math.ceil(forMs / 1000) }, 'hourly limit nearly used'),
      (err: unknown) => {
        told.delete(installation)
        log.warn({ installation, err }, 'hourly limit not kept')
      },
    )
  }
}
