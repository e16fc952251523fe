import type { LanguageSigns } from '#core/matrix/call-signs'
import type { CallUnit } from '#core/matrix/call-unit'
import {
  codeOf,
  quietOf,
  type Region,
  type Role,
  type Sighting,
  sightingAt,
} from '#core/matrix/region'
import { statementAt } from '#core/matrix/statement'
import type { CodeFile } from '#core/rules/code'

const LOOPING: readonly Role[] = ['function', 'wrapper', 'client', 'caller']
const CATCHES =
  /\bcatch\b|\bexcept\b|\berr\s*!=\s*nil\b|\brescue\b|\bErr\(|\brunCatching\b|\.is_ok\(/

const WAITS = /sleep|delay|wait\(|back_?off|attempt|retr(?:y|ies)|time\.After|setTimeout/i

/** A handler that neither leaves nor throws: the loop around begins anew. */
const SWALLOWS =
  /\bcatch\s*(?:\([^()]{0,80}\))?\s*\{(?![^{}]*\b(?:throw|return|break)\b)[^{}]{0,400}\}|\bexcept\b[^\n:]{0,80}:\s*\n?[^\n]{0,120}(?:\n[^\n]{0,120})?\b(?:continue|pass)\b/

function goesOnAfterFailure(code: string): boolean {
  return SWALLOWS.test(code) || (CATCHES.test(code) && WAITS.test(code))
}

/** The loop that makes further attempts at a call: around it, or in what it runs through. */
export function loopOf(unit: CallUnit, signs: LanguageSigns): Sighting | null {
  for (const region of unit.regions) {
    if (!LOOPING.includes(region.role)) continue
    const found = loopIn(region, unit, signs)
    if (found !== null) return found
  }
  return null
}

function loopIn(
  region: Region,
  unit: CallUnit,
  { loops, endless }: LanguageSigns,
): Sighting | null {
  const code = codeOf(region)
  const patterns = [
    ...loops.map(({ pattern }) => pattern),
    // Within a client's code an endless loop may be anything, and one that goes on after a success
    // turns pages.
    ...(region.role !== 'client' && region.role !== 'caller' && goesOnAfterFailure(code)
      ? [endless]
      : []),
  ]
  for (const pattern of patterns) {
    const match = pattern.exec(code)
    if (match === null) continue
    const lead = /^\s*/.exec(match[0])?.[0].length ?? 0
    if (isAround(region, match.index + lead, unit)) return sightingAt(region, match.index, match[0])
  }
  return null
}

/** Whether a loop of the function that makes the call has the call inside. */
function isAround(region: Region, offset: number, { file, request }: CallUnit): boolean {
  if (region.role !== 'function' || region.file !== file) return true
  const at = region.start + offset
  const line = file.text.slice(file.text.lastIndexOf('\n', at) + 1, at + 60)
  // Ruby goes back to `begin`; `do … while` has its condition at the end.
  if (/^\s*(?:retry\b|\}\s*while\b)/.test(line)) return at > request.fact.start
  const end =
    file.language === 'python' ? endOfBlock(file, at) : statementAt('function', file, at).end
  return at < request.fact.start && end >= request.fact.end
}

/** The end of a block of Python: before the first line that is set in no further. */
function endOfBlock(file: CodeFile, at: number): number {
  const { code } = quietOf(file)
  const start = code.lastIndexOf('\n', at) + 1
  const inset = /^[ \t]*/.exec(code.slice(start, start + 200))?.[0].length ?? 0
  let line = code.indexOf('\n', at) + 1
  while (line > 0 && line < code.length) {
    const own = /^([ \t]*)\S/.exec(code.slice(line, line + 200))?.[1]
    if (
      own !== undefined &&
      own.length <= inset &&
      !/^[ \t]*[)\]}]/.test(code.slice(line, line + 200))
    )
      return line
    const next = code.indexOf('\n', line)
    if (next < 0) return code.length
    line = next + 1
  }
  return code.length
}
