import type { Fact, Language, Span } from '#core/facts/fact'
import { within } from '#core/facts/scopes'
import { type CodeFile, factsOf } from '#core/rules/code'
import { codeOnly } from '#core/rules/code-text'
import { lineBefore } from '#core/rules/scope-text'

/** What may stand before a call on its line whose own value goes nowhere. */
const STATEMENT = /^[ \t]*(?:\}[ \t]*)?(?:else[ \t]+)?(?:await[ \t]+|void[ \t]+)?$/
/** Before and after a value that is handed over as it is. */
const BEFORE: Readonly<Partial<Record<Language, RegExp>>> = {
  python: /(?:[([{,:]|(?<![:=!<>])=)\s*$/,
  php: /(?:[([,]|=>)\s*$/,
  ruby: /(?:[([{,:]|=>)\s*$/,
}
const BEFORE_ELSEWHERE = /[([{,:]\s*$/
const AFTER = /^\s*[)\]},]/
/** Signs before a value that are looked at. */
const NEAR = 40

/** Whether a value is only shown in a line of a log: nothing goes by it. */
export function isOnlyLogged(file: CodeFile, fact: Fact): boolean {
  const log = factsOf(file, 'log-call').find((one) => within(fact, one))
  if (log === undefined || !STATEMENT.test(lineBefore(file, log))) return false
  const before = file.text.slice(Math.max(log.start, fact.start - NEAR), fact.start)
  return (
    (BEFORE[file.language] ?? BEFORE_ELSEWHERE).test(before) &&
    AFTER.test(file.text.slice(fact.end, fact.end + NEAR)) &&
    isHandedOver(file, log, fact)
  )
}

/** Whether a value is an argument of a call itself, or a field of one, and goes through no other call. */
function isHandedOver(file: CodeFile, call: Fact, value: Span): boolean {
  const callee = call.captures['callee']?.length ?? 0
  const between = codeOnly(file.text.slice(call.start + callee, value.start), file.language)
  const open: string[] = []
  for (const sign of between) {
    if ('([{'.includes(sign)) open.push(sign)
    if (')]}'.includes(sign)) open.pop()
  }
  return open.filter((sign) => sign === '(').length <= 1
}
