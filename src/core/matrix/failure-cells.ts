import type { CallUnit } from '#core/matrix/call-unit'
import type { CallView } from '#core/matrix/call-view'
import { missing, notNeeded, protectedBy, unknown } from '#core/matrix/cell'
import { isReadByBrackets } from '#core/matrix/climb'
import { signsOf } from '#core/matrix/language-signs'
import type { Cell } from '#core/matrix/matrix'
import { codeOf, type Region, type Sighting, type Sign, sightOf, textOf } from '#core/matrix/region'
import { isSwitchedOff, retryOf } from '#core/matrix/retry-cells'
import { isRunByFramework } from '#core/matrix/run-by-framework'

/** Whether a call waits when the other side says that it is asked too often. */
export function rateLimitCell(view: CallView): Cell {
  const { unit, defaults, at } = view
  const found = sightOf(unit.regions, signsOf(unit.file.language).limits)
  if (found !== null) return protectedBy('limits are heeded', found)
  if (defaults?.heedsRetryAfter === true)
    return notNeeded(`${defaults.name} heeds Retry-After by itself`)
  if (defaults?.rateLimited === 'waits' && !isTriedOnce(view))
    return notNeeded(`${defaults.name} waits and tries again what is refused for asking too often`)
  if (!unit.clientSeen) return unknown('who makes its client was not seen')
  if (defaults?.rateLimited === 'waits')
    return missing(`${defaults.name} would wait and try again, but its attempts are off`, at)
  if (defaults?.rateLimited === 'fails')
    return missing(`${defaults.name} hands on a refusal for asking too often like any failure`, at)
  if (unit.request.party.kind === 'provider')
    return unknown(`whether ${view.callee}'s SDK heeds its limits is not known`)
  return missing('a refusal for asking too often is like any other', at)
}

/** Whether the SDK makes no attempt beyond the first: by its defaults, or because it is told so. */
function isTriedOnce(view: CallView): boolean {
  const { unit, defaults } = view
  if (isSwitchedOff(unit.regions)) return true
  const told = retryOf(view)
  return defaults?.retries === 0 && (told === null || !isOption(told))
}

/** An option of the client or the call, in contrast to code that repeats it from outside. */
const isOption = ({ role }: Sighting) => role === 'client' || role === 'call'

/** Whether something stops calling, or answers instead, while the other side is down. */
export function breakerCell({ unit, at }: CallView): Cell {
  const found = sightOf(unit.regions, signsOf(unit.file.language).breaker)
  if (found !== null) return protectedBy('stops or falls back', found)
  if (!unit.clientSeen) return unknown('who makes its client was not seen')
  return missing('every request waits while the other side is down', at)
}

/** An answer that is no success becomes one and the same failure. */
const ANY_FAILURE: readonly Sign[] = [
  {
    within: 'code',
    roles: ['client', 'wrapper', 'call'],
    pattern: /\bretryCondition\s*:\s*\(\)\s*=>\s*true\b/,
  },
  {
    within: 'code',
    languages: ['typescript', 'tsx', 'javascript'],
    roles: ['function', 'helper'],
    pattern: /!\s*\w+\.ok\b\s*\)\s*\{?[^}]{0,200}\bthrow\s+new\s+Error\(/,
  },
  {
    within: 'code',
    languages: ['go'],
    roles: ['function', 'helper'],
    pattern:
      /\.StatusCode\s*(?:!=\s*(?:200|http\.StatusOK)|>=?\s*(?:300|400|299|399|http\.StatusBadRequest))\b[^\n]{0,80}\{\s*(?:[^{}\n]{0,200}\n\s*){0,3}return\b[^\n]{0,80}(?:fmt\.Errorf|errors\.New)\(/,
  },
]

/** Whether failures that pass are told from those that stay. */
export function errorsCell(view: CallView): Cell {
  const { unit, defaults } = view
  const signs = signsOf(unit.file.language)
  // Some libraries are told at the call itself what to do with which failure.
  const { regions } = unit
  const found = sightOf(regions, signs.tells)
  if (found !== null) return protectedBy('failures are told apart', found)
  if (defaults?.tellsFailures === true)
    return notNeeded(`${defaults.name} tries again what may pass alone`)
  const catches = signs.catchesAll
  const all = catchAfter(unit, catches)
  if (all !== null) return missing('all failures are treated alike', all)
  const any = sightOf(regions, ANY_FAILURE)
  if (any !== null) return missing('all failures become one', any)
  const retry = isReadByBrackets(unit.file) ? null : retryOf(view)
  if (retry !== null && retry.role !== 'client')
    return missing('whatever failed is tried again alike', retry)
  const callers = unit.regions.filter(({ role }) => role === 'caller')
  if (isReadByBrackets(unit.file) && callers.length > 0)
    return missing('all failures are treated alike', view.at)
  const caught = sightOf(callers, [{ within: 'code', pattern: catches }])
  if (caught !== null) return missing('all failures are treated alike', caught)
  return unit.around !== null && callers.length === 0 && isRunByFramework(unit.file, unit.around)
    ? missing('its failures end in the framework, all alike', view.at)
    : unknown('failures go to callers that were not seen')
}

/** Code behind a call in which its failure is caught. */
const MAX_BEHIND = 1_500

/** Where failures of the call are caught: behind it in its function, or in what wraps it. */
function catchAfter(
  { regions, file, request, around }: CallUnit,
  catches: RegExp,
): Sighting | null {
  const start = request.fact.end
  const end = Math.min(around?.end ?? file.text.length, start + MAX_BEHIND)
  const behind = sightOf(
    [{ role: 'function', file, start, end }],
    [{ within: 'code', pattern: catches }],
  )
  const wrappers = regions.filter(({ role }) => role === 'wrapper')
  return behind ?? sightOf(wrappers, [{ within: 'code', pattern: catches }])
}

/** Whether, of many things that are sent at once, those that failed are looked at. */
export function partialCell({ unit, at }: CallView): Cell {
  const near = unit.regions.filter(({ role }) => role === 'call' || role === 'wrapper')
  const signs = signsOf(unit.file.language)
  const own = unit.around?.captures['name'] ?? ''
  const names = [...unit.request.steps.map(({ name }) => name), own].join('.')
  if (!isBatch(near, names, signs.batch)) return notNeeded('one thing at a time')
  const found = sightOf(
    unit.regions.filter(({ role }) => role !== 'client'),
    signs.parts,
  )
  if (found !== null) return protectedBy('each part is looked at', found)
  return missing('parts that failed are not looked at', at)
}

function isBatch(near: readonly Region[], name: string, batch: RegExp): boolean {
  return batch.test(name) || near.some((region) => batch.test(codeOf(region)))
}

const LOGS = /\b(?:log|logger|console|logging|slog|Log|_logger|tracing)\b/

/** Whether a call can be found again: by an id that goes along, a span, or a number that counts it. */
export function tracedCell({ unit, at }: CallView): Cell {
  const found = sightOf(unit.regions, signsOf(unit.file.language).traces)
  if (found !== null) return protectedBy('can be traced', found)
  const logs = unit.regions.some(
    (region) => region.role === 'function' && LOGS.test(textOf(region)),
  )
  return missing(
    logs ? 'log lines carry nothing that ties them together' : 'leaves no trace of its own',
    at,
  )
}
