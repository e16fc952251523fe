import type { Fact } from '#core/facts/fact'
import { within } from '#core/facts/scopes'
import { isOfRefusal } from '#core/rules/asked-for'
import { fileOfImport } from '#core/rules/clients'
import { type CodeFile, factsOf, functionAround, isScript, surroundings } from '#core/rules/code'
import { importsOf } from '#core/rules/imports'
import type { View } from '#core/rules/observation'
import { assignedTo } from '#core/rules/scope-text'

/** A key of a credential in an object or a call that makes one. */
const SECRET_KEY =
  /(?:^|[[{(,\s])["']?(?:client_?secret|refresh_?token|access_?token|password|bot_?token|api_?token|auth_?token|signing_?secret|webhook_?secret|secret_?key|private_?key|api_?key|api_?secret|shared_?secret|(?:x[-_])?api[-_]key|authorization|proxy-authorization|card_?number|cvv|cvc|security_?code)["']?\s*(?::|=(?!=))(?!\s*(?:["']?\*|str\b|SecretStr|null\b|None\b|undefined\b|string\b|!!|Boolean\())/i
/** The answer of a token endpoint, by its name and by what it came from. */
const TOKENS =
  /^(?:tokens?|tokenSet|token_?set|tokenResponse|token_response|tokenData|token_data|credentials|creds|oauth)$/
const EXCHANGE =
  /\b(?:getToken|exchange\w*|refresh\w*[tT]okens?|refreshAccessToken|requestToken|fetch_token|refresh_token|acquire_?[tT]oken\w*|authorizationCodeGrant)\(/
/** What trades a code or a token for tokens, by names that mean nothing else. */
const TOKEN_EXCHANGE =
  /(?:exchange\w*[tT]oken|token_?[eE]xchange|exchange_?\w*[cC]ode|[cC]ode_?[eE]xchange|getToken|get_token|getAccessToken|get_access_token|fetch_?[tT]oken|refresh_?(?:access_?)?[tT]okens?|authorizationCodeGrant|refreshTokenGrant|acquire_?[tT]oken\w*|request_?[tT]oken|oauth\.(?:v2\.)?(?:access|token)|createToken|create_token|issue_?[tT]okens?)\s*\(/
/** Where tokens are given out. */
const TOKEN_ADDRESS =
  /^(?:await\s+)?(?:firstValueFrom\(\s*)?[\w$.>-]+\(\s*(?:["']POST["'],\s*)?(?:f?["'`][^"'`\s]*(?:oauth2?[\w./-]*(?:access|token)|\/token\b)|(?:[\w$]+(?:\.|->|::))*\w*(?:TOKEN_(?:URL|URI|ENDPOINT)|[tT]oken_?(?:Url|URL|Uri|Endpoint|url|uri|endpoint))\b)/
/** What only somebody sends who asks for a token. */
const ASKS_TOKEN = /["'`:]?\bgrant_type\b|["']client_secret["']\s*(?::|=>)/
/** The whole of an answer, as clients write it out. */
const WHOLE =
  /(?:\??\.|->)(?:tokens|credentials|to_dict|model_dump|dict|json|as_dict|to_json|model_dump_json|toJSON|data|body|text|content|parsed_response)(?:\(\))?$|\.__dict__$/
/** Where the answer is looked at because it is a refusal, there is no token in it. */
const REFUSAL = /(?:^|\.|->|::)(?:error|warn|warning|exception|critical|fatal|Error\w*|Warn\w*)$/
/** Values of these classes hide their secrets when they are written. */
const MASKED =
  /SecretStr|repr\s*=\s*False|def __repr__|redact|toJSON\(\)\s*[:{]|func \([^)]*\) (?:String|LogValue|MarshalJSON|GoString)\(\)/
/** Characters of an assignment that are read for what it puts together. */
const MAX_ASSIGNED = 1_500
/** The header in which a caller or this service says who it is, as it was read. */
const CREDENTIAL_HEADER =
  /(?:headers?|META|Header|environ|env)\b[\w.$?!>()-]*(?:\[|\(|\.|->)\s*["'`:]?(?:http[_-])?(?:authorization|proxy-authorization|x[-_]api[-_]key|x[-_]auth[-_]token)\b|\b(?:req|request)\.get\(["'`]authorization["'`]\)|->bearerToken\(\)/i
/** Of such a header only a part, a test of it, or what was made of it. */
const HARMLESS =
  /mask|redact|hash|digest|sha\d|\.slice\(\s*0|substr\w*\([^()\n]*,?\s*0,|\.length|typeof|Boolean\(|startsWith|startswith|\.has\(|===?|!==?|\bis (?:not )?None\b|\bin\b|verif|decode|parse|\.last\(|\[-\d|\[:\d/i
/** Names under which a service keeps all of its settings. */
const SETTINGS =
  /^(?:\w+\.)?(?:cfg|conf|config|configuration|settings|options|opts|appConfig|app_config)$/

/** A name of something that was put together from a credential, in the same function or where it is defined. */
export function holdsSecret(view: View, fact: Fact, value: string): boolean {
  const { file } = view
  if (MASKED.test(file.text)) return false
  const around = surroundings(file, fact)
  const root = value.replace(WHOLE, '')
  const refused = REFUSAL.test(fact.captures['callee'] ?? '') || isOfRefusal(file, fact)
  if (isTokenAnswer(around, root, refused)) return true
  // The same name may hold the dump of the answer elsewhere: what was given last counts.
  const above = assignedTo(textAbove(file, fact), value).at(-1) ?? ''
  const dumped = /^httputil\.DumpRequest(?:Out)?\(/.test(above)
  // What went wrong is given beside the dump.
  if (dumped) return !/^err\w*$/.test(value)
  if (!/^\$?[A-Za-z_][\w$]{2,60}$/.test(root)) return false
  if (TOKENS.test(value) && assignedTo(around, value).some((given) => EXCHANGE.test(given)))
    return true
  const given = assignedTo(around, value)
  if (given.some((one) => CREDENTIAL_HEADER.test(one) && !HARMLESS.test(one))) return true
  return isMadeOfSecret(around, value, file.language === 'python') || isSettings(view, root)
}

/** Characters above a place in which a name is given what it holds. */
const ABOVE = 10_000

/** The function's text up to a place. */
function textAbove(file: CodeFile, fact: Fact): string {
  const from = functionAround(file, fact)?.start ?? 0
  return file.text.slice(Math.max(from, fact.start - ABOVE), fact.start)
}

/** Whether a name is given an object, a call or a list with a credential in it. */
function isMadeOfSecret(text: string, name: string, isPythons = false): boolean {
  const made = new RegExp(
    `(?:^|[^\\w.$])${RegExp.escape(name)}(?::[^=\\n]{1,60})?\\s*:?=\\s*(?=(?:new\\s+)?[A-Z]\\w*\\(|\\{|\\[|array\\(|map\\[)`,
    'g',
  )
  return [...text.matchAll(made)].some(
    ({ index, 0: start }) =>
      // Python names what it hands to a call in the same way: `post(url, data={…})`.
      !(isPythons && /[(,]\s{0,80}$/.test(text.slice(Math.max(0, index - 80), index + 1))) &&
      SECRET_KEY.test(
        bracketed(text.slice(index + start.length, index + start.length + MAX_ASSIGNED)),
      ),
  )
}

/** The settings of the service as a whole, where their file shows that credentials are among them. */
function isSettings({ code, file }: View, name: string): boolean {
  if (!SETTINGS.test(name)) return false
  const imported = importsOf(file).find((one) => one.local === name)
  const home = imported === undefined ? file : fileOfImport(code, file, imported)
  if (home === null || MASKED.test(home.text)) return false
  if (file.language === 'go') return GO_SETTINGS.test(home.text)
  if (imported === undefined) return isMadeOfSecret(topOf(home), name)
  return isMadeOfSecret(home.text, name) || PYTHON_SETTINGS.test(home.text)
}

const GO_SETTINGS =
  /\btype \w*(?:Config|Settings|Options)\w* struct \{[^}]*\b\w*(?:Secret|Password|APIKey|ApiKey|AccessToken|PrivateKey)\s+string\b(?![^\n]*json:"-")/
const PYTHON_SETTINGS =
  /\bclass \w+\(\w*BaseSettings\):[\s\S]{0,2000}?\n\s+\w*(?:secret|password|api_key|access_token|private_key)\w*\s*:\s*str\b/

/** The lines of a file that belong to no function or class. */
function topOf({ text }: CodeFile): string {
  return /^(?:export\s+)?(?:const|let|var)\s/m.test(text) || /^\w+\s*=/m.test(text) ? text : ''
}

function isTokenAnswer(around: string, name: string, refused: boolean): boolean {
  // What went wrong is no answer, although both are given at once in Go.
  if (!/^\$?(?!(?:err|error|exc?)$)[A-Za-z_][\w$]{1,60}$/.test(name)) return false
  const given = assignedTo(around, name)
  const taken = new RegExp(
    `\\{[^{}\\n]*\\b${RegExp.escape(name)}\\b[^{}\\n]*\\}\\s*=\\s*(?:await\\s+)?([^;]{0,300})`,
  )
  const destructured = taken.exec(around)?.[1] ?? ''
  // The body of an answer that came from where tokens are given out.
  const answer = given.flatMap(
    (one) =>
      /^(?:(?:await\s+)?[\w$.:]{1,60}\(\s*(?:\*\*)?)?(?:await\s+)?(\$?\w+)(?:(?:\.|->)(?:throw|raise_for_status)\(\))?(?:\.|->)(?:json|text|json_body|data|body|parsed_response)\b/.exec(
        one,
      )?.[1] ?? [],
  )
  const sent = [...given, destructured, ...answer.flatMap((one) => assignedTo(around, one))]
  if (!refused && sent.some((one) => TOKEN_ADDRESS.test(one) || ASKS_TOKEN.test(one))) return true
  // Go reads the answer into what it is handed.
  const read = new RegExp(`\\b(?:Decode|Unmarshal)\\((?:[^()\\n]{0,80},\\s*)?&${name}\\)`)
  if (
    !refused &&
    name.length > 0 &&
    /^\w+$/.test(name) &&
    read.test(around) &&
    ASKS_TOKEN.test(around)
  )
    return true
  if (refused) return false
  return [...given, destructured].some((one) =>
    TOKEN_EXCHANGE.test(one.slice(0, one.indexOf('(') + 1)),
  )
}

/** What a request carries that its client's error keeps with it. */
const SENT_SECRET =
  /\bauthorization\b|client_?secret|refresh_?token|api[-_]?key|\bauth:\s*\{|\bpassword\b/i
/** A failure written out whole: `JSON.stringify(err)`, `util.inspect(err)`, `err.toJSON()`. */
const WRITTEN_OUT =
  /(?:JSON\.stringify|(?:util\.)?inspect)\(\s*([\w$]+)\s*[,)]|(?<![\w$.])([\w$]+)\.toJSON\(\)/

/** An error of axios, written out with the request that failed: its headers and its body are in it. */
export function wholeFailure({ file }: View, fact: Fact): string | undefined {
  if (!isScript(file.language) || !/\baxios\b/i.test(file.text) || MASKED.test(file.text))
    return undefined
  const [, stringified, rewritten] = WRITTEN_OUT.exec(fact.text) ?? []
  const name = stringified ?? rewritten
  if (name === undefined) return undefined
  const caught = factsOf(file, 'catch-block').find((one) => {
    const handler = one.spans['handler']
    const bound = new RegExp(`^catch\\s*\\(\\s*${RegExp.escape(name)}\\b`)
    return (
      handler !== undefined && within(fact, handler) && bound.test(one.captures['handler'] ?? '')
    )
  })
  const tried = caught?.captures['tried'] ?? ''
  return /\baxios\b/.test(tried) && SENT_SECRET.test(tried) ? name : undefined
}

/** A text up to where its first bracket closes. */
function bracketed(text: string): string {
  let depth = 0
  for (let at = 0; at < text.length; at += 1) {
    if ('({['.includes(text[at] ?? '')) depth += 1
    if (')}]'.includes(text[at] ?? '')) {
      depth -= 1
      if (depth === 0) return text.slice(0, at + 1)
    }
  }
  return ''
}
