import type { Fact, Language } from '#core/facts/fact'
import { within } from '#core/facts/scopes'
import { isAskedFor, isOfNobody } from '#core/rules/asked-for'
import { fileOfImport } from '#core/rules/clients'
import {
  type CodeFile,
  factsOf,
  functionAround,
  isPython,
  isScript,
  surroundings,
} from '#core/rules/code'
import { codeOnly } from '#core/rules/code-text'
import { importsOf } from '#core/rules/imports'
import { provesCaller } from '#core/rules/logged-proofs'
import { loggedValues } from '#core/rules/logged-values'
import { atEach, type Judgement, type View } from '#core/rules/observation'
import { observe } from '#core/rules/observe'
import { isRunByHand } from '#core/rules/run-by-hand'
import { assignedTo } from '#core/rules/scope-text'
import { carriesSecret } from '#core/rules/secret-carriers'
import { isGivenOut, isOpenRecord } from '#core/rules/secret-fields'
import { isSecret, isTypedSecret } from '#core/rules/secret-names'
import { holdsSecret, wholeFailure } from '#core/rules/secret-values'
import { type WebhookHandler, webhookHandlers } from '#core/rules/webhooks'

const PAYLOAD =
  /^(?:req|request|ctx\.request)\.(?:body|rawBody|raw_body|data|json|POST)$|^(?:await\s+)?request\.(?:get_json|get_data|json|body)\(\)$|^request\.(?:raw_post|body\.read|request_parameters)$|^params\.(?:to_unsafe_h|to_json|inspect|permit!)$|^(?:\$(?:this->)?request|request\(\))->(?:all|getContent|post|toArray|json)\(\)$|^\$_(?:POST|REQUEST)$|^\\?file_get_contents\(['"]php:\/\/input['"]\)$/

/** Rails gives a controller all that was sent under this name; elsewhere it is anything. */
const RAILS_PARAMS = /^params$/
/** A name of an answer: `request = requests.post(…)`. */
const ASKS =
  /^(?:await\s+)?(?:requests|httpx|(?:self\.)?_?\w*(?:session|client))\.(?:get|post|put|patch|delete|request)\(/

const NAME = /^(?!err$|ok$)\$?[a-z]\w*$/
/** A part of a body, or what was made of it. */
const PART =
  /\)\s*(?:\.|->|\[)(?!Body|body|text|bufferedReader|lines|collect|readAllBytes|read)(?:get|path|fetch|dig|length|size|\w*id)\b|mask|redact|except\(|only\(/i
/** A body as it was read. */
const READS_BODY =
  /\b(?:getInputStream|getReader)\(\)|\bcall\.receive(?:Text\(|<(?:String|JsonObject|JsonElement)>)|[rR]eader\w*\.ReadToEnd(?:Async)?\(|\bRequest\.Body\b[^\n]*ReadToEnd|ReadFromJsonAsync|\brequest\.(?:raw_post|body\.read)|\$request->(?:all\(\)|getContent\(|post\(\)|toArray\(\)|json\(\)|getParsedBody\()|php:\/\/input/
/** Types that hold a body with all its fields, and write them out. */
const AS_IT_ARRIVED =
  /\b(?:String|string|JsonNode|JSONObject|JsonObject|JsonElement|JsonDocument|JObject|Map|HashMap|MultiValueMap|dynamic|Any|byte)\b/
const GO_BODY =
  /^(?:io|ioutil)\.ReadAll\([^\n]*\b(?:r|req|request|Request(?:\(\))?)\.Body\b|^(?:webhook|stripewebhook)\.ConstructEvent\w*\(|^github\.(?:ParseWebHook|ValidatePayload)\(|^c(?:tx)?\.(?:GetRawData|Body|BodyRaw)\(\)/

/** A credential that is written to a log as it is. */
export const secretLogged: Judgement = {
  names: ['value', 'log'],
  judge: (view) =>
    atEach(factsOf(view.file, 'log-call'), (fact) => {
      const value =
        loggedValues(fact).find(
          (one) =>
            opens(view, one) ||
            isMadeOfSecret(view, fact, one) ||
            provesCaller(view, fact, one) ||
            isBearer(view, fact, one) ||
            carriesSecret(view, fact, one) ||
            isOpenRecord(view, fact, one) ||
            (isWholeBody(view, fact, one) && NAMES_SECRETS.test(surroundings(view.file, fact))),
        ) ?? wholeFailure(view, fact)
      if (value === undefined || redacts(view, fact) || isPrinted(view, fact)) return []
      if (isAskedFor(view.file, fact, value) || isOfNobody(view.file, fact, value)) return []
      if (opensNothing(view, fact, value)) return []
      if (NAMES_SETTINGS.test(fact.args[0] ?? '') || namesAccount(fact, value)) return []
      return [observe(view, fact, { names: { value, log: fact.captures['callee'] ?? '' } })]
    }),
}

function opensNothing(view: View, fact: Fact, value: string): boolean {
  return isGivenOut(view, value) || isOfSigned(view, fact, value)
}

/** Headers of a delivery whose sender signs it: a signature opens nothing. */
function isOfSigned(view: View, fact: Fact, value: string): boolean {
  if (!/^(?:req|request)\.(?:raw)?[hH]eaders$/.test(value)) return false
  return webhookHandlers(view).some(
    ({ provider, spans }) =>
      provider?.signsWebhooks === true &&
      provider.signatureHeader !== null &&
      spans.some((span) => within(fact, span)),
  )
}

/** The function says that what arrives holds credentials or accounts: a rule for a field, or a list of fields. */
const NAMES_SECRETS =
  /["':]\b(?:\w*password|api_?token|access_?token|refresh_?token|client_?secret|api_?key|iban|ssn|card_?number|cvv|cvc|account_?number)\b|\b(?:with|of|contains?|holds)\s[^\n]{0,80}\b(?:passwords?|api_?tokens?|iban|ssn|secrets?)\b/i

/** `Config key %q is deprecated`: what follows is the name of a setting, not its value. */
const NAMES_SETTINGS =
  /\b(?:config(?:uration)?|env(?:ironment)?|settings?)\s(?:key|variable|option)s?\b/i

/** Where credentials are kept or whose they are: `(account: {}, …)`, `credential source %s`. */
const OF_ACCOUNT =
  /\baccount:|\bcredentials?\s(?:definition|source|reference|name|type|provider)\b/i

/** Whether what is called credentials is only their name, as the line itself says. */
function namesAccount({ args }: Fact, value: string): boolean {
  return /^credentials?$/.test(value) && OF_ACCOUNT.test(args[0] ?? '')
}

/** A name that says little, and that the same function sends as `Bearer`. */
function isBearer({ file }: View, fact: Fact, value: string): boolean {
  if (!/^[$@]?(?:token|jwt|bearer|key)$/i.test(value)) return false
  const sent = new RegExp(
    `\\bBearer[\\s"'+.,#$%{}()sv@]{0,12}${RegExp.escape(value.replace(/^[$@]/, ''))}\\b`,
  )
  return sent.test(surroundings(file, fact))
}

/** Objects of languages with types write no fields unless their classes say so. */
function isMadeOfSecret(view: View, fact: Fact, value: string): boolean {
  return !TYPED.has(fact.language) && holdsSecret(view, fact, value)
}

const TYPED: ReadonlySet<Language> = new Set(['java', 'kotlin', 'csharp'])

/** Whether a value is a credential: a token may also be a place in a list. */
function opens({ file }: View, value: string): boolean {
  if (!(TYPED.has(file.language) ? isTypedSecret(value) : isSecret(value))) return false
  if (!/^\w*token$/i.test(value)) return true
  const place = '(?:sync|page|next|continuation|cursor)_?token'
  const read = new RegExp(
    `${place}\\w{0,60}\\(\\s{0,20}${value}\\b|\\b${value}\\b[^\\n]{0,40}${place}`,
    'i',
  )
  return !read.test(file.text)
}

/** Whether the logger is made, here or where it is imported from, with a list of what it removes. */
function redacts(view: View, fact: Fact): boolean {
  const root = (fact.captures['callee'] ?? '').split('.')[0] ?? ''
  const imported = importsOf(view.file).find((one) => one.local === root)
  const home = imported === undefined ? null : fileOfImport(view.code, view.file, imported)
  return /\b(?:redact|censor)\w*\s*[:=(]/i.test((home ?? view.file).text)
}

/** The whole body of a webhook in a log: what other people's customers entered. */
export const payloadLogged: Judgement = {
  names: ['value', 'log', 'handler'],
  judge: (view) =>
    webhookHandlers(view)
      .filter((handler) => !isOfCodes(handler) && !isOfSettings(handler))
      .flatMap((handler) =>
        factsOf(view.file, 'log-call')
          .filter(
            (fact) => handler.spans.some((span) => within(fact, span)) && !isForDevelopers(fact),
          )
          .flatMap((fact) => {
            const value = loggedValues(fact).find((one) => isPayload(view, fact, one))
            if (value === undefined || isOfOwnCloud(handler, fact)) return []
            const names = { value, log: fact.captures['callee'] ?? '', handler: handler.label }
            return [observe(view, fact, { provider: handler.provider, names })]
          }),
      ),
}

/** Plaid sends ids and codes alone: https://plaid.com/docs/api/webhooks/ */
function isOfCodes({ label, provider }: WebhookHandler): boolean {
  return provider?.id === 'plaid' || /plaid/i.test(label)
}

const KEEPS_WEBHOOK =
  /^(?:create|update|edit|save|register|add|test|rotate)_?web_?hooks?(?:_?(?:config|subscription|endpoint|settings?))?$/i
const SIGNED_IN =
  /@(?:\w+\.)*(?:require\w*(?:auth|login|user)|(?:login|auth|jwt|token)_required|require_permissions?|jwt_required|PreAuthorize|UseGuards|Authorize)\w*|\[Authorize\b/i

/** Somebody who is signed in sets up a webhook of the application's own: nobody delivers that. */
function isOfSettings({ fact, text }: WebhookHandler): boolean {
  return KEEPS_WEBHOOK.test(fact.captures['name'] ?? '') && SIGNED_IN.test(text)
}

/** What the own account of a cloud says about its work; about mail it names people. */
function isOfOwnCloud({ label, text }: WebhookHandler, fact: Fact): boolean {
  const isTopic = /(?:^|[^a-z])sns(?:[^a-z]|$)/i.test(`${label} ${fact.text}`)
  return isTopic && !/(?:^|[^a-z])ses(?:[^a-z]|$)|bounce|complain|mail/i.test(`${label} ${text}`)
}

/** Frameworks of these languages leave these lines out unless somebody asks for them. */
function isForDevelopers({ language, captures }: Fact): boolean {
  return (TYPED.has(language) || language === 'go') && /debug$/i.test(captures['callee'] ?? '')
}

/** What a framework calls the body of a request, where nothing else has the name. */
function isWholeBody({ file }: View, fact: Fact, value: string): boolean {
  if (RAILS_PARAMS.test(value)) return fact.language === 'ruby'
  if (!PAYLOAD.test(value)) return false
  const root = /^(?:await\s+)?(\w+)/.exec(value)?.[1] ?? ''
  return !assignedTo(surroundings(file, fact), root).some((given) => ASKS.test(given))
}

function isPayload(view: View, fact: Fact, value: string): boolean {
  if (isWholeBody(view, fact, value)) return true
  if (!NAME.test(value) || isScript(fact.language) || isPython(view.file)) return false
  if (isBodyParameter(view, fact, value)) return true
  // `"body=" + body` gives it nothing.
  const given = assignedTo(surroundings(view.file, fact), value).filter((one) => !/^["']/.test(one))
  const reads = fact.language === 'go' ? GO_BODY : READS_BODY
  return given.length > 0 && given.every((one) => reads.test(one) && !PART.test(one))
}

/** A parameter that a framework fills with the body: as it arrived, or written out with its fields. */
function isBodyParameter({ file }: View, fact: Fact, value: string): boolean {
  const named = new RegExp(`(?:\\b${RegExp.escape(value)}$|\\b${RegExp.escape(value)}\\s*:)`)
  const around = functionAround(file, fact)
  const whole = fact.language === 'csharp' && /\{@\w/.test(fact.args[0] ?? '')
  return factsOf(file, 'body-read').some(
    (read) =>
      read.captures['form'] === 'parsed' &&
      around !== null &&
      functionAround(file, read)?.start === around.start &&
      named.test(read.text) &&
      (whole || AS_IT_ARRIVED.test(read.text)),
  )
}

/** Where a print is read by the person who asked for it. */
const CONSOLE = /\.rake$|(?:^|\/)(?:tasks|scripts?|bin|seeds?|cli|console)\//

const PRINTS =
  /^(?:print|console\.(?:log|info)|Console\.Write(?:Line)?|System\.out\.print(?:ln|f)?)$/
/** A program that reads the words it was started with, or declares its commands. */
const IS_STARTED =
  /\bprocess\.argv\b|\bCommandLineApplication\b|\bRootCommand\b|\(BaseCommand\):|@click\.command\b|\btyper\.Typer\(|\bpicocli\b/
/** One that stays, or is taken into another. */
const STAYS =
  /\.listen\(|\bcreateServer\(|\bsetInterval\(|\bcron\b|\bconsum\w{0,10}\b|\bmodule\.exports\b|^export\b|\bWebApplication\b|\bBackgroundService\b/m

function isPrinted({ file }: View, { language, captures, path }: Fact): boolean {
  const callee = captures['callee'] ?? ''
  if (PRINTS.test(callee)) return isRunByHand(file) || isProgram(file)
  return language === 'ruby' && /^\w+$/.test(callee) && CONSOLE.test(path)
}

function isProgram(file: CodeFile): boolean {
  const code = codeOnly(file.text, file.language)
  return IS_STARTED.test(code) && !STAYS.test(code)
}
