import type { Fact } from '#core/facts/fact'
import { within } from '#core/facts/scopes'
import { mayRunInBrowser, type OutboundCall, outboundCalls } from '#core/rules/calls'
import { factsOf, functionAround, isScript } from '#core/rules/code'
import { withoutComments } from '#core/rules/code-text'
import type { Judgement, View } from '#core/rules/observation'
import { observe } from '#core/rules/observe'
import { reachedFrom, textOf } from '#core/rules/reach'
import { handlingOf, remoteChange, takesEveryFailure } from '#core/rules/remote-change'
import { isRunByHand } from '#core/rules/run-by-hand'
import { asksOwnStore } from '#core/rules/stores'

/** Words for a thing that was done over there. */
const DONE =
  '(?:sent|synced|exported|captured|pushed|paid|charged|refunded|delivered|published|done|completed|processed|submitted|booked|uploaded|reported|transferred|collected)'
/** What says that the work was done: an answer, a state that is kept, a count. */
const SAYS_DONE = new RegExp(
  [
    '\\breturn\\s+(?:true|True)\\b',
    `\\breturn\\b[^\\n;]{0,60}\\b["']?(?:ok|success|${DONE})["']?\\s{0,3}(?::|=>|=)\\s{0,3}(?:true|True)\\b`,
    `\\b(?:mark|set|flag)_?\\w{0,30}${DONE}\\w{0,20}!?\\(`,
    `(?:\\.|->)(?:\\w{1,30}_)?${DONE}(?:_?[aA]t|_on|On)?\\s{0,3}=(?!=)\\s{0,3}(?!null|None|nil|[fF]alse)`,
    `(?:\\.|->)\\w{0,30}(?:[sS]tate|[sS]tatus)\\s{0,3}=(?!=)\\s{0,3}[^\\n]{0,40}${DONE}`,
    `\\b(?:update|update!|set)\\w{0,20}\\(?[^\\n]{0,120}\\b${DONE}(?:_?at)?\\b`,
    `\\b\\w{0,30}${DONE}(?:_?at|_?on)["']?\\s{0,3}(?::|=>|=(?!=))\\s{0,3}(?!null|None|nil|[fF]alse|undefined)`,
    `\\b(?:state|status)["']?\\s{0,3}(?::|=>)\\s{0,3}[\\w."']{0,40}\\b_?${DONE}\\b`,
    `(?:\\.|->)(?:done|ack|acknowledge|complete)\\(`,
    `\\b(?:${DONE}|count|total|success\\w{0,10})\\s{0,3}(?:\\+=|\\+\\+)`,
  ].join('|'),
  'i',
)
/** What came of it is looked at afterwards. */
const LOOKED_AT =
  /\bif\s*\(?\s*(?:!|not\s+)?[\w.$]{0,40}(?:ok|sent|success|result|res|response|failed|error|done)\w*\b/i

/** Characters after an attempt in which it may be said to be done. */
const AFTER = 2_000

/** A change elsewhere that failed, is logged at most, and counts as made in what follows. */
export const takenForSuccess: Judgement = {
  names: ['call'],
  judge: (view) => {
    if (isRunByHand(view.file)) return []
    if (isScript(view.file.language) && mayRunInBrowser(view.file)) return []
    return factsOf(view.file, 'catch-block').flatMap((fact) => {
      const attempt = fact.captures['form'] === 'statement' ? fact : promiseOf(view, fact)
      if (attempt === null || !isPassedOver(view, attempt)) return []
      const call = changeIn(view, fact)
      if (call === null) return []
      const at = fact.spans['handler'] ?? fact
      return [observe(view, fact, { line: at.line, endLine: at.endLine, names: { call } })]
    })
  },
}

function isPassedOver(view: View, fact: Fact): boolean {
  if (!takesEveryFailure(fact)) return false
  const handling = handlingOf(view.file, fact)
  // An empty handler is spoken of where failures disappear without a trace.
  const said = handling === 'quiet' || handling === 'loud'
  const counts = said || (handling === 'nothing' && fact.captures['form'] === 'promise')
  return counts && whatFollows(view, fact) === 'done'
}

/** `await push(row).catch(() => {})`, whose value nobody looks at, read as a statement would be. */
function promiseOf(view: View, fact: Fact): Fact | null {
  const { file } = view
  const line =
    file.text
      .slice(Math.max(0, fact.start - 120), fact.start)
      .split('\n')
      .at(-1) ?? ''
  const [, name] = /^\s*(?:(?:const|let)\s+(\w+)\s*=\s*)?await\s+$/.exec(line) ?? []
  if (name === undefined && !/^\s*await\s+$/.test(line)) return null
  const end = functionAround(file, fact)?.end ?? file.text.length
  const rest = file.text.slice(fact.end, Math.min(end, fact.end + AFTER))
  if (name !== undefined && new RegExp(`\\b${name}\\b`).test(rest)) return null
  const handler = fact.captures['handler'] ?? ''
  const body = handler.replace(/^(?:async\s*)?(?:\([^()]{0,60}\)|\w{1,40})\s*=>\s*/, '')
  const direct = outboundCalls(view.code, file).some((one) => within(one.fact, fact))
  if (direct && /^(?:\{\s*\}|null|undefined)$/.test(body.trim())) return null
  return { ...fact, captures: { ...fact.captures, body } }
}

/** What the rest of the function says of an attempt: that it was made, nothing, or something else. */
export function whatFollows({ file }: View, fact: Fact): 'done' | 'nothing' | 'more' {
  const whole = functionAround(file, fact)?.end ?? file.text.length
  // What is said after a loop is said of all of its rounds.
  const round = factsOf(file, 'loop').findLast((one) => within(fact, one))
  const end = round !== undefined && round.end < whole ? round.end : whole
  const rest = file.text.slice(fact.end, Math.min(end, fact.end + AFTER))
  const after = withoutComments(rest, file.language)
  if (SAYS_DONE.test(after)) return LOOKED_AT.test(after) ? 'more' : 'done'
  return /\w{2}/.test(after.replace(/\b(?:end|return|nil|null|undefined|None|void)\b/g, ''))
    ? 'more'
    : 'nothing'
}

/** The first change elsewhere that an attempt makes, itself or by a function of this file. */
export function changeIn(view: View, fact: Fact): string | null {
  const tried = fact.spans['tried']
  if (tried === undefined) return null
  const reached = reachedFrom(view.file, [tried])
  const known = outboundCalls(view.code, view.file).find(
    (one) => reached.some((span) => within(one.fact, span)) && changes(one) && !asksOwnStore(one),
  )
  if (known !== undefined) return known.callee
  for (const span of reached) {
    const found = remoteChange(view, textOf(view.file, span))
    if (found !== null) return found
  }
  return null
}

const KNOWN =
  /^(?:post|put|patch|create|capture|confirm|refund|charge|transfer|send|createMessage)$/

/** Whether a call changes something: by its name, or by the method that it is given. */
function changes({ method, options, host }: OutboundCall): boolean {
  if (KNOWN.test(method)) return true
  const given = options.entries.get('method') ?? ''
  return host !== null && /^["'`](?:post|put|patch)["'`]$/i.test(given)
}
