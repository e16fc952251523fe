import type { CallUnit } from '#core/matrix/call-unit'
import { codeOf, type Region, type Sighting, sightingAt } from '#core/matrix/region'

/** What the signal that a call is handed stands for. */
export interface AbortSignalSeen {
  readonly at: Sighting
  /** It ends the call after a time. */
  readonly isDeadline: boolean
  /** It ends the call when nobody waits for it any more. */
  readonly isStop: boolean
}

const HANDED =
  /(?<![\w$.])(?:signal|abortSignal|cancelToken)\b\s*(?::\s*([^,}\n]{1,120})|(?=[,})\n]))/g
const TIMED = /\bAbortSignal\.timeout\(|\b\w*[tT]imeoutSignal\w*\(/
const EITHER = /\bAbortSignal\.any\(|\bcombine\w*Signals?\(|\banySignal\(|\bmergeSignals?\(/
/** A controller that a timer stops. */
const BY_TIMER = /\bsetTimeout\([^;]{0,160}\babort\b/
const ABORTS = /\.abort\b(?!ed)|\.cancel\(/g

/** The signal of a call of JavaScript; null where it is handed none. */
export function abortSignalOf({ regions, around }: CallUnit): AbortSignalSeen | null {
  const near = regions.filter(({ role }) => role === 'call')
  const seen = near.flatMap(handedIn)[0]
  if (seen === undefined) return null
  const given = [
    seen.value,
    ...near.filter((region) => gives(region, seen.value)).map(codeOf),
  ].join('\n')
  const body = around?.text ?? ''
  const isController = /\bAbortController\b/.test(given) || /\.signal\b/.test(seen.value)
  const isDeadline = TIMED.test(given) || (isController && BY_TIMER.test(body))
  const stops = (body.match(ABORTS)?.length ?? 0) > (BY_TIMER.test(body) ? 1 : 0)
  const isStop = EITHER.test(given) || !isDeadline || (isController && stops)
  return { at: seen.at, isDeadline, isStop }
}

interface Handed {
  readonly value: string
  readonly at: Sighting
}

function handedIn(region: Region): readonly Handed[] {
  return [...codeOf(region).matchAll(HANDED)]
    .filter(([, value]) => value === undefined || !/^\s*AbortSignal\b(?!\.)/.test(value))
    .map((match) => ({
      value: match[1]?.trim() ?? /\w+/.exec(match[0])?.[0] ?? '',
      at: sightingAt(region, match.index, match[0]),
    }))
}

/** Whether a piece of code gives the variable of a value what it is. */
function gives(region: Region, value: string): boolean {
  const name = /^(?:this\.)?(\w+)/.exec(value)?.[1]
  return (
    name !== undefined &&
    new RegExp(`(?<![\\w$])${name}\\b[ \\t]*(?::[^=\\n]{1,60})?=(?![=>])`).test(codeOf(region))
  )
}
