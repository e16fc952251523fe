import type { Fact, Language } from '#core/facts/fact'
import { within } from '#core/facts/scopes'
import { fileOfImport } from '#core/rules/clients'
import { factsOf, surroundings } from '#core/rules/code'
import { literal, readObject, splitTopLevel } from '#core/rules/code-text'
import { importsOf } from '#core/rules/imports'
import type { Judgement, View } from '#core/rules/observation'
import { observe } from '#core/rules/observe'
import { assignedTo } from '#core/rules/scope-text'
import { webhookHandlers } from '#core/rules/webhooks'

/** A plain path of names: anything that calls, slices or tests the value may have made it harmless. */
const PATH = /^(?:await\s+)?[A-Za-z_$@][\w$]*(?:\??(?:\.|->)[\w$]+|\[(?:["'][\w-]+["']|:\w+)\])*$/
const MAX_VALUE = 200
const SECRET_NAME =
  /(?:^|[._\]["'-])(?:\w*_)?(?:access_?token|refresh_?token|auth_?token|bearer_?token|id_?token|api_?key|secret_?key|private_?key|client_?secret|webhook_?secret|signing_?secret|password|passwd|credentials|authorization)["'\]]*$/i
const CAMEL_SECRET =
  /(?:AccessToken|RefreshToken|AuthToken|ApiKey|SecretKey|PrivateKey|ClientSecret|WebhookSecret|SigningSecret|Password)$/
const SECRET_ENVIRONMENT =
  /(?:process\.env\.|os\.environ\[["']|\bENV\[["']|\$_ENV\[["'])[A-Z0-9_]*(?:SECRET|TOKEN|PASSWORD|API_?KEY|PRIVATE_KEY)/
const HEADERS =
  /^(?:req|request|ctx|ctx\.request|c\.req|config|response\.config|error\.config|err\.config)\??\.headers$|^dict\(request\.headers\)$|^(?:r|req|request|c\.Request)\.Header$/
/** What a client's error or answer keeps of the request, its credentials included; the whole environment. */
const CARRIES =
  /^(?:err|error|e|exc|axiosError|res|response|reason)\??\.(?:config|request|response\??\.config)$|^(?:process\.env|os\.environ|dict\(os\.environ\))$/
/** A key of a credential in an object or a call that makes one. */
const SECRET_KEY =
  /(?:^|[{(,\s])["']?(?:client_?secret|refresh_?token|access_?token|password|bot_?token|api_?token|auth_?token|signing_?secret|webhook_?secret|secret_?key|private_?key|api_?key)["']?\s*(?::|=(?!=))(?!\s*(?:["']?\*|str\b|SecretStr|null\b|None\b|undefined\b|string\b|!!|Boolean\())/i
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
  /^(?:await\s+)?[\w.]+\(\s*f?["'`][^"'`\s]*(?:oauth2?[\w./-]*(?:access|token)|\/token\b)/
/** The whole of an answer, as clients write it out. */
const WHOLE =
  /(?:\.(?:tokens|credentials|to_dict|model_dump|dict|json|as_dict|to_json|model_dump_json|toJSON|data|body)(?:\(\))?|\.__dict__)$/
/** Values of these classes hide their secrets when they are written. */
const MASKED = /SecretStr|repr\s*=\s*False|def __repr__|redact|toJSON\(/
/** Characters of an assignment that are read for what it puts together. */
const MAX_ASSIGNED = 1_500
const PAYLOAD =
  /^(?:req|request|ctx\.request)\.(?:body|rawBody|raw_body|data|json|POST)$|^(?:await\s+)?request\.(?:get_json|get_data|json|body)\(\)$|^params$|^request\.(?:raw_post|body\.read|request_parameters)$|^params\.(?:to_unsafe_h|to_json|inspect|permit!)$|^(?:\$(?:this->)?request|request\(\))->(?:all|getContent|post|toArray|json)\(\)$|^\$_(?:POST|REQUEST)$|^\\?file_get_contents\(['"]php:\/\/input['"]\)$/

const GO_NAME = /^(?!err$|ok$)[a-z]\w*$/
const GO_BODY =
  /^(?:io|ioutil)\.ReadAll\([^\n]*\b(?:r|req|request|Request(?:\(\))?)\.Body\b|^c(?:tx)?\.(?:GetRawData|Body|BodyRaw)\(\)/

/** A credential that is written to a log as it is. */
export const secretLogged: Judgement = {
  names: ['value', 'log'],
  judge: (view) =>
    factsOf(view.file, 'log-call').flatMap((fact) => {
      const value = loggedValues(fact).find((one) => isSecret(one) || holdsSecret(view, fact, one))
      if (value === undefined || redacts(view, fact) || isPrinted(fact)) return []
      return [observe(view, fact, { names: { value, log: fact.captures['callee'] ?? '' } })]
    }),
}

/** Whether the logger is made, here or where it is imported from, with a list of what it removes. */
function redacts(view: View, fact: Fact): boolean {
  const root = (fact.captures['callee'] ?? '').split('.')[0] ?? ''
  const imported = importsOf(view.file).find((one) => one.local === root)
  const home = imported === undefined ? null : fileOfImport(view.code, view.file, imported)
  return /\b(?:redact|censor)\w*\s*[:=(]/i.test((home ?? view.file).text)
}

/** What only tells about a secret: a flag, or the error of a wrong one. */
const ABOUT_SECRET =
  /(?:^|\.)(?:err|Err|is|has|use|no|need|needs|require|requires|invalid|missing|disable|enable|Flag|Env|Key|Header)[A-Z]\w*$|(?:Reset|Forgot|Forgotten|Change|Update|To|Verify|Check|Without|Allow|Require)(?:Password|[A-Z]\w+Token)$/

/** The whole body of a webhook in a log: what other people's customers entered. */
export const payloadLogged: Judgement = {
  names: ['value', 'log', 'handler'],
  judge: (view) =>
    webhookHandlers(view).flatMap((handler) =>
      factsOf(view.file, 'log-call')
        .filter((fact) => handler.spans.some((span) => within(fact, span)))
        .flatMap((fact) => {
          const value = loggedValues(fact).find((one) => isPayload(view, fact, one))
          if (value === undefined) return []
          const names = { value, log: fact.captures['callee'] ?? '', handler: handler.label }
          return [observe(view, fact, { provider: handler.provider, names })]
        }),
    ),
}

function isPayload(view: View, fact: Fact, value: string): boolean {
  if (PAYLOAD.test(value)) return true
  if (!GO_NAME.test(value) || fact.language !== 'go') return false
  const given = assignedTo(surroundings(view.file, fact), value)
  return given.length > 0 && given.every((one) => GO_BODY.test(one))
}

/** Where a print is read by the person who asked for it. */
const CONSOLE = /\.rake$|(?:^|\/)(?:tasks|scripts?|bin|seeds?|cli|console)\//

function isPrinted({ language, captures, path }: Fact): boolean {
  return language === 'ruby' && /^\w+$/.test(captures['callee'] ?? '') && CONSOLE.test(path)
}

function isSecret(written: string): boolean {
  if (written.length > MAX_VALUE || !(PATH.test(written) || /^dict\([\w.]+\)$/.test(written)))
    return false
  // `$this->apiKey`, `@api_key` and `[:password]` as they would read elsewhere.
  const value = written
    .replace(/^[$@]+(?!_ENV)/, '')
    .replaceAll('->', '.')
    .replace(/\[:(\w+)\]/g, "['$1']")
  if (HEADERS.test(value) || CARRIES.test(value) || SECRET_ENVIRONMENT.test(value)) return true
  if (ABOUT_SECRET.test(value)) return false
  return SECRET_NAME.test(value) || CAMEL_SECRET.test(value)
}

/** A name of something that was put together from a credential in the same function. */
function holdsSecret({ file }: View, fact: Fact, value: string): boolean {
  if (MASKED.test(file.text)) return false
  const around = surroundings(file, fact)
  if (isTokenAnswer(around, value.replace(/^vars\((\w+)\)$/, '$1').replace(WHOLE, ''))) return true
  if (!/^[A-Za-z_$][\w$]{2,60}$/.test(value)) return false
  if (TOKENS.test(value) && assignedTo(around, value).some((given) => EXCHANGE.test(given)))
    return true
  const made = new RegExp(
    `(?:^|[^\\w.$])${RegExp.escape(value)}(?::[^=\\n]{1,60})?\\s*=\\s*(?=(?:new\\s+)?[A-Z]\\w*\\(|\\{)`,
    'g',
  )
  return [...around.matchAll(made)].some(({ index, 0: start }) =>
    SECRET_KEY.test(
      bracketed(around.slice(index + start.length, index + start.length + MAX_ASSIGNED)),
    ),
  )
}

function isTokenAnswer(around: string, name: string): boolean {
  if (!/^[A-Za-z_$][\w$]{1,60}$/.test(name)) return false
  const given = assignedTo(around, name)
  const taken = new RegExp(
    `\\{[^{}\\n]*\\b${RegExp.escape(name)}\\b[^{}\\n]*\\}\\s*=\\s*(?:await\\s+)?([^\\n]{0,200})`,
  )
  // The body of an answer that came from where tokens are given out.
  const answer = given.flatMap((one) => /^(?:await\s+)?(\w+)\.json\(\)/.exec(one)?.[1] ?? [])
  if (answer.some((one) => assignedTo(around, one).some((sent) => TOKEN_ADDRESS.test(sent))))
    return true
  return [...given, taken.exec(around)?.[1] ?? ''].some((one) =>
    TOKEN_EXCHANGE.test(one.slice(0, one.indexOf('(') + 1)),
  )
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

/** The values that reach the log unchanged: arguments, fields of an object, parts of a template. */
function loggedValues(fact: Fact): readonly string[] {
  return fact.args.flatMap((arg) =>
    valuesIn(arg.replace(/^\w+(?:=(?!=)|:\s+)/, ''), fact.language, 0),
  )
}

/** Objects in objects are read this deep. */
const MAX_DEPTH = 3

function valuesIn(arg: string, language: Language, depth: number): readonly string[] {
  const text = arg.trim()
  if (depth > MAX_DEPTH) return []
  const inner = (part: string) => valuesIn(part, language, depth + 1)
  if (literal(text) !== null || /^f["']/.test(text)) return partsOf(text, language).flatMap(inner)
  if (language === 'php') return phpValues(text)
  if (text.startsWith('{')) return [...readObject(text, language).entries.values()].flatMap(inner)
  const field = GO_FIELD.exec(text)
  if (language === 'go' && field?.[1] !== undefined) return [field[1]]
  if (language === 'go' && /^[\w.]+(?:\[\w+\]\w+(?:\{\})?)?\{/.test(text))
    return [...readObject(text.slice(text.indexOf('{')), language).entries.values()]
  const wrapped =
    /^(?:JSON\.stringify|json\.dumps|JSON\.(?:generate|pretty_generate|dump)|str|repr|String|string|util\.inspect|inspect)\(([\s\S]*)\)$/.exec(
      text,
    )
  if (wrapped?.[1] !== undefined)
    return splitTopLevel(wrapped[1], language).slice(0, 1).flatMap(inner)
  if (language !== 'python' && text.includes('+')) return text.split('+').map((part) => part.trim())
  return [text]
}

/** `zap.String("key", value)` and its kin. */
const GO_FIELD = /^(?:zap|slog)\.(?:String|Any|ByteString|Stringp)\("[^"]*",\s*([\w.()]+)\)$/

/** What stands in PHP's arrays and between its dots. */
function phpValues(text: string): readonly string[] {
  const list = /^(?:\[([\s\S]*)\]|array\(([\s\S]*)\))$/.exec(text)
  const inner = list?.[1] ?? list?.[2]
  if (inner !== undefined)
    return splitTopLevel(inner, 'php').flatMap((one) =>
      phpValues(one.replace(/^["'][\w.-]+["']\s*=>\s*/, '')),
    )
  const encoded = /^\\?(?:json_encode|print_r|serialize|var_export)\(([\s\S]*)\)$/.exec(text)
  if (encoded?.[1] !== undefined) return splitTopLevel(encoded[1], 'php').slice(0, 1)
  if (/^"(?:[^"\\]|\\.)*"$/.test(text)) return matched(text, /\{?(\$\w+(?:->\w+|\[["'\w]+\])*)\}?/g)
  const joined = text.split(/\s\.\s/)
  return joined.length > 1 ? joined.flatMap((one) => phpValues(one.trim())) : [text]
}

function partsOf(text: string, language: Language): readonly string[] {
  if (language === 'ruby') return text.startsWith('"') ? matched(text, /#\{([^{}]*)\}/g) : []
  if (language === 'php') return phpValues(text)
  if (language !== 'python') return text.startsWith('`') ? matched(text, /\$\{([^{}]*)\}/g) : []
  return /^f/i.test(text) ? matched(text, /\{([^{}!:]*)\}/g) : []
}

function matched(text: string, pattern: RegExp): readonly string[] {
  return [...text.matchAll(pattern)].map((match) => (match[1] ?? '').trim())
}
