import type { Judgement, Observation, View } from '#core/rules/observation'
import { KEYED, MONEY_CALL, MONEY_PATH, OWN_ROUTE, POSTS, REPEATS } from '#core/rules/repeats'
import { isRunByHand } from '#core/rules/run-by-hand'
import { codeOfFile, shownIn, type Unit, unitsOf } from '#core/rules/units'

/** Such a list is only read. */
const READS_ONLY = /\b(?:search|query|list|count|quote|rates?|validate|simulate|preview|track)\b/i

/** Something that must happen once is asked for again and again, and nothing says that it is the same. */
export const repeatedMoney: Judgement = {
  names: ['call', 'snippet', 'symbol'],
  judge: (view) => {
    const code = codeOfFile(view.file)
    if (isRunByHand(view.file) || KEYED.test(code) || !REPEATS.test(code)) return []
    return unitsOf(view.file).flatMap((unit) => repeated(view, unit, code))
  },
}

function repeated(view: View, unit: Unit, code: string): readonly Observation[] {
  const { text } = unit
  const path = POSTS.test(text) ? MONEY_PATH.exec(text) : null
  const call = path === null ? MONEY_CALL.exec(text) : null
  const found = path ?? call
  if (found === null) return []
  // A call by name is repeated where its own function is, a path also by the policy of its client.
  const own = REPEATS.test(classHead(code, unit) + text)
  if (call !== null && !own) return []
  const from = text.lastIndexOf('\n', found.index) + 1
  const end = text.indexOf('\n', found.index)
  const line = text.slice(from, end === -1 ? text.length : end)
  if (READS_ONLY.test(line) || OWN_ROUTE.test(line)) return []
  const caller = own ? null : repeatedCaller(view, unit)
  const shown = caller ?? shownIn(view, unit, found)
  return [{ ...shown, names: { ...shown.names, call: shown.names['snippet'] ?? '' } }]
}

/** The function of this file that calls it again and again. */
function repeatedCaller(view: View, unit: Unit): Observation | null {
  if (unit.name === '') return null
  const calls = new RegExp(
    `(?<!\\b(?:fn|def|func|fun|function)\\s+)\\b${RegExp.escape(unit.name)}\\s?\\(`,
  )
  for (const other of unitsOf(view.file)) {
    const found = other === unit || !REPEATS.test(other.text) ? null : calls.exec(other.text)
    if (found !== null) return shownIn(view, other, found)
  }
  return null
}

/** What stands between a class's name and its first function says how it is run. */
function classHead(code: string, unit: Unit): string {
  const at = unit.fact === null ? 0 : code.indexOf(unit.around)
  const from = Math.max(0, at)
  const above = code.slice(Math.max(0, from - 200), from)
  const head = code.slice(from, from + 600)
  const first = /\b(?:fn|def|func|fun|function)\b|\)\s*\{/.exec(head)
  return above + head.slice(0, first?.index)
}
