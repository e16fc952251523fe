import type { Fact } from '#core/facts/fact'
import { type Step, stepsOf } from '#core/inventory/callee'
import type { Bound, Names } from '#core/inventory/names'
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

/** Functions that need no import. */
const GLOBAL_HTTP =
  /^(?:fetch|curl_exec|curl_multi_exec|wp_(?:safe_)?remote_\w+|urlopen|file_get_contents|UrlFetchApp)$/
const GLOBAL_MAIL = /^(?:mail|wp_mail)$/

const HTTP_VERB =
  /^(?:get|post|put|patch|delete|del|head|options|request|fetch|stream|send|do|execute|exchange|retrieve|query|mutate|submit|call|open|start|get_response|post_form|urlopen|ws_connect|connect|download|upload|newCall|perform|run|invoke|PostForm|SendRequest)(?:_?(?:async|json|form|string|stream|bytes|body|for_?object|for_?entity|byte_?array|as_?json|from_?json|with_?body))*$/i
/** What makes, tunes or reads, and sends nothing. */
const NOT_A_REQUEST =
  /^(?:on|once|off|use|set\w*|with[A-Z_]\w*|configure\w*|config|init\w*|builder|build|create_?(?:client|instance|session|default|connection_?string)|new|New\w*|of|parse\w*|from[A-Z]\w*|from_\w+|to[A-Z_]\w*|is[A-Z_]\w*|has[A-Z_]\w*|as[A-Z_]\w*|add_?(?:handler|interceptor|listener|middleware|breadcrumb)\w*|then|catch|finally|map|filter|forEach|reduce|join|toString|equals|hashCode|close|shutdown|dispose|destroy|disconnect|getLogger|stringify|encode\w*|decode\w*|format|bind|apply|default\w*|extend\w*|instance|factory|register\w*|mock\w*|isAxiosError|CancelToken|getInstance|name|keys|values|entries|items|size|length|empty|isEmpty|contains|include|includes|push|pop|sign|unwrap\w*|expect|clone|await|into|is_ok|is_err|ok|err|error|try_from|default|raise_for_status|errorf?|Errorf?|wrap|print\w*|log)$/i
/** SDKs are called by verbs; in languages with types a noun is a getter. */
const REQUEST_VERB =
  /^(?:get|list|create|update|delete|remove|send|post|put|patch|fetch|retrieve|search|query|upload|download|publish|add|cancel|capture|confirm|refund|charge|transfer|pay|invite|submit|execute|request|call|invoke|run|generate|complete|embed|start|stop|sync|push|pull|copy|head|find|lookup|verify|validate|subscribe|unsubscribe|track|identify|read|write|save|insert|upsert|describe|batch|bulk|poll|receive|ack|consume|produce|login|authorize|authenticate|exchange|issue|revoke|refresh|attach|detach|approve|reject|assign|convert|translate|detect|scan|index|notify|alert|trigger|emit|enqueue|dispatch|deliver|reply|join|leave|open|subscribe|do|perform|load|import|export|store|commit|merge|close)[A-Z_\w]*$/i
const TYPED: ReadonlySet<string> = new Set(['java', 'kotlin', 'csharp', 'rust', 'go', 'php'])
/** What only reports on the program itself is no row of its own for each report. */
const SET_UP = /^(?:init|configure|setup|start|set_?up|use_?sentry|NewClient)$/i

/** The calls of a file that go to another system, in the order of the text; one for a chain. */
export function requestsOf(file: CodeFile, names: Names): readonly Request[] {
  const chains = Map.groupBy(factsOf(file, 'call'), ({ start }) => start)
  const made = new Map(factsOf(file, 'client-construction').map((fact) => [fact.start, fact.end]))
  return [...chains.values()].flatMap((calls) => {
    const fact = calls.reduce((a, b) => (b.end > a.end ? b : a))
    // Making a client sends nothing, unless the chain goes on from there.
    if ((made.get(fact.start) ?? -1) >= fact.end) return []
    const steps = stepsOf(fact.captures['callee'] ?? '').map((step, index, all) =>
      index === all.length - 1 ? { ...step, called: true } : step,
    )
    const found = partyOfSteps(steps, fact, names)
    if (found === null || !isRequest(steps, found, file)) return []
    return [{ fact, steps, ...found, args: calls.flatMap(({ args }) => args) }]
  })
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
    (known, path) => known ?? (/^[A-Z\\]/.test(path) ? names.module(path) : null),
    null,
  )
  if (party !== null) return { party, bound: null, skipped: 0 }
  // `s.client.Do`: the receiver says nothing, its field does.
  const field = second === undefined || steps.length < 3 ? null : lookUp(second, fact.line, names)
  if (field === null || field.origin === 'import') return null
  return { party: field.party, bound: field, skipped: 1 }
}

function lookUp(step: Step, line: number, names: Names): Bound | null {
  return names.find(step.called ? `${step.name}()` : step.name, line) ?? names.find(step.name, line)
}

function roleOfGlobal(name: string): Party['role'] | null {
  if (GLOBAL_HTTP.test(name)) return 'http'
  return GLOBAL_MAIL.test(name) ? 'mail' : null
}

function isRequest(
  steps: readonly Step[],
  { party, bound, skipped }: Found,
  file: CodeFile,
): boolean {
  const [root, ...all] = steps
  const rest = all.slice(skipped)
  const last = rest.at(-1) ?? root
  if (last === undefined) return false
  if (party.role === 'monitoring') return SET_UP.test(last.name)
  if (party.role === 'http') return isHttpRequest(root, rest, bound)
  if (rest.length === 0) return bound?.origin === 'import' && REQUEST_VERB.test(last.name)
  if (
    rest.some(({ name, called }) => called && NOT_A_REQUEST.test(name)) &&
    NOT_A_REQUEST.test(last.name)
  )
    return false
  if (TYPED.has(file.language))
    return rest.some(({ name, called }) => called && REQUEST_VERB.test(name))
  return rest.length > 1 || REQUEST_VERB.test(last.name)
}

/** The first thing that is called decides: `res.headers.get(…)` asks nobody. */
function isHttpRequest(
  root: Step | undefined,
  rest: readonly Step[],
  bound: Bound | null,
): boolean {
  if (root === undefined) return false
  const called = rest.filter((step) => step.called)
  const [first] = called
  if (first === undefined || rest.length === 0) return true
  // `Http::withToken(…)->post(…)`, `client.post(url).json(x).send()`: any verb of the chain.
  if (root.called || first !== rest[0]) {
    const between = rest.indexOf(first)
    if (between > 2) return false
    return (
      called.some(({ name }) => HTTP_VERB.test(name)) && (between === 0 || bound?.origin !== 'type')
    )
  }
  return called.some(({ name }) => HTTP_VERB.test(name))
}
