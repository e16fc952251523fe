import { type Hit, hitAt } from '#core/filter/hit'
import type { CodeLine } from '#core/filter/read-lines'

/** Where the other system is: an address behind a key that says whose it is. */
const ADDRESS =
  /^\s*-?\s*["']?(?:links?|(?:site|base|server|api|login|search|root|host|endpoint|request|token|auth(?:orization)?)?[-_]?(?:url|uri|base|endpoint)s?|endpoints?|hosts?|servers?)["']?\s*:\s*["']?(?:https?:\/\/(?!localhost)|$)/i
const URL_ITEM = /^\s*-?\s*["']?https?:\/\/(?!localhost)|:\s*["']?https?:\/\/(?!localhost)/
/** The same where whoever uses the description brings the address: `url: ^_^path^_^`, `{{host}}`. */
const OPEN_ADDRESS =
  /^\s*-?\s*["']?(?:url|uri|base_?url|host|endpoint)["']?\s*:\s*["']?(?:https?:\/\/)?(?:\^_\^|\{\{|\$\{|<%|%\()/i
const METHOD = /^\s*-?\s*["']?method["']?\s*:\s*["']?(?:GET|POST|PUT|PATCH|DELETE)\b/
/** What is said of a request and of its answer, each a hint of its own. */
const REQUEST: readonly RegExp[] = [
  key('log_?in|auth(?:entication|enticator|orization)?|credentials|api_?key|oauth2?'),
  key('headers|cookies'),
  key('method|verb'),
  key('paths?|request|requester|inputs|query|params|parameters|body'),
  key(
    'response|selectors?|fields|rows|record_selector|pagination|paginator|parse_?(?:type|script)',
  ),
]
/** As many of them as make up a description of how another system is asked. */
const ENOUGH = 3
/** A description is short; longer files are data. */
const MAX_LINES = 3_000

function key(names: string): RegExp {
  return new RegExp(`^\\s*(?:-\\s*)?["']?(?:${names})["']?\\s*:`, 'i')
}

/** A file that describes, without code, how to ask another system and what to read in its answer. */
export function declaredClient(lines: readonly CodeLine[]): readonly Hit[] {
  if (lines.length > MAX_LINES) return []
  const isOpen = lines.some(({ text }) => METHOD.test(text))
  const address = lines.find(
    ({ text }, at) =>
      isAddress(text, lines[at + 1]?.text ?? '') || (isOpen && OPEN_ADDRESS.test(text)),
  )
  if (address === undefined) return []
  const told = REQUEST.filter((one) => lines.some(({ text }) => one.test(text))).length
  if (told < ENOUGH) return []
  const detail = 'the description of requests to another system'
  return [hitAt(address, { signal: 'configuration', detail, weight: 0.6, reach: 'file' })]
}

const isAddress = (text: string, next: string) =>
  ADDRESS.test(text) && (URL_ITEM.test(text) || URL_ITEM.test(next))
