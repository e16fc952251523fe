import { loopOf } from '#core/matrix/attempt-loops'
import type { CallView } from '#core/matrix/call-view'
import { missing, notNeeded, protectedBy, unknown } from '#core/matrix/cell'
import { isReadByBrackets } from '#core/matrix/climb'
import { effectOf } from '#core/matrix/effect'
import { signsOf } from '#core/matrix/language-signs'
import type { LibraryDefaults } from '#core/matrix/library-defaults'
import type { Cell } from '#core/matrix/matrix'
import { codeOf, type Region, type Sighting, sightOf } from '#core/matrix/region'

/** What tries the call again: where it stands; null where nothing does. */
export function retryOf({ unit }: CallView): Sighting | null {
  const signs = signsOf(unit.file.language)
  return sightOf(unit.regions, signs.retry) ?? loopOf(unit, signs)
}

/** By which a queue runs a job again: that is a layer of its own. */
const OF_QUEUE = /sidekiq|retry_on|\btries\b|autoretry|shared_task/

/** What tries the call again around its client: a loop, a wrapper or an annotation, no queue. */
export function retryAround({ unit }: CallView): Sighting | null {
  const signs = signsOf(unit.file.language)
  const loop = loopOf(unit, signs)
  if (loop !== null) return loop
  const around = unit.regions.filter(
    ({ role }) => role === 'wrapper' || role === 'function' || role === 'caller',
  )
  const found = sightOf(around, signs.retry)
  return found === null || OF_QUEUE.test(found.text) ? null : found
}

/** Whether a call that failed is tried again. */
export function retryCell(view: CallView): Cell {
  const { unit, defaults, at } = view
  const found = retryOf(view)
  if (found !== null) return protectedBy('tried again', found)
  if (isSwitchedOff(unit.regions)) return missing('its attempts are switched off', at)
  if (defaults !== null && triesByItself(view))
    return notNeeded(`${defaults.name} tries ${times(defaults.retries ?? 0)} by itself`)
  if (!unit.clientSeen) return unknown('who makes its client was not seen')
  if (defaults?.retries === undefined && unit.request.party.kind === 'provider')
    return unknown(`how often ${view.callee}'s SDK tries by itself is not known`)
  return missing('a failure is final', at)
}

const times = (count: number) => (count === 1 ? 'once more' : `${count} more times`)

/** Whether the library tries this call again, unless it is told not to. */
function triesByItself({ unit, defaults }: CallView): boolean {
  if (defaults?.retries === undefined || defaults.retries === 0) return false
  return defaults.onlyRepeatable !== true || ['reads', 'replaces'].includes(effectOf(unit))
}

const SWITCHED_OFF =
  /\b(?:max_?(?:network_?)?retries|retries|retry|retry_?max|max_?error_?retry)\b["']?\s*(?::|=>|=)\s*(?:\w+\.\w+\(\s*)?(?:0(?![\d.])|false\b|False\b|None\b)|\b(?:total_?)?(?:retry_?)?max_?attempts\b["']?\s*(?::|=>|=)\s*[01](?![\d.])/i

export function isSwitchedOff(regions: readonly Region[]): boolean {
  return regions.some((region) => region.role !== 'caller' && SWITCHED_OFF.test(codeOf(region)))
}

/** How SDKs are told how often to try. */
const SDK_OPTION = /max_?(?:network_?)?retries|max_?attempts|RetryMode|RetryConfig/i

/** Whether attempts stand further and further apart, each caller's in its own way. */
export function backoffCell(view: CallView): Cell {
  const { unit, defaults } = view
  const retry = retryOf(view)
  if (retry === null) return waitsByItself(view)
  const signs = signsOf(unit.file.language)
  if (isReadByBrackets(unit.file) && isSdkOption(view, retry)) return waitsOf(view, defaults, retry)
  const regions = unit.regions.filter(({ role }) => role !== 'helper')
  const both = sightOf(regions, signs.both)
  if (both !== null) return protectedBy('waits grow and vary', both)
  const grows = sightOf(regions, signs.grows)
  const jitters = sightOf(regions, signs.jitters)
  if (grows !== null && jitters !== null) return protectedBy('waits grow and vary', jitters)
  return byLibrary(view, { retry, grows }) ?? missing(lackOf(grows, jitters), retry)
}

function lackOf(grows: Sighting | null, jitters: Sighting | null): string {
  if (grows !== null) return 'all callers wait alike: no jitter'
  return jitters === null ? 'attempts follow each other at one pace' : 'waits do not grow'
}

/** How the library waits by itself. */
function waitsOf(
  { callee }: CallView,
  defaults: LibraryDefaults | null,
  at: { readonly path: string; readonly line: number },
): Cell {
  if (defaults?.spreads === true)
    return notNeeded(`the waits of ${defaults.name} grow and vary by themselves`)
  if (defaults?.spreads === false)
    return missing(`all callers of ${defaults.name} wait alike: no jitter`, at)
  return unknown(`how ${defaults?.name ?? callee} waits between attempts is not known`)
}

/** What is known of a library's own waits, where the code only says how often it tries. */
function byLibrary(
  view: CallView,
  { retry, grows }: { readonly retry: Sighting; readonly grows: Sighting | null },
): Cell | null {
  const { unit, defaults, callee } = view
  const isLibrary = unit.request.party.kind === 'provider' || (defaults?.retries ?? 0) > 0
  const own = unit.regions.filter(({ role }) => role === 'client' || role === 'call')
  if (!isLibrary || !isCount(retry) || own.some((region) => OWN_WAITS.test(codeOf(region))))
    return null
  if (grows === null) return waitsOf(view, defaults, retry)
  return unknown(`how ${defaults?.name ?? callee} waits between attempts is not known`)
}

/** Options by which a library is told how long to wait. */
const OWN_WAITS =
  /\b(?:calculateDelay|retryDelay|customBackoff|retry_?delay|retry_?backoff)\b\s*[:=(]/i

/** An option of a client that says how often it tries. */
function isCount({ role, text }: Sighting): boolean {
  return (
    (role === 'client' || role === 'call') &&
    /(?:retries|attempts|tries|(?:error_?)?retry_?(?:count|limit|max\w{0,12})?)["']?\s*(?::|=>|=|\()\s*\S?$/i.test(
      text,
    )
  )
}

const isSdkOption = ({ unit }: CallView, { role, text }: Sighting) =>
  unit.request.party.kind === 'provider' &&
  (role === 'call' || role === 'client') &&
  SDK_OPTION.test(text)

/** Without attempts there are no waits; where attempts were not seen, nobody knows. */
function whenUnseen(view: CallView): Cell {
  return retryCell(view).state === 'unknown'
    ? unknown('whether anything tries again is not known')
    : notNeeded('nothing is tried again')
}

/** How the library spreads the attempts that it makes by itself. */
function waitsByItself(view: CallView): Cell {
  const { unit, defaults } = view
  if (defaults === null || !triesByItself(view) || isSwitchedOff(unit.regions))
    return whenUnseen(view)
  if (defaults.retries === 1) return notNeeded('a single further attempt')
  return waitsOf(view, defaults, view.at)
}
