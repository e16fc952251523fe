import { fileOfImport } from '#core/rules/clients'
import { type CodeFile, factsOf } from '#core/rules/code'
import { withoutComments } from '#core/rules/code-text'
import { importsOf } from '#core/rules/imports'
import type { Observation, View } from '#core/rules/observation'
import { observe } from '#core/rules/observe'
import { textOf } from '#core/rules/reach'
import type { WebhookHandler } from '#core/rules/webhooks'

const THING = '(?:credit|balance|fund|point|token|minute|coin|gem|money|wallet|quota)s?'
/** What a call of some service adds to something, by its name; and a column that is set to more than it was. */
const GROWS = new RegExp(
  [
    `(?<=\\bawait\\s{1,3}|\\breturn\\s{1,3}|\\.|->|::)(?:increment|increase|add|grant|give|award|apply)_?(?:\\w{0,20}?${THING}\\w{0,20})\\(`,
    '(?<=\\bawait\\s{1,3}|\\breturn\\s{1,3}|\\.|->|::)(?:credit|credit_?(?:user|account|wallet|customer|balance|member|team|org)\\w{0,20}|top_?up\\w{0,20}|deposit\\w{0,20})\\(',
    '(?<=\\.|->)increment\\((?!\\s*\\))',
    '\\bissue_?(?:gift_?card|licen[cs]e|voucher|coupon)\\w{0,20}\\(|\\b(?:gift_?card|licen[cs]e|voucher|coupon)\\w{0,20}\\.(?:issue|generate)\\w{0,20}\\(',
    'sql`\\$\\{[\\w.]{1,60}\\}\\s{0,3}\\+',
  ].join('|'),
  'gi',
)
/** What is only counted for people to look at, and a store's own increment, which facts show. */
const ONLY_COUNTED =
  /(?:metrics?|statsd?|counters?|prometheus|telemetry|redis|rate_?limit\w*|usage_?stats)\.$/i
/** The other side's number goes along: who is called may know it again. */
const GOES_ALONG =
  /(?:event|session|charge|payment|invoice|intent|order|transaction|evt|delivery|object|checkout|subscription|purchase)\w{0,20}(?:\.|->|\[["'])(?:get_?)?id\b|(?:event|payment|transaction|session|charge|order|delivery|invoice|intent|message)_?id\b|refer|idempot|key\b/i
/** Characters of a call that are read. */
const MAX_CALL = 400

/** A balance that a service adds to at each delivery, although nothing here or there asks for a repetition. */
export function grownByName(
  view: View,
  handler: WebhookHandler,
  guard: RegExp,
): readonly Observation[] {
  if (guard.test(unlogged(view.file, handler))) return []
  for (const span of handler.spans) {
    const text = withoutComments(textOf(view.file, span), view.file.language)
    for (const match of text.matchAll(GROWS)) {
      const before = text.slice(Math.max(0, match.index - 60), match.index)
      const call = callFrom(text, match.index)
      const name = match[0].replace(/\W.*$/, '')
      if (ONLY_COUNTED.test(before) || GOES_ALONG.test(call) || isDefined(view.file, name)) continue
      if (isGuardedElsewhere(view, name, guard)) continue
      const line = view.file.text.slice(0, span.start + match.index).split('\n').length
      const write = `${/[\w.$]*$/.exec(before)?.[0] ?? ''}${name}`
      return [
        observe(view, handler.fact, {
          line,
          endLine: line,
          range: handler.body,
          symbol: handler.fact.captures['name'] ?? handler.label,
          provider: handler.provider,
          names: { handler: handler.label, write },
          evidence: [{ path: view.file.path, line: handler.fact.line }],
        }),
      ]
    }
  }
  return []
}

/** The handler's code without its log lines: an id in a log guards nothing. */
export function unlogged(file: CodeFile, handler: WebhookHandler): string {
  let text = handler.text
  for (const fact of factsOf(file, 'log-call'))
    if (handler.spans.some(({ start, end }) => start <= fact.start && fact.end <= end))
      text = text.replace(fact.text, '')
  return text
}

function callFrom(text: string, at: number): string {
  const rest = text.slice(at, at + MAX_CALL)
  let depth = 0
  for (let place = rest.indexOf('('); place >= 0 && place < rest.length; place += 1) {
    if (rest[place] === '(') depth += 1
    if (rest[place] === ')') depth -= 1
    if (depth === 0) return rest.slice(0, place + 1)
  }
  return rest
}

/** A function of this file is a part of the handler: what it does itself counts. */
function isDefined(file: CodeFile, name: string): boolean {
  return factsOf(file, 'function').some(
    ({ captures }) => captures['form'] === 'function' && captures['name'] === name,
  )
}

/** Whether a file at hand that is imported here defines it and asks what came before. */
function isGuardedElsewhere({ code, file }: View, name: string, guard: RegExp): boolean {
  return importsOf(file).some((one) => {
    const home = fileOfImport(code, file, one)
    return home !== null && isDefined(home, name) && guard.test(home.text)
  })
}
