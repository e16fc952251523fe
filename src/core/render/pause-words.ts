import { COMMAND_PREFIX } from '#core/command/command'
import { codeSpan } from '#core/render/safe-markdown'

const RESUME = `\`${COMMAND_PREFIX} resume\``
const REVIEW = `\`${COMMAND_PREFIX} review\``

/** Who paused a pull request, and why. */
interface Paused {
  readonly by: string | null
  readonly because: string
}

/** The answer to `pause`. */
export function pausedNow(): string {
  return `Paused: this pull request is not reviewed automatically until ${RESUME}. ${REVIEW} still works.`
}

/** The answer to `pause` where somebody did that before. */
export function pausedAlready(pause: Paused): string {
  return `${pauseReason(pause)}. ${RESUME} lets automatic reviews go on.`
}

/** The answer to `resume`. */
export function resumedNow(): string {
  return `Automatic reviews go on with the next push. ${REVIEW} reviews what is here now.`
}

/** The answer to `resume` where nothing was paused. */
export function resumedAlready(): string {
  return `This pull request is not paused. ${REVIEW} reviews what is here now.`
}

/** Why there is no automatic review, without a full stop. */
function pauseReason({ by, because }: Paused): string {
  const who = by === null ? 'Automatic reviews are paused' : `Paused by ${codeSpan(by)}`
  return because === '' ? who : `${who}: ${because}`
}

/** The text of the check of a head that is not reviewed because of a pause. */
export function pausedCheck(pause: Paused): string {
  return `${pauseReason(pause)}. Somebody with write permission can review this head with ${REVIEW}, or let automatic reviews go on with ${RESUME}.`
}
