import type { CallUnit } from '#core/matrix/call-unit'
import { isReadByBrackets } from '#core/matrix/climb'
import { codeOf, textOf } from '#core/matrix/region'

/**
 * What a request does on the other side. `reads` and `replaces` can be repeated without harm by what
 * HTTP says of their methods (https://www.rfc-editor.org/rfc/rfc9110#section-9.2.2), `changes`
 * cannot.
 */
export type Effect = 'reads' | 'replaces' | 'changes' | 'unknown'

const READS =
  /^(?:get|head|options|list|retrieve|search|query|find|lookup|describe|count|exists|download|read|select|fetch_?all|list_?all|get\w*|list\w*|retrieve\w*|search\w*|describe\w*|find\w*|download\w*|head_?\w*|receive\w*|poll\w*|verify\w*|validate\w*|check\w*)$/i
const REPLACES =
  /^(?:put|delete|destroy|del|remove|upsert|put\w*|delete\w*|remove\w*|upsert\w*|archive\w*|cancel\w*)$/i
const CHANGES =
  /^(?:post|patch|create|charge|refund|capture|send|publish|transfer|pay|submit|add|insert|update|enqueue|produce|emit|track|invite|issue|notify|create\w*|send\w*|publish\w*|post\w*|update\w*|add\w*|submit\w*|charge\w*|refund\w*|capture\w*|transfer\w*|pay\w*|notify\w*|enqueue\w*|emit\w*|upload\w*|copy\w*|write\w*|issue\w*)$/i
/** These add to what is there, whatever their names say; stripe-go creates by `New`. */
const ADDS =
  /^(?:New|put_?(?:records?|events|log_?events|metric_?data|record_?batch)|Put(?:Records?|Events|LogEvents|MetricData|RecordBatch))$/

