import type { Fact } from '#core/facts/fact'
import { factsOf } from '#core/rules/code'
import { literal } from '#core/rules/code-text'
import type { Judgement, View } from '#core/rules/observation'
import { observe } from '#core/rules/observe'
import { unfolded } from '#core/rules/scope-text'

const CONSTANT =
  /^(?:null|undefined|None|True|False|true|false|-?\d|typeof\b|["'`])|\.length$|^len\(/
const MAC = /\bhmac\b|createHmac|\.(?:hex)?digest\(/i
/** A secret of our own: from the environment or the settings. */
const OWN_SECRET =
  /\b(?:process\.env|os\.environ|os\.getenv|settings|config|env)\b[\w.[\]("']*(?:secret|token|api_?key|signature)/i
/** A value that the caller sent. */
const SENT =
  /\b(?:req|request|ctx|c\.req|event)\b[\w.?]*\.(?:headers?|get|query|header|args|GET|META)\b|\bheaders?(?:\.get\(|\[|\()/i

/** A signature or token of a caller that is compared with `===` or `==`. */
export const comparedPlainly: Judgement = {
  names: ['left', 'right'],
  judge: (view) =>
    factsOf(view.file, 'secret-comparison')
      .filter((fact) => isUnsafe(view, fact))
      .map((fact) =>
        observe(view, fact, {
          names: { left: fact.captures['left'] ?? '', right: fact.captures['right'] ?? '' },
        }),
      ),
}

function isUnsafe(view: View, fact: Fact): boolean {
  const sides = [fact.captures['left'] ?? '', fact.captures['right'] ?? '']
  if (sides.some((side) => CONSTANT.test(side) || literal(side) !== null)) return false
  const [left, right] = sides.map((side) => unfolded(view.file, fact, side))
  if (left === undefined || right === undefined) return false
  if (MAC.test(left) !== MAC.test(right)) return isOutsideValue(MAC.test(left) ? right : left)
  return (OWN_SECRET.test(left) && SENT.test(right)) || (OWN_SECRET.test(right) && SENT.test(left))
}

/** The other side of a computed MAC comes from the caller unless it is plainly something else. */
function isOutsideValue(text: string): boolean {
  return SENT.test(text) || /sig|hmac|digest|mac\b|hash|token/i.test(text)
}
