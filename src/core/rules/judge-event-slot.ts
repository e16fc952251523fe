import type { Fact } from '#core/facts/fact'
import { factsOf, functionAround } from '#core/rules/code'
import { withoutComments } from '#core/rules/code-text'
import { rowsKeptOnFailure } from '#core/rules/judge-event-row'
import type { Judgement, View } from '#core/rules/observation'
import { observe } from '#core/rules/observe'
import { reachedFrom, textOf } from '#core/rules/reach'

/** A key that only one can set: https://redis.io/docs/latest/commands/set/ with NX, and its kin. */
const CLAIM =
  /\b((?:this\.|self\.)?(?:\w+\.)*?\w+\.(?:set|setnx|setNX|add))\(((?:[^();]|\([^()]*\)){0,600})\)/gi
const ONLY_ONCE = /["']NX["']|\bNX\s*:\s*true|\bnx\s*=\s*True|\bnx\s*:\s*true/
/** What makes the key one of an event. */
const EVENT = /event|delivery|message|webhook|msg|notification|evt|dedup|idempot|processed|seen/i
/** The key is taken back, or its state told from done, or it is no record but a lock. */
const RELEASED =
  /\.(?:del|delete|unlink|expire|hdel)\(|\brelease|\block\b|lock[_:.]|\.\w*(?:set|update|get)\w*\([^;\n]{0,120}["'](?:done|processed|completed?|finished)["']|={2,3}\s*["'](?:done|processed|completed?|finished)["']|\bfinally\b/i
/** Seconds that a lock lives; what lives longer says that the event is done. */
const LOCK_SECONDS = 900
const LEAVES = /\b(?:return|continue)\b/
const CALLS =
  /(?:\bawait\s+|^[ \t]*)(?!(?:this\.|self\.)?_?(?:log|logger|console|metrics|print)\b)[\w$.]+\(/m

/** An event is marked as handled before it is, and stays so when handling it fails. */
export const slotKeptOnFailure: Judgement = {
  names: ['claim'],
  judge: (view) => [...claimsOf(view), ...rowsKeptOnFailure(view)],
}

function claimsOf(view: View) {
  const { file } = view
  const text = withoutComments(file.text, file.language)
  return [...text.matchAll(CLAIM)].flatMap((match) => {
    const start = match.index
    const callee = match[1] ?? ''
    const args = match[2] ?? ''
    const before = text.slice(text.lastIndexOf('\n', start) + 1, start)
    if (!isClaim(callee, args, before)) return []
    const span = { line: 0, endLine: 0, start, end: start + match[0].length }
    const around = functionAround(file, span)
    if (around === null || !EVENT.test(`${args} ${textOf(file, around)}`)) return []
    if (!isBurned(view, around, text, span.end) || isShort(args, text)) return []
    const line = file.text.slice(0, start).split('\n').length
    return [
      observe(view, around, {
        line,
        endLine: line,
        range: around,
        symbol: around.captures['name'] ?? null,
        names: { claim: callee },
      }),
    ]
  })
}

function isClaim(callee: string, args: string, before: string): boolean {
  if (/setnx$/i.test(callee)) return true
  // A key and a value, and somebody looks whether it was there; a set of the process has one of both.
  if (/cache\w*\.add$/i.test(callee))
    return (
      /^[^,]{1,200},/.test(args) &&
      /\b(?:if|not|return|while)\b|[=!(]\s*(?:await\s+)?$/.test(before)
    )
  return /\.set$/.test(callee) && ONLY_ONCE.test(args)
}

/** After the claim somebody else's claim ends the function, then comes work, and nothing gives the key back. */
function isBurned({ file }: View, around: Fact, text: string, from: number): boolean {
  const reached = reachedFrom(file, [around])
    .map((one) => text.slice(one.start, one.end))
    .join('\n')
  if (RELEASED.test(reached) || factsOf(file, 'function').length === 0) return false
  const after = text.slice(from, around.end)
  const left = LEAVES.exec(after)
  if (left === null) return false
  return CALLS.test(after.slice(left.index + left[0].length))
}

/** A key that soon expires is a lock: a message that comes again later passes. */
function isShort(args: string, text: string): boolean {
  const written =
    /["']EX["']\s*,\s*([\w.* ]+)|\b(?:EX|ex|ttl)\s*:\s*([\w.* ]+)|\b(?:ex|timeout)\s*=\s*([\w.* ]+)/.exec(
      args,
    )
  const value = (written?.[1] ?? written?.[2] ?? written?.[3] ?? '').trim()
  if (value === '') return false
  const constant = /^[A-Za-z_]\w*$/.test(value)
    ? new RegExp(`\\b${value}\\s*(?::[^=\\n]*)?=\\s*([\\d_* ]+)`).exec(text)?.[1]
    : value
  if (constant === undefined) return false
  const numbers = constant.replaceAll('_', '').match(/\d+/g) ?? []
  const seconds = numbers.reduce((product, one) => product * Number(one), 1)
  return numbers.length > 0 && seconds <= LOCK_SECONDS
}
