import type { Fact } from '#core/facts/fact'
import { type Step, stepsOf } from '#core/inventory/callee'
import type { Names } from '#core/inventory/names'
import type { Bound } from '#core/inventory/own-names'
import type { Party } from '#core/inventory/party'
import { type CodeFile, factsOf } from '#core/rules/code'

/** A call that leaves the process, with all calls of its chain: `client.post(url).json(x).send()`. */
export interface Request {
  readonly fact: Fact
  readonly steps: readonly Step[]
  readonly party: Party
  /** How the first name came to stand for the party; null for a global function or constant. */
  readonly bound: Bound | null
  /** The arguments of every call of the chain. */
  readonly args: readonly string[]
}

/** What a request is called by, from its first name up to what sends it. */
export function requestName({ steps }: Pick<Request, 'steps'>): string {
  const end = steps.findIndex(
    ({ name, called }, index) =>
      called && index > 0 && (HTTP_VERB.test(name) || REQUEST_VERB.test(name)),
  )
  return steps
    .slice(0, end < 0 ? steps.length : end + 1)
    .map(({ name }) => name)
    .join('.')
}

/** Functions that need no import. */
const GLOBAL_HTTP =
  /^(?:fetch|curl_exec|curl_multi_exec|wp_(?:safe_)?remote_\w+|urlopen|file_get_contents|UrlFetchApp)$/
/** Functions of HTTP libraries that are called by themselves. */
const HTTP_FUNCTION =
  /^(?:\w*[Ff]etch|axios|got|ky|request|needle|superagent|ofetch|wretch|get|post|put|patch|delete|head|urlopen|curl_(?:multi_)?exec|wp_(?:safe_)?remote_\w+|file_get_contents|stream)$/
const GLOBAL_MAIL = /^(?:mail|wp_mail)$/

const HTTP_VERB =
  /^(?:get|post|put|patch|delete|del|head|options|request|fetch|stream|send|do|execute|exchange|retrieve|query|mutate|submit|call|open|start|get_response|post_form|urlopen|ws_connect|connect|download|upload|newCall|perform|run|run_request|invoke|PostForm|SendRequest)(?:_?(?:async|json|form|string|stream|bytes|body|for_?object|for_?entity|byte_?array|as_?json|from_?json|with_?body))*$/i
/** What makes, tunes or reads, and sends nothing. */
const NOT_A_REQUEST =
  /^(?:on|once|off|use|set\w*|with[A-Z_]\w*|configure\w*|config|init\w*|builder|build|create_?(?:client|instance|session|default|connection(?:_?string)?|channel|sender|receiver|processor|producer|consumer|logger|mime_?message|message|listener\w*)(?:_?async)?|new|New\w*|of|parse\w*|from[A-Z]\w*|from_\w+|to[A-Z_]\w*|is[A-Z_]\w*|has[A-Z_]\w*|as[A-Z_]\w*|add_?(?:handler|interceptor|listener|middleware|breadcrumb)\w*|then|catch|finally|map|filter|forEach|reduce|join|toString|equals|hashCode|close|shutdown|dispose|destroy|disconnect|getLogger|stringify|encode\w*|decode\w*|format|bind|apply|default\w*|extend\w*|instance|factory|register\w*|mock\w*|isAxiosError|CancelToken|getInstance|name|keys|values|entries|items|size|length|empty|isEmpty|contains|include|includes|push|pop|sign|unwrap\w*|expect|clone|await|into|is_ok|is_err|ok|err|error|try_from|default|raise_for_status|errorf?|Errorf?|wrap|print\w*|log|create_?transport|create\w*(?:config|provider)|get\w*(?:properties|config\w*|options|settings)|generate\w*keys?|producer|consumer|admin|bucket|topic|subscription|queue|container|sender|receiver|publisher|subscriber)$/i
