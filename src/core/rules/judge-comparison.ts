import type { Fact, Language } from '#core/facts/fact'
import { type CodeFile, factsOf, surroundings } from '#core/rules/code'
import { literal } from '#core/rules/code-text'
import { calledHere, origin } from '#core/rules/compared-origin'
import { functionsAround } from '#core/rules/given'
import { atEach, type Judgement, type View } from '#core/rules/observation'
import { observe } from '#core/rules/observe'
import { isOnlyLogged } from '#core/rules/only-logged'
import { assignedTo } from '#core/rules/scope-text'

const CONSTANT =
  /^(?:null|nil|undefined|None|True|False|true|false|NULL|TRUE|FALSE|-?\d|typeof\b)|\.(?:length|size|count|bytesize|byteLength|Length|Count|size\(\)|length\(\))$|^(?:len|strlen|count)\(|\.len\(\)$|::class$/
const MAC =
  /hmac(?:\.new)?\s*\(|hmac_?(?:sha|md5|utils|hex)|(?:create|compute|calculate|generate)_?hmac|\bhmac(?:\.|::|<)|\bMac\.getInstance\(|\bmac\w*(?:\(\w*\))?\.doFinal\(|\bhash_hmac\(/i
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
/** A header by which somebody proves who it is, asked for by its name. */
const PROOF_HEADER =
  /["'`:](?!(?:x-)?(?:csrf|xsrf|next|page|sync|continuation|cancel|idempotency))(?:http_)?[\w-]*(?:api[-_]?key|token|secret|passcode|passw(?:or)?d|auth[-_]?key|access[-_]?key|authorization|signature)["'`)\],]/i
/** What it is compared with, by its name. */
const KEPT_SECRET =
  /(?:key|token|secret|pass(?:word|code|phrase)|credential|signature|bearer)(?:\.(?:Value|value)|\.as_(?:str|bytes|ref)\(\)|\.Reveal\(\)|\.expose_secret\(\)|\(\))*["'`)\]!}?]*$/i
/** A secret in a body, by the name of its field. */
const SECRET_FIELD =
  /(?:^|[.>:_\]["']|\b)((?:pass_?code|pass_?phrase|shared_?secret|verification_?token|webhook_?(?:secret|token|key)|hook_?(?:secret|token)|auth_?key|api_?key|secret_?(?:key|token)?|token))(?:\(\)|\.as_(?:str|bytes)\(\)|["'\])])*$/i
/** What was made of a header is no secret any more. */
const DECODED = /jwt|claims|\bdecode\(|verif/i
/** Where settings are kept, as the first or a middle part of a path. */
const KEPT =
  /(?:^|[*&(>.@$])(?:this|self|config|cfg|conf|settings|options|opts|props|properties|env|hook|hooks|state|app|s|h|c|srv|credentials|secrets)(?:\.|->|\[|::)|^@\w|^[A-Z][A-Z0-9_]+$/i
/** Where a request's body is kept. */
const BODY =
  /\b(?:event|body|payload|req|request|params|json|data|input|message|msg|dto|notification|update|callback)\b/i
/** A comparison that takes the same time for all. */
const CONSTANT_TIME =
  /MessageDigest\.isEqual\(|FixedTimeEquals|(?:constant|fixed)_?(?:time|length)|slow_?equals|secure_?(?:compare|equals)|timing_?safe/i

/** A value that the caller sent. */
const SENT =
  /\b(?:req|request|ctx|c\.req|event)\b[\w.?]*\.(?:headers?|get|query|header|args|GET|META)\b|(?<!resp(?:onse)?\.)(?<!res\.)(?<!answer\.)(?<!reply\.)\bheaders?(?:\(\))?(?:\.get\(|\[|\()|\bGetHeader\(|\bBasicAuth\(|\$_SERVER\[["']HTTP_|\$request->(?:headers?\b|query\b|input\(|get\(|bearerToken)|\bgetallheaders\(|\bparams\[|\brequest\.env\[|\b(?:creds?|credentials)\.(?:credentials|password)\b|@(?:param:)?(?:RequestHeader|HeaderParam|Headers?)\(|\[From(?:Header|Query)\b/i
/** A header that proves who sent something, by its name. */
const PROOF = /signature|hmac|\bsig\b|token|secret|api_?-?key|authoriz/i

/** A signature or token of a caller that is compared with `===` or `==`. */
export const comparedPlainly: Judgement = {
  names: ['left', 'right'],
  judge: (view) =>
    atEach(factsOf(view.file, 'secret-comparison'), (fact) => {
      if (!isUnsafe(view, fact)) return []
      const { left = '', right = '' } = fact.captures
      return [observe(view, fact, { names: { left, right } })]
    }),
}

/** Names of methods and kinds are no secrets: `signature_method`, `header.alg`, `token_type`. */
const NAMES_A_KIND = /(?:method|algorithm|\balg|type|kind|name|version)["')\]}!?]*$/i

/** A condition that the database evaluates: `Row.query.filter(Row.secret == given)`. */
const IN_A_QUERY = /\.(?:filter|where|having)\((?:[^()]|\([^()]{0,200}\)){0,200}$/

/** Whether a column of a table, as SQLAlchemy writes it, is compared within a query. */
function isColumn({ lines, language }: CodeFile, fact: Fact, side: string): boolean {
  if (language !== 'python' || !/^[A-Z]\w*\.\w+$/.test(side)) return false
  const before = (lines[fact.line - 1] ?? '').split(side)[0] ?? ''
  return IN_A_QUERY.test(before)
}

/** Which of somebody's own sessions this one is, for them to see. */
const MARKS_CURRENT = /^\s*(?:is_?)?current\w*["']?\s*[:=]/i

/** Whether nobody is let in by it here: it marks or logs something, or the database evaluates it. */
function decidesNothing(file: CodeFile, fact: Fact, left: string): boolean {
  const marks = MARKS_CURRENT.test(file.lines[fact.line - 1] ?? '')
  return marks || isOnlyLogged(file, fact) || isColumn(file, fact, left)
}

function isUnsafe(view: View, fact: Fact): boolean {
  const { file } = view
  const [one = '', other = ''] = [fact.captures['left'], fact.captures['right']]
  if (NAMES_A_KIND.test(one) || NAMES_A_KIND.test(other)) return false
  if (decidesNothing(file, fact, one)) return false
  if (isConstant(one, file.language) || isConstant(other, file.language)) return false
  if ([one, other].some((side) => isReadWithKey(file, fact, side))) return false
  const whole = (side: string) => {
    const text = origin(view, fact, side)
    return `${text}\n${calledHere(file, text, fact)}`
  }
  const [left, right] = [whole(one), whole(other)]
  if (STATIC.has(file.language) && CONSTANT_TIME.test(surroundings(file, fact))) return false
  const signs = KEYED.test(file.text)
  const makes = (text: string) => isComputed(text) || (signs && SIGNS.test(text))
  if (makes(left) !== makes(right))
    return makes(left) ? isReceived(left, right) : isReceived(right, left)
  return (
    isOwnSecret(view, fact, [one, left], [other, right]) ||
    isOwnSecret(view, fact, [other, right], [one, left])
  )
}

/** What is written on one side of a comparison, and that with where it came from. */
type Side = readonly [written: string, whole: string]

/** A secret of our own that is held against what a caller sent. */
function isOwnSecret(view: View, fact: Fact, [own, kept]: Side, [other, sent]: Side): boolean {
  if (isOwn(own, kept) && SENT.test(sent)) return true
  if (isKeptSecret(kept, sent) || isSameField(own, other, sent)) return true
  const isLogin = OWN_LOGIN.test(kept)
  if (isLogin && /BasicAuth\(/.test(sent)) return true
  return (isLogin || OWN_SECRET.test(kept)) && isHandedProof(view, fact, other)
}

/** Where a file answers requests. */
const ANSWERS =
  /\b(?:401|403|[uU]nauthorized|[fF]orbidden)\b|UnauthorizedException|PermissionDenied/
/** What happens to whoever shows the wrong one, on the line or right below it. */
const REFUSES =
  /\b(?:throw|raise|return|abort|reject|[fF]alse|40[013])\b|[uU]nauthori[sz]ed|[fF]orbidden|[dD]enied/
const BELOW = 160

/** Whether a name is given what a signed token holds: who makes it up has no key. */
function isOfSignedToken(text: string, name: string): boolean {
  return assignedTo(text, name).some((given) =>
    /^(?:[\w.]{0,60}\.)?(?:unserialize|unsign\w*|verify_?token)\(/.test(given),
  )
}

/** A token whose signature was checked before, and what stands in one. */
function isReadWithKey(file: CodeFile, fact: Fact, side: string): boolean {
  if (/^\w*[cC]laims(?:\(\))?\.\w+(?:\(\))?$/.test(side)) return true
  const from = /^(\w{2,60})(?:\[["']|\.get\(["'])/.exec(side)?.[1]
  if (from !== undefined && isOfSignedToken(surroundings(file, fact), from)) return true
  if (!/^\w{2,60}$/.test(side)) return false
  const read = new RegExp(
    `\\b\\w*(?:serializer|signer|tokens?(?:_?[sS]ervice)?|jwt)\\.(?:loads|unsign|verify)\\(\\s*${side}\\b`,
  )
  return read.test(surroundings(file, fact))
}

/** A proof that a function is handed, in a file that refuses those without. */
function isHandedProof({ file }: View, fact: Fact, side: string): boolean {
  if (!/^\w*(?:token|secret|password|api_?key|signature)$/i.test(side) || !ANSWERS.test(file.text))
    return false
  const from = file.text.lastIndexOf('\n', fact.start) + 1
  if (!REFUSES.test(file.text.slice(from, fact.end + BELOW))) return false
  const [around] = functionsAround(file, fact)
  return around?.parameters.some(({ name }) => name === side) ?? false
}

/** What is compared with a header that proves something, kept here by a name of a secret. */
function isKeptSecret(kept: string, sent: string): boolean {
  if (!SENT.test(sent) || !PROOF_HEADER.test(sent) || SENT.test(kept)) return false
  if (DECODED.test(sent)) return false
  return kept.split('\n').some((one) => one.length < 200 && KEPT_SECRET.test(one))
}

/** `passcode != hook.passcode`: a secret of the body and the one that was kept. */
function isSameField(own: string, sent: string, given: string): boolean {
  const [kept, received] = [SECRET_FIELD.exec(own)?.[1], SECRET_FIELD.exec(sent)?.[1]]
  if (kept === undefined || received === undefined) return false
  return KEPT.test(own) && !KEPT.test(sent) && BODY.test(given)
}

/** Languages in which a text is compared by a method that a constant-time one may stand beside. */
const STATIC: ReadonlySet<Language> = new Set(['java', 'kotlin', 'csharp'])
/** Texts in which values are put, by language. */
const FILLED: Readonly<Partial<Record<Language, RegExp>>> = {
  ruby: /#\{/,
  kotlin: /^"[\s\S]*\$[\w{]/,
  php: /^"[\s\S]*\$\w/,
  csharp: /^(?:\$@?|@\$)"/,
}

/** A text with nothing of the code's values in it. */
function isConstant(side: string, language: Language): boolean {
  if (FILLED[language]?.test(side)) return false
  if (/^(?:`[\s\S]*\$\{|f["'][\s\S]*\{)/.test(side)) return false
  return CONSTANT.test(side) || literal(side) !== null
}

/** A setting, or in Go and Rust the field of what was made from the settings. */
function isOwn(side: string, text: string): boolean {
  return OWN_SECRET.test(text) || OWN_FIELD.test(text) || OWN_NAME.test(side)
}

/** The name of a header may have the word too: only what is called makes one. */
function isComputed(written: string): boolean {
  const text = written.replace(/(["'`])[\w -]{1,100}\1/g, '""')
  return MAC.test(text) || DIGEST.test(text)
}

/** What was computed before and kept, to see whether something changed. */
const KEPT_BEFORE =
  /stored|saved|cache|prev|\bold|etag|\blast|\brow\b|record\b|\bdb\b|checksum|fingerprint|dedup|seen/i

/** A file's checksum is compared too: without a key, only a caller's proof of who it is counts. */
function isReceived(computed: string, other: string): boolean {
  if (isComputed(computed) && MAC.test(computed)) return !KEPT_BEFORE.test(other)
  if (MAC.test(computed) || SIGNS.test(computed))
    return (
      SENT.test(other) ||
      /sig|hmac|digest|mac\b|hash|token|header|given|received|provided|supplied|\b(?:got|actual|theirs)\b/i.test(
        other,
      )
    )
  return SENT.test(other) && PROOF.test(other)
}