/** A method that is named where the function has no verb of its own. */
const NAMED =
  /\bmethod["']?\s*(?::|=>|=)\s*["'`:]?(\w+)|\bNewRequest(?:WithContext)?\(\s*(?:\w+\s*,\s*)?(?:["'`](\w+)|http\.Method(\w+))|\bHttpMethod\.(\w+)|\bMethod::(\w+)|\brequest\(\s*["'`](\w+)["'`]/i
const CURL_POST = /\bCURLOPT_POST(?:FIELDS)?\b/
/** Functions that read when nobody says otherwise. */
const READS_BY_DEFAULT =
  /^(?:fetch|axios|got|ky|curl_exec|urlopen|file_get_contents|request|ofetch|\$fetch)$/
const HAS_BODY = /\b(?:body|data|json|form)\s*[:=]/

/** What a request does, by its verb or the method that it names. */
export function effectOf(unit: CallUnit): Effect {
  const { request, regions, around, file } = unit
  if (isReadByBrackets(file)) return effectByChain(unit)
  const last = request.steps.findLast(({ name }) => name !== '')?.name ?? ''
  const own = regions.filter(({ role }) => role === 'call')
  const named = methodIn(own.map(textOf).join('\n'))
  if (named !== null) return effectOfVerb(named)
  const byVerb = effectOfCommand(own.map(codeOf).join('\n')) ?? effectOfSteps(request)
  if (byVerb !== 'unknown') return byVerb
  const inFunction =
    around === null
      ? null
      : methodIn(textOf({ role: 'function', file, start: around.start, end: around.end }))
  if (inFunction !== null && request.party.role === 'http') return effectOfVerb(inFunction)
  if (READS_BY_DEFAULT.test(last) && request.party.role === 'http') {
    const code = own.map(codeOf).join('\n')
    return HAS_BODY.test(code) && last === 'urlopen' ? 'changes' : 'reads'
  }
  return 'unknown'
}

function methodIn(text: string): string | null {
  if (CURL_POST.test(text)) return 'post'
  const match = NAMED.exec(text)
  return (
    match
      ?.slice(1)
      .find((one) => one !== undefined)
      ?.toLowerCase() ?? null
  )
}

/** Methods as they are named, where a chain such as `client.newCall(request).execute()` has no verb. */
const NAMED_METHOD =
  /\bmethod["']?\s*(?::|=>|=|\()\s*["':]?(\w+)|\b(?:HttpMethod|Method|RequestMethod|reqwest::Method)(?:::|\.)(\w+)|\.(GET|POST|PUT|PATCH|DELETE|HEAD)\(|CURLOPT_CUSTOMREQUEST\s*(?:=>|,)\s*["'](\w+)|(?:->|\.)(?:request|requestAsync|newRequest|createRequest|run_request|setRequestMethod)\(\s*[:"'](\w+)|\bNet::HTTP::(Get|Post|Put|Patch|Delete|Head)\b|\brequestMethod\s*=\s*"(\w+)"|\bHttp(Get|Post|Put|Patch|Delete|Head)\(|@(GET|POST|PUT|PATCH|DELETE|HEAD|GetMapping|PostMapping|PutMapping|DeleteMapping)\b|\bnew\s+\\?(?:\w+\\)*Request\(\s*["'](\w+)["']/
/** The builder of a request. */
const BUILT = /\.(get|post|put|patch|delete|head)\(/
/** Clients whose requests read unless a method or a body is set. */
const READS_UNLESS_TOLD =
  /^(?:okhttp3|java\.net\.http|curl_exec|curl_multi_exec|file_get_contents|wp_remote_get|open-uri|URI|java\.net)$/
const VERBS = /^(?:get|post|put|patch|delete|head|options|GET|POST|PUT|PATCH|DELETE|HEAD)(?![a-z])/

/** The verb of the chain, else the method that it is handed, else what the function names. */
function effectByChain(unit: CallUnit): Effect {
  const { request, regions } = unit
  const isHttp = request.party.role === 'http'
  const own = regions
    .filter(({ role }) => role === 'call')
    .map(textOf)
    .join('\n')
  const byVerb = isHttp ? effectOfMethods(request) : null
  if (byVerb !== null) return byVerb
  const named = methodNamed(own) ?? (isHttp ? BUILT.exec(own)?.[1] : undefined)
  if (named !== undefined) return effectOfVerb(named.toLowerCase().replace('mapping', ''))
  if (!isHttp) return effectOfSteps(request)
  const home = homeOf(unit)
  const inFunction = methodNamed(home)
  if (inFunction !== undefined) return effectOfVerb(inFunction.toLowerCase())
  const reads = READS_UNLESS_TOLD.test(request.party.id) && BUILDS_HERE.test(`${own}\n${home}`)
  return reads && !SETS_METHOD.test(home) ? 'reads' : 'unknown'
}

/** AWS SDKs are handed what to do: `client.send(new GetEmailIdentityCommand(…))`. */
const COMMAND = /\bnew\s+(?:\w+\.)?([A-Z]\w{2,60})Command\(/

function effectOfCommand(own: string): Effect | null {
  const name = COMMAND.exec(own)?.[1]
  return name === undefined ? null : effectOfVerb(name.charAt(0).toLowerCase() + name.slice(1))
}

/** The request is put together here, so that its method would be seen. */
const BUILDS_HERE =
  /\bRequest\s*\.\s*Builder\b|\bHttpRequest\.newBuilder\b|\bRequest\(|\bopenConnection\(|\bcurl_init\(|\bfile_get_contents\(|\bURI\b|\bopen\(/
const SETS_METHOD = /\.method\(|->method\(|CURLOPT_CUSTOMREQUEST|setRequestMethod/

/** What the first method among the names of a chain does; null where none is one. */
function effectOfMethods({ steps }: CallUnit['request']): Effect | null {
  for (const { name, called } of steps) {
    const method = called ? VERBS.exec(name)?.[0] : undefined
    const effect = method === undefined ? 'unknown' : effectOfVerb(method.toLowerCase())
    if (effect !== 'unknown') return effect
  }
  return null
}

/** What hands out a part of an SDK, and asks nobody: `getPaymentsApi()` before `createPayment()`. */
const HANDS_OUT = /^get_?\w*(?:api|apis|client|service|resource|manager|gateway|endpoint)s?$/i

/** The verb of a chain: the first that does something, what hands out a part of it aside. */
function effectOfSteps({ steps }: CallUnit['request']): Effect {
  const called = steps.filter((step) => step.called)
  const known = called
    .filter(({ name }, index) => index === called.length - 1 || !HANDS_OUT.test(name))
    .map(({ name }) => effectOfVerb(name.replace(/_?async$/i, '')))
  return known.find((one) => one !== 'unknown') ?? 'unknown'
}

/** The function around; for curl what it calls too, since options often have a method of their own. */
function homeOf({ request, regions, around, file }: CallUnit): string {
  const own =
    around === null
      ? []
      : [textOf({ role: 'function', file, start: around.start, end: around.end })]
  const helpers = /^curl_/.test(request.party.id)
    ? regions.filter(({ role }) => role === 'helper').map(textOf)
    : []
  return [...own, ...helpers].join('\n')
}

function methodNamed(text: string): string | undefined {
  if (CURL_POST.test(text)) return 'post'
  return NAMED_METHOD.exec(text)
    ?.slice(1)
    .find((one) => one !== undefined)
}

function effectOfVerb(verb: string): Effect {
  if (ADDS.test(verb)) return 'changes'
  if (READS.test(verb)) return 'reads'
  if (REPLACES.test(verb)) return 'replaces'
  return CHANGES.test(verb) ? 'changes' : 'unknown'
}