/** SDKs are called by verbs; in languages with types a noun is a getter. */
const REQUEST_VERB =
  /^(?:get|list|create|update|delete|remove|send|post|put|patch|fetch|retrieve|search|query|upload|download|publish|add|cancel|capture|confirm|refund|charge|transfer|pay|invite|submit|execute|request|call|invoke|run|generate|complete|embed|start|stop|sync|push|pull|copy|head|find|lookup|verify|validate|subscribe|unsubscribe|track|identify|read|write|save|insert|upsert|describe|batch|bulk|poll|receive|ack|consume|produce|login|authorize|authenticate|exchange|issue|revoke|refresh|attach|detach|approve|reject|assign|convert|translate|detect|scan|index|notify|alert|trigger|emit|enqueue|dispatch|deliver|reply|join|leave|open|subscribe|do|perform|basic_?|construct_?event|load|import|export|store|commit|merge|close)[A-Z_\w]*$/i
const TYPED: ReadonlySet<string> = new Set(['java', 'kotlin', 'csharp', 'rust', 'go', 'php'])
/** What only reports on the program itself is no row of its own for each report. */
const SET_UP = /^(?:init|configure|setup|start|set_?up|use_?sentry|NewClient)$/i

/** The calls of a file that go to another system, in the order of the text; one for a chain. */
export function requestsOf(file: CodeFile, names: Names): readonly Request[] {
  const chains = Map.groupBy(factsOf(file, 'call'), ({ start }) => start)
  const made = new Map(factsOf(file, 'client-construction').map((fact) => [fact.start, fact.end]))
  return [...chains.values()].flatMap((calls) => {
    const fact = calls.reduce((a, b) => (b.end > a.end ? b : a))
    const steps = stepsOf(fact.captures['callee'] ?? '').map((step, index, all) =>
      index === all.length - 1 ? { ...step, called: true } : step,
    )
    // Making a client sends nothing, unless the chain goes on from there.
    if ((made.get(fact.start) ?? -1) >= fact.end && !sendsParams(fact, steps)) return []
    const found = partyOfSteps(steps, fact, names)
    if (found === null || !isRequest(steps, found, fact, file)) return []
    return [{ fact, steps, ...found, args: calls.flatMap(({ args }) => args) }]
  })
}

/** stripe-go calls every request by its resource and `New`: `customer.New(params)`. */
function sendsParams({ args }: Fact, steps: readonly Step[]): boolean {
  return steps.length === 2 && steps[1]?.name === 'New' && /params/i.test(args[0] ?? '')
}

type Found = Pick<Request, 'party' | 'bound'> & { readonly skipped: number }

/** Whom the first names of a chain lead to. */
function partyOfSteps(steps: readonly Step[], fact: Fact, names: Names): Found | null {
  const [first, second] = steps
  if (first === undefined) return null
  const bound = lookUp(first, fact.line, names)
  if (bound !== null) return { party: bound.party, bound, skipped: 0 }
  if (steps.length === 1) {
    const role = roleOfGlobal(first.name)
    return role === null
      ? null
      : { party: { kind: 'library', id: first.name, role }, bound, skipped: 0 }
  }
  const qualified =
    second === undefined ? [] : [`${first.name}::${second.name}`, `${first.name}\\${second.name}`]
  const party = [...qualified, first.name.replace(/^\\/, '')].reduce<Party | null>(
    (known, path) => known ?? (isGlobal(path, fact) ? names.module(path) : null),
    null,
  )
  if (party !== null) return { party, bound: null, skipped: 0 }
  const mixedIn = names.mixedIn(first.name)
  if (mixedIn !== null) return { party: mixedIn, bound: null, skipped: 0 }
  // `s.client.Do`: the receiver says nothing, its field does.
  const field =
    second === undefined || steps.length < 3 ? null : names.findField(second.name, fact.line)
  if (field === null) return null
  return { party: field.party, bound: field, skipped: 1 }
}

/** Names that need no import: constants and classes; in Rust every crate. */
const isGlobal = (path: string, { language }: Fact) => language === 'rust' || /^[A-Z\\]/.test(path)

function lookUp(step: Step, line: number, names: Names): Bound | null {
  // A property of Python or Ruby is a function that nobody seems to call.
  const [first, second] = step.called
    ? [`${step.name}()`, step.name]
    : [step.name, `${step.name}()`]
  return names.find(first, line) ?? names.find(second, line)
}

function roleOfGlobal(name: string): Party['role'] | null {
  if (GLOBAL_HTTP.test(name)) return 'http'
  return GLOBAL_MAIL.test(name) ? 'mail' : null
}

