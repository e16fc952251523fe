import type { Judgement, Observation, View } from '#core/rules/observation'
import { codeOfFile, shownIn, type Unit, unitsOf } from '#core/rules/units'

/** An amount that several may change at once. */
const AMOUNT =
  '\\w*(?:[sS]tock|STOCK|[qQ]uantit(?:y|ies)|[qQ]ty|[bB]alance|[cC]redits?|[pP]oints|[iI]nventory|[oO]n_?[hH]and|[aA]vailable|[sS]eats|[qQ]uota|[rR]eserved)\\w*'
/** `product.stock + n`, `product["stock_quantity"] - n`, `(item.qty ?? 0) + n`, `level.getAvailable().add(n)`. */
const CHANGED = new RegExp(
  `\\b(\\w+)(?:\\.|->|\\?\\.|\\??\\[["'])(?:\\w+(?:\\.|->|\\["'))?(?:get|set|path|fetch|at)?[("']{0,3}${AMOUNT}["'\\])!]*(?:\\(\\))?(?:\\.(?:asInt|intValue|GetInt32|to_i|toInt|asLong)\\(\\)?)?(?:\\s*(?:\\?\\?|\\|\\||or)\\s*0\\)?)?(?:\\s*[+-]\\s*(?![=+>-])[\\w$(]|\\.(?:add|subtract|plus|minus)\\()`,
  'g',
)
const GROWN = new RegExp(`\\b(\\w+)(?:\\.|->)(?:\\w+\\.)?${AMOUNT}\\s*[+-]=\\s*\\S`, 'g')
/** Where the row or the resource was read. */
const READ =
  /(?:get|find|fetch|load|read|retrieve|first|one|query|select|show|request|json|Get|Find|Fetch|Load|Read|First|Single)\w*[!?]?(?:<[^<>\n]{0,60}>)?\s?[(\s]|\[["']data["']\]/
const WRITTEN =
  /(?:^|[.\s>:!])_?(?:put|patch|update|save|set|post|upsert|persist|write|store|PUT|PATCH|Put|Patch|Update|Save|Set|Post|adjust)\w*!?(?:<[^<>\n]{0,60}>)?\s?[("'`]|\bsave!?\s*$|["'](?:PUT|PATCH|POST)["']|Method(?:Put|Patch|Post)/m
/** Something keeps two of them apart. */
const GUARDED =
  /lock|for[_\s]?update|transaction|atomic|synchronized|mutex|semaphore|\bversion|e_?tag|if-?_?match|\bIsolation|serializable|increment|decrement|\bF\(|\$inc|compare_?and|\bcas\b|\btx\b|\btrx\b|unit_?of_?work|optimistic|concurrency|advisory|@Transactional|single_?flight|leader|overlapping/i
/** Code that fills an empty database or shows something. */
const ALONE = /(?:^|\/)(?:seed(?:s|ers?)?|components?)\/|\.[jt]sx$/i

/** A number is read, changed here and written back: what others wrote in between is lost. */
export const lostUpdate: Judgement = {
  names: ['snippet', 'symbol'],
  judge: (view) =>
    ALONE.test(view.file.path) || GUARDED.test(withoutNames(codeOfFile(view.file)))
      ? []
      : unitsOf(view.file).flatMap((unit) => writtenBack(view, unit)),
}

/** A version in an address or of a client guards nothing. */
function withoutNames(code: string): string {
  return code
    .replace(/^[ \t]*(?:import|from|use|using|package|namespace|require)\b[^\n]*$/gm, '')
    .replace(
      /\b(?:api_?)?version["']?\s*[:=]>?\s*["'][^"'\n]{0,30}["']|["']?(?:Stripe|X-API|API)-Version["']?|\bblock(?:s|ed|ing|chain)?\b|\bclock\b/gi,
      '',
    )
}

function writtenBack(view: View, unit: Unit): readonly Observation[] {
  const { text } = unit
  for (const found of [...text.matchAll(CHANGED), ...text.matchAll(GROWN)]) {
    const name = found[1] ?? ''
    if (/^(?:self|this|total|sum|acc|totals)$/.test(name)) continue
    const before = text.slice(0, found.index)
    const line = text.lastIndexOf('\n', found.index) + 1
    const after = text.slice(line, found.index + 1_500)
    if (isRead(before, name) && WRITTEN.test(after)) return [shownIn(view, unit, found)]
  }
  return []
}

/** The last thing that the name was given was read from somewhere. */
function isRead(before: string, name: string): boolean {
  const given = new RegExp(
    `\\b${RegExp.escape(name)}\\b\\s*(?:\\}|,\\s*\\w+)?\\s*(?::\\s*[\\w<>\\[\\] |?]{1,60})?\\s*:?=(?!=|>)([^\\n]{1,300}(?:\\n\\s*(?:\\.|->)[^\\n]{1,200}){0,4})`,
    'g',
  )
  const last = [...before.slice(-4_000).matchAll(given)].at(-1)?.[1]
  // What is worked out from itself, as `invoice = invoice.calc().getInvoice()`, was read before.
  const isOwn = new RegExp(`^\\s*\\$?${RegExp.escape(name)}\\b`).test(last ?? '')
  return last !== undefined && !isOwn && READ.test(last)
}
