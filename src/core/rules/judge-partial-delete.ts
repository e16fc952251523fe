import { functionAround } from '#core/rules/code'
import type { Judgement, Observation, View } from '#core/rules/observation'
import { shownIn, type Unit, unitsOf } from '#core/rules/units'

/** Everything goes that was not seen. */
const ABSENT =
  /where_?not_?in\b|whereNotIn\(|where\.not\(|\bnot_?in\b|\bnotIn\b|\bNOT\s+IN\b|\$nin\b|\.exclude\(|!\s*\w*(?:seen|ids|known|present|active|current|remote|found|synced)\w*\.(?:has|contains|includes|Contains|include\?)|\bnot in \w*(?:seen|ids|known|present|active|current|remote|found|synced)|\bIdNotIn\(|NotIn\w*\(|\.Except\(|\.difference\(|\.minus\(|removeAll\(|unless \w*(?:seen|ids)\w*\.include\?|!\w*(?:seen|ids|present|remote)\w*\[|notInArray\(|Not\(In\(|\bseen\w*\[\w+(?:\.\w+)?\]\s*;?\s*!ok|, ok := seen/
const REMOVES =
  /delete|destroy|remove|deactivat|disable|archiv|revoke|suspend|terminat|prune|purge|(?:active|enabled|is_active|isActive|IsActive)["']?\s*(?:=>|[:=])\s*["']?(?:false|False|0|no)|inactive|\bleft\b|offboard|close/i
/** A failure in the middle after which the run goes on: with the next one, with nothing, or at once. */
const FAILS =
  /\bcatch\s{0,40}[({][^\n]*|^[ \t]*except\b[^\n]*:[ \t]*$|^[ \t]*rescue\b[^\n]*|\.catch\(|\bif err != nil \{|\.onFailure|\bErr\(\w+\)\s*=>|\bif\s*\(?\s*!\s*\$?\w+(?:\.|->)(?:ok|IsSuccessStatusCode|successful\(\)|isSuccessful)\w*|\bunless \w+\.(?:success|ok)\??|\bif not \w+\.ok\b|\brunCatching\b|\bPromise\.allSettled\(/gm
const STOPS =
  /\b(?:throw|raise|return\s+(?!\[\]|emptyList|null\b|nil\b|None\b|\(?false)|abort|exit|fail!|panic)\b|\breturn\s*;?\s*$|\breturn err\b|\breturn nil, |\braise\b|\?;/m
/** Leaves the function with a value that is no empty one, such as `{ skipped: 'not read' }`. */
const LEAVES_WITH = /\breturn\s+(?=[{["'`(])(?!\[\s*\]|\{\s*\}|\(?\s*(?:false|null)|(["'`])\1)/
/** What is left out by choice was never to be seen in the run. */
const CHOSEN =
  /\b\w{0,30}(?:[eE]xclu[ds]|[eE]xempt|[tT]rusted|[aA]llow_?[lL]ist|[pP]rotected|[iI]gnored?(?:_?[A-Z]|\b))\w{0,30}/
/** It is known before the deletion that something is missing. */
const KNOWS =
  /\b(?:if|unless|when|guard|assert)\b[^\n]{0,100}(?:fail|complete|partial|error|aborted|success|truncat|missing|all_ok|\bok\b|healthy|empty|isEmpty|\.length|\bsize|count)/i

/** What a run did not see is deleted although a part of it failed. */
export const deletedAfterPartial: Judgement = {
  names: ['snippet', 'symbol'],
  judge: (view) => unitsOf(view.file).flatMap((unit) => afterPartial(view, unit)),
}

function afterPartial(view: View, unit: Unit): readonly Observation[] {
  const { text } = unit
  const absent = ABSENT.exec(text)
  if (absent === null || isChosen(text.slice(absent.index + absent[0].length))) return []
  const near = text.slice(Math.max(0, absent.index - 160), absent.index + 400)
  if (!REMOVES.test(near)) return []
  const before = text.slice(0, absent.index)
  const failure = [...before.matchAll(FAILS)].find(({ index }) =>
    goesOn(view, { ...unit, text: before }, index),
  )
  if (failure === undefined || KNOWS.test(before.slice(failure.index + failure[0].length)))
    return []
  if (
    !/^[ \t]*(?:for|foreach|while)\b|\b(?:async )?for \w+ in\b|\.each\w*\b|\.map\b|\.forEach\b|allSettled/im.test(
      before,
    )
  )
    return []
  return [shownIn(view, unit, absent)]
}

/** What follows `NOT IN` up to the end of its line or list. */
const isChosen = (after: string) => CHOSEN.test(/^[^\n)]{0,80}/.exec(after)?.[0] ?? '')

/** Lines of a handler that are read for what it does in the end. */
const MAX_HANDLER = 60

/** What handles the failure neither stops the run nor remembers that it is in part. */
function goesOn(view: View, unit: Unit, at: number): boolean {
  const { text } = unit
  const indent = /^[ \t]*/.exec(text.slice(text.lastIndexOf('\n', at) + 1))?.[0].length ?? 0
  const lines = text.slice(at).split('\n').slice(1, MAX_HANDLER)
  const end = lines.findIndex((line) => line.trim() !== '' && line.search(/\S/) <= indent)
  const body = lines.slice(0, end === -1 ? lines.length : end).join('\n')
  if (STOPS.test(body)) return false
  // Within a function of its own, such as that of a `map`, a value goes on to the rest of the run.
  if (LEAVES_WITH.test(body) && isOwnOf(view, unit, unit.start + at)) return false
  return !/\b\w*(?:fail|complete|partial|error|broken|missing)\w*["'\]]*\s*(?:\+?=|\.(?:push|add|append)|\+\+|\[\]\s*=|<<)/i.test(
    body,
  )
}

/** Whether a place stands in the unit's function itself, in none within it. */
function isOwnOf({ file }: View, unit: Unit, start: number): boolean {
  const place = { line: 0, endLine: 0, start, end: start + 1 }
  return functionAround(file, place) === unit.fact
}
