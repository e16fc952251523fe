import type { CallUnit } from '#core/matrix/call-unit'
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
  /\bmethod["']?\s*(?::|=>|=)\s*["'`:]?(\w+)|\bNewRequest(?:WithContext)?\(\s*(?:\w+\s*,\s*)?(?:["'`](\w+)|http\.Method(\w+))|\bHttpMethod\.(\w+)|\bMethod::(\w+)|\.(GET|POST|PUT|PATCH|DELETE)\(|CURLOPT_CUSTOMREQUEST\s*(?:=>|,)\s*["'](\w+)|\brequest\(\s*["'`](\w+)["'`]|Net::HTTP::(Get|Post|Put|Patch|Delete|Head)\b/i
const CURL_POST = /\bCURLOPT_POST(?:FIELDS)?\b/
/** Functions that read when nobody says otherwise. */
const READS_BY_DEFAULT =
  /^(?:fetch|axios|got|ky|curl_exec|urlopen|file_get_contents|request|ofetch|\$fetch)$/
const HAS_BODY = /\b(?:body|data|json|form)\s*[:=]/

/** What a request does, by its verb or the method that it names. */
export function effectOf({ request, regions, around, file }: CallUnit): Effect {
  const last = request.steps.findLast(({ name }) => name !== '')?.name ?? ''
  const own = regions.filter(({ role }) => role === 'call')
  const named = methodIn(own.map(textOf).join('\n'))
  if (named !== null) return effectOfVerb(named)
  const verbs = request.steps.filter(({ called }) => called).map(({ name }) => name)
  for (const verb of verbs) {
    const effect = effectOfVerb(verb.replace(/_?async$/i, ''))
    if (effect !== 'unknown') return effect
  }
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

function effectOfVerb(verb: string): Effect {
  if (ADDS.test(verb)) return 'changes'
  if (READS.test(verb)) return 'reads'
  if (REPLACES.test(verb)) return 'replaces'
  return CHANGES.test(verb) ? 'changes' : 'unknown'
}
