import { abortSignalOf } from '#core/matrix/abort-signal'
import type { CallUnit } from '#core/matrix/call-unit'
import type { CallView } from '#core/matrix/call-view'
import { missing, notNeeded, protectedBy, unknown } from '#core/matrix/cell'
import { signsOf } from '#core/matrix/language-signs'
import type { Cell } from '#core/matrix/matrix'
import {
  codeOf,
  type Region,
  regionOf,
  type Sighting,
  type Sign,
  sightOf,
} from '#core/matrix/region'
import { isScript } from '#core/rules/code'

const SCRIPTS = ['typescript', 'tsx', 'javascript'] as const

/** A limit that a library has, and that is taken away. */
const SWITCHED_OFF: readonly Sign[] = [
  {
    within: 'code',
    languages: ['python'],
    roles: ['call', 'client'],
    pattern: /(?<![\w.])timeout\s*=\s*None\b/,
  },
  {
    within: 'code',
    languages: SCRIPTS,
    roles: ['call', 'client'],
    pattern: /(?<![\w.])timeout\s*:\s*0\s*[,}\n]/,
  },
  {
    within: 'code',
    languages: ['csharp'],
    roles: ['call', 'client'],
    pattern: /\bTimeout\s*=\s*(?:System\.Threading\.)?Timeout\.Infinite/,
  },
  {
    within: 'code',
    languages: ['java', 'kotlin', 'ruby', 'php', 'rust'],
    roles: ['call', 'client'],
    pattern:
      /(?<!connect|open|connection)_?[tT]imeout(?:Millis)?(?:\(|\s*=(?!=)|:)\s*(?:0\s*[,);\n]|nil\b|null\b|Duration\.ZERO)/,
  },
]

/** Whether one attempt of a call ends by itself. */
export function timeoutCell(view: CallView): Cell {
  const { unit, defaults, at } = view
  const found = sightOf(unit.regions, signsOf(unit.file.language).timeout) ?? deadlineOf(unit)
  if (found !== null && !isOfAnotherContext(unit, found)) return protectedBy('limited', found)
  const off = sightOf(unit.regions, SWITCHED_OFF)
  if (off !== null) return missing('its limit is switched off', off)
  if (defaults !== null && typeof defaults.timeoutMs === 'number')
    return notNeeded(`${defaults.name} gives up after ${seconds(defaults.timeoutMs)} by itself`)
  const open = openLimitOf(unit)
  if (open !== null) return unknown(open)
  if (defaults?.timeoutMs === null) return missing(`${defaults.name} waits for ever`, at)
  return unknown(`how long ${view.callee} waits by itself is not known`)
}

/** Why a limit may come from code that was not seen; null where it may not. */
function openLimitOf(unit: CallUnit): string | null {
  if (unit.open) return 'what it is handed may carry a limit'
  if (isScript(unit.file.language) && abortSignalOf(unit) !== null)
    return 'the signal it is handed may carry a limit'
  if (!unit.clientSeen) return 'who makes its client was not seen'
  return unit.file.language === 'go' && takesContext(unit.regions)
    ? 'the context it is handed may carry a limit'
    : null
}

/** In Go a caller's limit reaches the call by the context alone. */
function isOfAnotherContext({ file, regions }: CallUnit, { role }: Sighting): boolean {
  return file.language === 'go' && role === 'caller' && !takesContext(regions)
}

const TIMED: readonly Sign[] = [
  { within: 'code', roles: ['caller'], pattern: /\bAbortSignal\.timeout\(/ },
]

/** The end that the signal of a call has, by itself or by whoever calls the function. */
function deadlineOf(unit: CallUnit): Sighting | null {
  if (!isScript(unit.file.language)) return null
  const signal = abortSignalOf(unit)
  if (signal === null) return null
  return signal.isDeadline ? signal.at : sightOf(unit.regions, TIMED)
}

const seconds = (ms: number) => (ms < 1_000 ? `${ms} ms` : `${ms / 1_000} s`)

const CONTEXT = /\b(?:ctx|\w+Ctx|r\.Context\(\)|req\.Context\(\)|c\.Request\.Context\(\))/

function takesContext(regions: readonly Region[]): boolean {
  return regions.some((region) => region.role === 'call' && CONTEXT.test(codeOf(region)))
}

/** What ends a call of Go when whoever asked for it has gone. */
const GO_STOPS: readonly Sign[] = [
  { within: 'code', roles: ['call'], pattern: CONTEXT },
  {
    within: 'code',
    roles: ['function'],
    pattern:
      /\.WithContext\(\s*(?!context\.(?:Background|TODO))\w|\.Context\s*=\s*(?!context\.(?:Background|TODO))\w/,
  },
]
const GO_NOBODY = /\bcontext\.(?:Background|TODO)\(/

/** What is handed to a call of C# to end it. */
const CSHARP_STOPS: readonly Sign[] = [
  {
    within: 'code',
    pattern:
      /\b(?:\w*[cC]ancellationToken(?!\.None)|ct|cancel|cancellation|token|stoppingToken|RequestAborted|\w*[cC]ts\.Token)\b\s*[,)}]/,
  },
]

/** What ends a call that nobody waits for any more; null where nothing does. */
function stopOf(unit: CallUnit): Sighting | null {
  const { file, request, regions, around } = unit
  if (file.language === 'csharp')
    return sightOf([regionOf('call', file, request.fact)], CSHARP_STOPS)
  if (file.language !== 'go') {
    const signal = abortSignalOf(unit)
    return signal?.isStop === true ? signal.at : null
  }
  const own = regions.filter(({ role }) => role === 'call')
  const isHanded = /\b[Cc]ontext\b|\bctx\b|\*http\.Request\b/.test(around?.text.slice(0, 300) ?? '')
  if (!isHanded && own.some((region) => GO_NOBODY.test(codeOf(region)))) return null
  return sightOf(regions, GO_STOPS)
}

/** Whether a call ends when it is no longer wanted. */
export function cancelledCell({ unit, at }: CallView): Cell {
  const { language } = unit.file
  const own = unit.around?.text.slice(0, 300) ?? ''
  if (language === 'rust') return notNeeded('a dropped future ends the call')
  if (language === 'kotlin' && /\bsuspend\b/.test(own))
    return notNeeded('a cancelled coroutine ends the call')
  if (language === 'python' && /\basync\s+def\b/.test(own))
    return notNeeded('a cancelled task ends the call')
  if (!isScript(language) && language !== 'go' && language !== 'csharp')
    return notNeeded('a blocking call has no other end than its timeout')
  const found = stopOf(unit)
  if (found !== null) return protectedBy('can be cancelled', found)
  if (unit.open) return unknown('what it is handed may carry a signal')
  return missing('goes on when nobody waits for it any more', at)
}
