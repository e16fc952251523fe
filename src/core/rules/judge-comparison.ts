import type { Fact } from '#core/facts/fact'
import { type CodeFile, factsOf, surroundings } from '#core/rules/code'
import { literal } from '#core/rules/code-text'
import { functionsAround } from '#core/rules/given'
import type { Judgement, View } from '#core/rules/observation'
import { observe } from '#core/rules/observe'
import { assignedTo } from '#core/rules/scope-text'

const CONSTANT =
  /^(?:null|nil|undefined|None|True|False|true|false|NULL|TRUE|FALSE|-?\d|typeof\b)|\.(?:length|size|count)$|^(?:len|strlen|count)\(|\.len\(\)$|::class$/
const MAC =
  /hmac(?:\.new)?\s*\(|hmac_?sha|(?:create|compute|calculate|generate)_?hmac|\bhmac(?:\.|::|<)/i
/** What signs by its own name, wherever it is written. */
const SIGNS =
  /(?:compute|calculate|generate|create|make|build)_?\w*(?:[sS]ignature|_sig|[hH]mac)\(|(?<![\w.])sign_?(?:[rR]equest|[pP]ayload|[bB]ody|[mM]essage|[wW]ebhook)\(/
/** A file that has to do with keyed signatures at all. */
const KEYED = /hmac|webhook|(?:signing|shared|client)_?secret|canonical/i
const DIGEST = /\.(?:hex)?digest\(|\.Sum\(nil\)|\.finalize\(\)/
/** A secret of our own: from the environment, the settings or what this object was made with. */
const OWN_SECRET =
  /\b[sS]ecrets?(?:[mM]anager|[sS]tore|[cC]lient|[sS]ervice)?\.(?:get|read|fetch|load|value)\w*\(|\b(?:process\.env|os\.environ|os\.getenv|settings|config|cfg|conf|env|getenv|ENV|credentials|(?:this|self)\.[\w.]*(?:config|settings|options))\b[\w.[\]("':]*(?:secret|token|api_?key|signature)|\b(?:this|self)\._?\w*(?:secret|api_?key|auth_?token|shared_?token|webhook_?token)\b/i
const OWN_FIELD =
  /^(?!(?:r|req|request|c|ctx|body|payload|event|in|input|msg)\.)(?:self\.)?\w+\.\w*(?:[sS]ecret|[tT]oken|[aA]pi_?[kK]ey|[pP]assword)$/
/** What was kept to be compared with, by its name. */
const OWN_NAME =
  /^(?:string\()?\$?(?:\w*_)?(?:(?:expected|configured|stored|decrypted|webhook|shared|signing|hook)_?\w{0,20}(?:secret|token|api_?key|password)|secret)(?:_?(?:str|string|key|value))?\)?$/i
/** A user's name or password that an operator set. */
const OWN_LOGIN =
  /\b(?:config|cfg|conf|settings|opts|options|env|process\.env|os\.environ|os\.getenv)\b[\w.[\]("'$>-]*(?:password|username)/i
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
  return (
    isMadeAndReceived(view, left, right) ||
    isSecretAndSent(view, fact, { side: sides[0] ?? '', text: left }, sides[1] ?? '', right) ||
    isSecretAndSent(view, fact, { side: sides[1] ?? '', text: right }, sides[0] ?? '', left)
  )
}

/** One side is a signature that the code makes, the other one what came. */
function isMadeAndReceived({ file }: View, left: string, right: string): boolean {
  const signs = KEYED.test(file.text)
  // A header's name may say how it was made: only code makes it.
  const made = (text: string) => [text, ...helpersOf(file, text)].join('\n').replace(QUOTED, "''")
  const isMade = (text: string) => isComputed(text) || (signs && SIGNS.test(text))
  const [madeLeft, madeRight] = [made(left), made(right)]
  if (isMade(madeLeft) === isMade(madeRight)) return false
  return isMade(madeLeft) ? isReceived(madeLeft, right) : isReceived(madeRight, left)
}

interface Own {
  readonly side: string
  readonly text: string
}

/** One side is a secret of our own, the other one what a caller sent to prove who he is. */
function isSecretAndSent(view: View, fact: Fact, own: Own, side: string, sent: string): boolean {
  if (isOwn(own.side, own.text) && SENT.test(sent)) return true
  const isLogin = OWN_LOGIN.test(own.text)
  if (isLogin && /BasicAuth\(/.test(sent)) return true
  return (isLogin || OWN_SECRET.test(own.text)) && isHandedProof(view, fact, side)
}

/** A text with nothing of the code's values in it. */
function isConstant(side: string): boolean {
  if (side.includes('#{') || /^(?:`[\s\S]*\$\{|f["'][\s\S]*\{)/.test(side)) return false
  return CONSTANT.test(side) || literal(side) !== null
}

const QUOTED = /"[^"\n]{0,200}"|'[^'\n]{0,200}'/g

/** Names are followed this often, so many of them at a time. */
const MAX_STEPS = 3
const MAX_NAMES = 8

/** An expression and what the names in it were given in its function, a few steps back. */
function origin({ file }: View, fact: Fact, side: string): string {
  const around = surroundings(file, fact)
  const constants = /^[A-Z][A-Z0-9_]*$/.test(side) ? assignedTo(file.text, side) : []
  const seen = new Set<string>()
  const texts = [side, ...constants]
  let fresh = texts
  for (let step = 0; step < MAX_STEPS && fresh.length > 0; step += 1) {
    const names = fresh
      .flatMap((text) => text.match(/(?<![.\w$])\$?[A-Za-z_]\w*(?!\w*\()/g) ?? [])
      .filter((name) => !seen.has(name))
      .slice(0, MAX_NAMES)
    for (const name of names) seen.add(name)
    fresh = names.flatMap((name) => [
      ...assignedTo(around, name),
      ...assignedTogether(around, name),
    ])
    texts.push(...fresh)
  }
  return texts.join('\n')
}

/** A longer function does more than to sign. */
const MAX_HELPER = 2_000

/** The functions of this file that an expression calls: `sign(body)`, `this.compute(body)`. */
function helpersOf(file: CodeFile, text: string): readonly string[] {
  const names = new Set(
    [...text.matchAll(/(?:^|[^\w$.]|\b(?:this|self)\.)([#\w$]{2,60})\(/g)].map(([, name]) => name),
  )
  return factsOf(file, 'function')
    .filter(
      ({ captures, start, end }) =>
        captures['form'] === 'function' &&
        names.has(captures['name'] ?? '') &&
        end - start < MAX_HELPER,
    )
    .map(({ start, end }) => file.text.slice(start, end))
    .filter((helper) => !/timingSafeEqual|compare_digest/.test(helper))
}

/** Where a file answers requests. */
const ANSWERS =
  /\b(?:401|403|[uU]nauthorized|[fF]orbidden)\b|UnauthorizedException|PermissionDenied/

/** A proof that a function is handed, in a file that refuses those without. */
function isHandedProof({ file }: View, fact: Fact, side: string): boolean {
  if (!/^\w*(?:token|secret|password|api_?key|signature)$/i.test(side) || !ANSWERS.test(file.text))
    return false
  const [around] = functionsAround(file, fact)
  return around?.parameters.some(({ name }) => name === side) ?? false
}

/** What several names are given at once: `user, password, ok := r.BasicAuth()`. */
function assignedTogether(text: string, name: string): readonly string[] {
  if (!/^\w+$/.test(name)) return []
  const pattern = new RegExp(
    `(?:^|\\n|\\bif )[ \\t]*(?:\\w+, ){0,3}${name}(?:, \\w+){1,3} :?= ([^\\n]{0,200})`,
    'g',
  )
  return [...text.matchAll(pattern)].map((match) => match[1] ?? '')
}

/** A setting, or in Go and Rust the field of what was made from the settings. */
function isOwn(side: string, text: string): boolean {
  return OWN_SECRET.test(text) || OWN_FIELD.test(text) || OWN_NAME.test(side)
}

function isComputed(text: string): boolean {
  return MAC.test(text) || DIGEST.test(text)
}

/** A file's checksum is compared too: without a key, only a caller's proof of who it is counts. */
function isReceived(computed: string, other: string): boolean {
  if (MAC.test(computed) || SIGNS.test(computed))
    return (
      SENT.test(other) ||
      /sig|hmac|digest|mac\b|hash|token|header|given|received|provided|supplied/i.test(other)
    )
  return SENT.test(other) && PROOF.test(other)
}
