import type { Fact } from '#core/facts/fact'
import { factsOf, isPython, isScript } from '#core/rules/code'
import { literal } from '#core/rules/code-text'
import type { Judgement, View } from '#core/rules/observation'
import { observe } from '#core/rules/observe'
import { assignedTo, unfolded } from '#core/rules/scope-text'

const CONSTANT =
  /^(?:null|nil|undefined|None|True|False|true|false|NULL|TRUE|FALSE|-?\d|typeof\b|["'`])|\.(?:length|size|count)$|^(?:len|strlen|count)\(|\.len\(\)$|::class$/
const MAC =
  /hmac(?:\.new)?\s*\(|hmac_?sha|(?:create|compute|calculate|generate)_?hmac|\bhmac(?:\.|::|<)/i
const DIGEST = /\.(?:hex)?digest\(|\.Sum\(nil\)|\.finalize\(\)/
/** A secret of our own: from the environment, the settings or what this object was made with. */
const OWN_SECRET =
  /\b(?:process\.env|os\.environ|os\.getenv|settings|config|cfg|conf|env|getenv|ENV|credentials|(?:this|self)\.[\w.]*(?:config|settings|options))\b[\w.[\]("':]*(?:secret|token|api_?key|signature)|\b(?:this|self)\._?\w*(?:secret|api_?key|auth_?token|shared_?token|webhook_?token)\b/i
const OWN_FIELD =
  /^(?!(?:r|req|request|c|ctx|body|payload|event|in|input|msg)\.)(?:self\.)?\w+\.\w*(?:[sS]ecret|[tT]oken|[aA]pi_?[kK]ey|[pP]assword)$/
/** A value that the caller sent. */
const SENT =
  /\b(?:req|request|ctx|c\.req|event)\b[\w.?]*\.(?:headers?|get|query|header|args|GET|META)\b|(?<!resp(?:onse)?\.)(?<!res\.)(?<!answer\.)(?<!reply\.)\bheaders?(?:\(\))?(?:\.get\(|\[|\()|\bGetHeader\(|\bBasicAuth\(|\$_SERVER\[["']HTTP_|\$request->(?:headers?\b|query\b|input\(|get\(|bearerToken)|\bgetallheaders\(|\bparams\[|\brequest\.env\[|\b(?:creds?|credentials)\.(?:credentials|password)\b/i
/** A header that proves who sent something, by its name. */
const PROOF = /signature|hmac|\bsig\b|token|secret|api_?-?key|authoriz/i

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
  if (sides.some(isConstant)) return false
  const [left, right] = sides.map((side) => origin(view, fact, side))
  if (left === undefined || right === undefined) return false
  if (isComputed(left) !== isComputed(right))
    return isComputed(left) ? isReceived(left, right) : isReceived(right, left)
  return (isOwn(left) && SENT.test(right)) || (isOwn(right) && SENT.test(left))
}

/** A value that a text is put together from: Ruby's `#{digest}`, PHP's `"$digest"` and `. $digest`. */
const PUT_IN = /#\{\s*(\w+)\s*\}|(?:["{]|=|\.\s)(\$\w+)/

/** A text with nothing of the code's values in it. */
function isConstant(side: string): boolean {
  if (side.includes('#{') || /^(?:`[\s\S]*\$\{|f["'][\s\S]*\{)/.test(side)) return false
  return CONSTANT.test(side) || literal(side) !== null
}

/** An expression, what the names in it were given, and what made the digest in it. */
function origin({ file }: View, fact: Fact, side: string): string {
  const own = /^(?:`|f["'])[\s\S]*?\{\s*([\w$]+)\s*\}[^{}]*$/.exec(side)?.[1]
  const named = unfolded(file, fact, side)
  const part =
    isScript(file.language) || isPython(file) || !/^["'\w$]/.test(side) ? null : PUT_IN.exec(named)
  const inner = own ?? part?.[1] ?? part?.[2]
  const text = inner === undefined ? named : `${named}\n${unfolded(file, fact, inner)}`
  const constants = /^[A-Z][A-Z0-9_]*$/.test(side) ? assignedTo(file.text, side).join('\n') : ''
  const maker = /([\w$]+)\.(?:(?:hex)?digest|Sum|finalize)\(/.exec(text)?.[1]
  const made = maker === undefined ? '' : unfolded(file, fact, maker)
  return [text, constants, made].filter((part) => part !== '').join('\n')
}

/** A setting, or in Go and Rust the field of what was made from the settings. */
function isOwn(text: string): boolean {
  return OWN_SECRET.test(text) || OWN_FIELD.test(text)
}

function isComputed(text: string): boolean {
  return MAC.test(text) || DIGEST.test(text)
}

/** A file's checksum is compared too: without a key, only a caller's proof of who it is counts. */
function isReceived(computed: string, other: string): boolean {
  if (MAC.test(computed))
    return (
      SENT.test(other) ||
      /sig|hmac|digest|mac\b|hash|token|header|given|received|provided|supplied/i.test(other)
    )
  return SENT.test(other) && PROOF.test(other)
}