/** Classes that are filled in, tuned or looked up, whatever is called on them. */
const DATA_ROOT =
  /(?:Credentials?|Provider|ProviderChain|Config\w*|Regions?|Builder|Factory|Options|Params|Types?|Utils?|Helper|Exception|Error|Converter|Parser|Serializer|Mapper|Level|Status|Headers?|Id)$/
/** Classes of HTTP libraries that speak by themselves. */
const SPEAKS =
  /^(?:Unirest|Jsoup|Fuel|\w*Http\w*|\w*Client|Request|Faraday|HTTParty|RestClient|Excon|Typhoeus|Net|HTTP|URI|Down)$/
const ORM = /^(?:objects|query|filter|exclude|count)$/
const MAIL_VERB =
  /send|deliver|transmit|append|fetch|search|select|login|xoauth|authenticate|store|move|copy|flag|delete|expunge|idle|list|uids?|noop|status|mail/i
const OAUTH_VERB =
  /token|authori[sz]|exchange|refresh|user_?info|code|login|log_?out|callback|metadata|discover|credentials|revoke|introspect|grant|consent|assertion|saml|scope/i

function isRequest(steps: readonly Step[], found: Found, fact: Fact, file: CodeFile): boolean {
  const [root, ...all] = steps
  const rest = all.slice(found.skipped)
  const last = rest.at(-1) ?? root
  if (root === undefined || last === undefined || /log(?:ger)?s?$/i.test(root.name)) return false
  if (sendsParams(fact, steps)) return found.party.role === 'sdk'
  switch (found.party.role) {
    case 'monitoring':
      return SET_UP.test(last.name)
    case 'http':
      return isHttpRequest(root, rest, found.bound, file)
    case 'mail':
      return MAIL_VERB.test(last.name) && isSdkRequest(root, rest, found.bound, file)
    case 'oauth':
      if (!OAUTH_VERB.test(last.name) || rest.some(({ name }) => ORM.test(name))) return false
      return isSdkRequest(root, rest, found.bound, file)
    default:
      return isSdkRequest(root, rest, found.bound, file)
  }
}

const isStatic = (bound: Bound | null) => bound === null || bound.origin === 'import'

function isSdkRequest(
  root: Step,
  rest: readonly Step[],
  bound: Bound | null,
  file: CodeFile,
): boolean {
  const last = rest.at(-1)
  if (last === undefined) return bound?.origin === 'import' && REQUEST_VERB.test(root.name)
  if (isStatic(bound) && /^[A-Z]/.test(root.name) && DATA_ROOT.test(root.name)) return false
  const called = rest.filter((step) => step.called).map(({ name }) => name)
  if (called.every((name) => NOT_A_REQUEST.test(name))) return false
  if (file.language === 'rust' && /^[A-Z]/.test(last.name)) return false
  if (TYPED.has(file.language)) {
    return called.some((name) => REQUEST_VERB.test(name) && !NOT_A_REQUEST.test(name))
  }
  const isClient = bound !== null && bound.origin !== 'import'
  return isClient || rest.length > 1 || REQUEST_VERB.test(last.name)
}

const SENDS = /^(?:send\w*|execute|call|fetch|stream)$/

/** The first thing that is called decides: `res.headers.get(…)` asks nobody. */
function isHttpRequest(
  root: Step,
  rest: readonly Step[],
  bound: Bound | null,
  file: CodeFile,
): boolean {
  const isClass = isStatic(bound) && TYPED.has(file.language) && /^[A-Z]/.test(root.name)
  if (isClass && !SPEAKS.test(root.name)) return false
  if (rest.length === 0) return isStatic(bound) && HTTP_FUNCTION.test(root.name)
  const called = rest.filter((step) => step.called).map(({ name }) => name)
  const between = rest.findIndex((step) => step.called)
  if (between < 0 || between > 2 || !called.some((name) => HTTP_VERB.test(name))) return false
  // What Rust only puts together is sent somewhere else; `reqwest::get` sends by itself.
  const alone = isStatic(bound) && rest.length === 1 && called[0] === 'get'
  if (file.language === 'rust' && !alone && !called.some((name) => SENDS.test(name))) return false
  // `Http::withToken(…)->post(…)`, `client.post(url).json(x).send()`: any verb of the chain.
  return between === 0 || bound?.origin !== 'type'
}
