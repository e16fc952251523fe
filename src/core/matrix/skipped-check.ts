import type { Moment } from '#core/matrix/delivery-moments'
import { quietOf } from '#core/matrix/region'

const NAMES = String.raw`[\w.$>@\[\]"':()-]*(?:secret|signature|sig|hmac|token|signing_?key)\w*["'\])]*`
/** `if (!secret) return true`: what cannot be checked is let through. */
const LETS_THROUGH = new RegExp(
  String.raw`\b(?:if|unless)\s*\(?\s*(?:!|not\s+)?\s*${NAMES}\s*(?:(?:===?|==)\s*(?:null|nil|None|undefined|""|'')|is\s+None|\.(?:nil|blank|empty)\?)?\s*\)?\s*(?::|\{|then)?\s*(?:\n\s*)?(?:(?:console|log|logger|Rails\.logger|logging)[^\n]*\n\s*)?(?:return\s+(?:true|True|next\(\)|nil\b)|next\(\)|return\s*;?\s*$)`,
  'im',
)
/** `if (signature && !valid(signature))`: without one nothing is checked. */
const ONLY_IF_SENT = new RegExp(
  String.raw`\bif\s*\(?\s*${NAMES}\s*(?:&&|\band\b)\s*(?:!|not\s|hmac)`,
  'i',
)
/** `if (secret) {`: the check stands in a block that need not run. */
const ONLY_IF_SET = new RegExp(
  String.raw`^([ \t]*)(?:\}?\s*)if\s*\(?\s*${NAMES}\s*(?:(?:!==?|!=)\s*(?:null|nil|None|undefined|""|'')|is not None|\.present\?)?\s*\)?\s*(?:\{|:|then)?\s*$`,
  'gim',
)
/** Characters before a check in which its condition is looked for. */
const BEFORE = 1_500

/** Why a check need not run, in a few words; null where it always does. */
export function skippedBecause(checks: readonly Moment[]): string | null {
  for (const check of checks) {
    const { code } = quietOf(check.file)
    const from = Math.max(0, check.offset - BEFORE)
    const before = functionBefore(code.slice(from, check.offset))
    const line = code.slice(
      code.lastIndexOf('\n', check.offset) + 1,
      code.indexOf('\n', check.offset) + 1,
    )
    if (LETS_THROUGH.test(before)) return 'what cannot be checked is let through'
    if (ONLY_IF_SENT.test(line)) return 'only checked when a signature is sent'
    if (standsIn(before, code, check.offset)) return 'only checked when a secret is set'
  }
  return null
}

/** The part that belongs to the function of the check. */
function functionBefore(text: string): string {
  const starts = [
    ...text.matchAll(
      /^\s*(?:export\s+)?(?:async\s+)?(?:def|func|function|public|private|protected|fn|fun)\b/gim,
    ),
  ]
  const last = starts.at(-1)
  return last === undefined ? text : text.slice(last.index)
}

/** Whether the check is in the block of a condition that asks only for a secret, and nothing refuses otherwise. */
function standsIn(before: string, code: string, offset: number): boolean {
  for (const match of before.matchAll(ONLY_IF_SET)) {
    const depth = match[1]?.length ?? 0
    const between = before.slice(match.index + match[0].length)
    const leaves = between
      .split('\n')
      .some(
        (line) =>
          line.trim() !== '' &&
          (/^[ \t]*/.exec(line)?.[0].length ?? 0) <= depth &&
          !/^\s*$/.test(line),
      )
    if (leaves) continue
    const after = code.slice(offset, offset + 800)
    const closing = new RegExp(`\\n[ \\t]{0,${depth}}\\}?\\s*else\\b`).exec(after)
    if (closing === null) return true
  }
  return false
}
