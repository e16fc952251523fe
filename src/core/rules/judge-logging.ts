import type { Fact, Language } from '#core/facts/fact'
import { within } from '#core/facts/scopes'
import { factsOf, surroundings } from '#core/rules/code'
import { literal, readObject, splitTopLevel } from '#core/rules/code-text'
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
  /^(?:req|request|ctx|ctx\.request|c\.req|config|response\.config|error\.config|err\.config)\.headers$|^(?:r|req|request|c\.Request)\.Header$/
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
      const value = loggedValues(fact).find(isSecret)
      if (value === undefined || isPrinted(fact)) return []
      return [observe(view, fact, { names: { value, log: fact.captures['callee'] ?? '' } })]
    }),
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
  if (written.length > MAX_VALUE || !PATH.test(written)) return false
  // `$this->apiKey`, `@api_key` and `[:password]` as they would read elsewhere.
  const value = written
    .replace(/^[$@]+(?!_ENV)/, '')
    .replaceAll('->', '.')
    .replace(/\[:(\w+)\]/g, "['$1']")
  if (HEADERS.test(value) || SECRET_ENVIRONMENT.test(value)) return true
  if (ABOUT_SECRET.test(value)) return false
  return SECRET_NAME.test(value) || CAMEL_SECRET.test(value)
}

/** The values that reach the log unchanged: arguments, fields of an object, parts of a template. */
function loggedValues(fact: Fact): readonly string[] {
  return fact.args.flatMap((arg) => valuesIn(arg.replace(/^\w+(?:=(?!=)|:\s+)/, ''), fact.language))
}

function valuesIn(arg: string, language: Language): readonly string[] {
  const text = arg.trim()
  if (literal(text) !== null || /^f["']/.test(text)) return partsOf(text, language)
  if (language === 'php') return phpValues(text)
  if (text.startsWith('{')) {
    const { entries } = readObject(text, language)
    return [...entries.values()].filter((value) => !value.startsWith('{'))
  }
  const field = GO_FIELD.exec(text)
  if (language === 'go' && field?.[1] !== undefined) return [field[1]]
  if (language === 'go' && /^[\w.]+(?:\[\w+\]\w+(?:\{\})?)?\{/.test(text))
    return [...readObject(text.slice(text.indexOf('{')), language).entries.values()]
  const wrapped =
    /^(?:JSON\.stringify|json\.dumps|JSON\.(?:generate|pretty_generate|dump)|str|String|string)\(([\s\S]*)\)$/.exec(
      text,
    )
  if (wrapped?.[1] !== undefined) return splitTopLevel(wrapped[1], language).slice(0, 1)
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
