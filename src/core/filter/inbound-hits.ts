import { type Hit, hitAt, type Sight } from '#core/filter/hit'
import type { CodeLine } from '#core/filter/read-lines'
import type { ImportLanguage } from '#core/providers/provider'

/** A path that others call: hooks, callbacks, what comes in from somebody. A part of `GET /x` too. */
const PLACE = String.raw`(?:(?:GET|POST|PUT|ANY)\s+)?[^'"\`\s]{0,80}?(?:webhooks?(?=[/_.'"\`{:<?)$-])|(?<![\w-])(?:hooks?|callbacks?|ipn|postbacks?)(?=[/_.'"\`{:<?)$])|(?<![\w-])(?:(?:incoming|notify)(?=/\w)|inbound(?=[/'"\`])))`
const QUOTED_PLACE = String.raw`\s*(?:(?:path|value|url|pattern|rule)\s*=\s*)?r?f?['"\`]\^?${PLACE}`

/** Objects that routes are told to; what calls others is named otherwise, or not told a handler. */
const ROUTER = String.raw`(?:\$?\w{0,40}(?:[rR]outer|[rR]outes?|[sS]erver|[aA]pp|[gG]roup|[mM]ux|[hH]ono|[fF]astify|[eE]ndpoints|[bB]lueprint|[sS]cope)|\b(?:r|g|e|bp|web|api|cfg|this\.(?:router|app|server)))`
const VERBS =
  '(?:get|post|put|all|any|use|route|mount|match|handle|register|nest|map|prefix|add_post|add_route|add_url_rule|add_api_route|add_resource|resource)'

interface Form {
  readonly pattern: RegExp
  readonly only?: readonly (ImportLanguage | null)[]
}

/** How frameworks write a route that others call. */
const FORMS: readonly Form[] = [
  form(String.raw`${ROUTER}(?:\(\))?(?:\.|->)${VERBS}\(${QUOTED_PLACE}`, 'i'),
  // Methods of servers alone.
  form(
    String.raw`(?:\.|->)(?:GET|POST|PUT|Any|ANY|Group|Handle|HandleFunc|Methods|MapPost|MapGet|MapMethods|MapGroup|Map|add_post|add_url_rule)\(${QUOTED_PLACE}`,
  ),
  form(
    String.raw`\bRoute::(?:post|get|any|match|prefix|resource|apiResource|group)\((?:\[[^\]]{0,60}\],)?${QUOTED_PLACE}`,
  ),
  form(String.raw`\.(?:nest|route|resource)\(${QUOTED_PLACE}`, '', ['rust']),
  form(String.raw`\bweb::(?:resource|scope)\(${QUOTED_PLACE}`, '', ['rust']),
  form(String.raw`\b(?:re_)?path\(${QUOTED_PLACE}|\burl\(${QUOTED_PLACE}`, '', ['python']),
  // Marks of a method or a class.
  form(
    String.raw`@(?:Post|Get|Put|All|Controller|WebServlet|Path|Route|\w{0,20}Mapping|(?:\w{1,30}\.)?(?:post|get|put|route|api_route))\(${QUOTED_PLACE}`,
  ),
  form(
    String.raw`[[,]\s*(?:Http(?:Post|Get|Put)|Route)\(${QUOTED_PLACE}|#\[(?:Route|post|get|put|Post|Get)\(${QUOTED_PLACE}`,
  ),
  form(String.raw`->(?:add|map|addRoute)\(\s*['"]POST['"],${QUOTED_PLACE}`, '', ['php']),
  form(String.raw`\bregister_rest_route\([^,]{1,60},${QUOTED_PLACE}`, '', ['php']),
  form(String.raw`\bRoute\s*=${QUOTED_PLACE}`, '', ['csharp']),
  // Words of a language for routes.
  form(
    String.raw`^\s*(?:post|get|match|any|put|route|scope|mount|resources?|namespace)\s*\(?${QUOTED_PLACE}`,
    '',
    ['ruby', 'java', null],
  ),
  form(
    String.raw`^\s*(?:resources?|namespace|scope|post|get)\s+:\w{0,40}(?:webhooks?|callbacks?|ipn|(?<![a-z])hooks?)\b`,
    '',
    ['ruby'],
  ),
]

function form(pattern: string, flags = '', only?: Form['only']): Form {
  return { pattern: new RegExp(pattern, flags), ...(only === undefined ? {} : { only }) }
}

/** A route as an object, whose handler stands near it. */
export const ROUTE_OBJECT = new RegExp(String.raw`\b(?:url|path)["']?\s*:${QUOTED_PLACE}`)

const MAY_ROUTE = /hooks?|callbacks?|ipn|postbacks?|incoming|inbound|notify/
/** Calls of a client to its own server have the shape of a route, and no handler. */
const CALLS_OWN =
  /\bawait\s+(?:this\.)?\w{0,30}[aA]pi\w{0,10}\.|\breturn\s+(?:this\.)?\w{0,30}[aA]pi\w{0,10}\./
const ROUTE: Sight = { signal: 'webhook', detail: 'a route for it', weight: 0.55, reach: 'file' }

/** A call that is written over several lines. */
const OPENS = /[([]\s*$/

/** Routes of one's own that other systems call, told by their paths. */
export function routeHits(
  lines: readonly CodeLine[],
  language: ImportLanguage | null,
): readonly Hit[] {
  return lines.flatMap((line, at) => {
    if (!MAY_ROUTE.test(line.text)) return []
    const above = lines[at - 1]?.text ?? ''
    const text = OPENS.test(above) ? above.trimEnd() + line.text.trim() : line.text
    return isRoute(text, language) ? [hitAt(line, ROUTE)] : []
  })
}

function isRoute(text: string, language: ImportLanguage | null): boolean {
  if (CALLS_OWN.test(text)) return false
  return FORMS.some(
    ({ pattern, only }) => (only === undefined || only.includes(language)) && pattern.test(text),
  )
}
