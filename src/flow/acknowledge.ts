import type { CommandPlace, ReviewJob, Wish } from '#core/job/job'
import type { Settings } from '#core/settings/settings'
import { mayAsk } from '#flow/admit'
import type { PullRequest } from '#flow/pull-request-port'

/**
 * The comments that this review answers: its own, and those whose wish it took over from a job
 * that had not begun. Who may not ask for a review is told so at once, and is not among them.
 */
export async function commentsOf(
  pull: Pick<PullRequest, 'reader' | 'status'>,
  { trigger, absorbed = [] }: ReviewJob,
  settings: Settings,
): Promise<readonly CommandPlace[]> {
  const places: CommandPlace[] = trigger.kind === 'command' ? [trigger] : []
  for (const asked of commandsOf(absorbed)) {
    if (await mayAsk(pull.reader, asked, settings)) places.push(asked)
    else await acknowledge(pull, [asked], 'confused')
  }
  return places
}

/** A pressed button, and the delivery that told of it. */
export interface Press {
  readonly trigger: Extract<Wish['trigger'], { kind: 'rerun' }>
  readonly delivery: string | undefined
}

/** The pressed buttons that this review answers; of those it took over, of people who may ask. */
export async function pressesOf(
  pull: Pick<PullRequest, 'reader'>,
  { trigger: own, delivery, absorbed = [] }: ReviewJob,
  settings: Settings,
): Promise<readonly Press[]> {
  const presses: Press[] = own.kind === 'rerun' ? [{ trigger: own, delivery }] : []
  for (const { trigger, delivery: of } of absorbed) {
    if (trigger.kind !== 'rerun') continue
    if (await mayAsk(pull.reader, trigger, settings)) presses.push({ trigger, delivery: of })
  }
  return presses
}

/** Those of the wishes that are comments. */
export function commandsOf(wishes: readonly Wish[] = []) {
  return wishes.flatMap(({ trigger }) => (trigger.kind === 'command' ? [trigger] : []))
}

/** Says with a reaction what became of each wish for this review. */
export async function acknowledge(
  { status }: Pick<PullRequest, 'status'>,
  places: readonly CommandPlace[],
  content: Parameters<PullRequest['status']['react']>[1],
): Promise<void> {
  for (const place of places) await status.react(place, content)
}
