import type { Fact } from '#core/facts/fact'
import { within } from '#core/facts/scopes'
import { mayRunInBrowser, outboundCalls } from '#core/rules/calls'
import { factsOf, functionAround, isScript } from '#core/rules/code'
import { withoutComments } from '#core/rules/code-text'
import type { Judgement, View } from '#core/rules/observation'
import { observe } from '#core/rules/observe'
import { isRunByHand } from '#core/rules/quiet-files'
import { handlingOf, remoteChange, takesEveryFailure } from '#core/rules/remote-change'

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
      if (fact.captures['form'] !== 'statement' || !isPassedOver(view, fact)) return []
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
  return (handling === 'quiet' || handling === 'loud') && whatFollows(view, fact) === 'done'
}

/** What the rest of the function says of an attempt: that it was made, nothing, or something else. */
export function whatFollows({ file }: View, fact: Fact): 'done' | 'nothing' | 'more' {
  const end = functionAround(file, fact)?.end ?? file.text.length
  const rest = file.text.slice(fact.end, Math.min(end, fact.end + AFTER))
  const after = withoutComments(rest, file.language)
  if (SAYS_DONE.test(after)) return LOOKED_AT.test(after) ? 'more' : 'done'
  return /\w{2}/.test(after.replace(/\b(?:end|return|nil|null|undefined|None|void)\b/g, ''))
    ? 'more'
    : 'nothing'
}

function changeIn(view: View, fact: Fact): string | null {
  const tried = fact.spans['tried']
  const known = outboundCalls(view.code, view.file).find(
    (one) => tried !== undefined && within(one.fact, tried) && KNOWN.test(one.method),
  )
  return known?.callee ?? remoteChange(view, fact.captures['tried'] ?? '')
}

const KNOWN =
  /^(?:post|put|patch|create|capture|confirm|refund|charge|transfer|send|createMessage)$/
