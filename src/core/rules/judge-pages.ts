import { atEach, type Judgement, type Observation, type View } from '#core/rules/observation'
import { isRunByHand } from '#core/rules/run-by-hand'
import { codeOfFile, shownIn, type Unit, unitsOf } from '#core/rules/units'

/** Something is asked of another service, in whatever language. */
const ASKS =
  /\b(?:fetch|axios|got|ky|requests|httpx|urlopen|HTTParty|Faraday|RestClient|Net::HTTP|Http::|file_get_contents|curl_exec|UrlFetchApp|superagent|needle|ofetch|aiohttp|Typhoeus|Excon|OkHttp\w*|Request\.Builder|NewRequest\w*|reqwest|ureq|surf)\b|\.(?:get|Get|GetAsync|GetFromJsonAsync|GetStringAsync|getForObject|getForEntity|exchange|retrieve|request|SendAsync|send|newCall|Do|R)(?:<[^<>()\n]{1,80}>)?\(|->(?:get|request|fetch)\(|\.get[\s(]["'`]/
/** What only changes something lists nothing, but there are questions that are posted. */
const CHANGES_ONLY =
  /\bMethod(?:Put|Patch|Delete)\b|HttpMethod\.(?:Put|Patch|Delete|PUT|PATCH|DELETE)\b|["'](?:PUT|PATCH|DELETE)["']/
const SIZE_NAME =
  '(?:per_?page|page_?size|page\\[(?:size|limit)\\]|(?:api)?page_?limit|max_?(?:results|page_?size)|limit|\\\\?\\$top|%24top|(?:results|hits|items)_?per_?page|record_?limit)'
/** Twenty and more, a constant or a name that says so: fewer are chosen to be shown. */
const SIZE_VALUE =
  '(?:\\w{0,20}\\()?["\'`{$]{0,3}(?:(?:[2-9]\\d|\\d{3,4})\\b(?![ \\t]*[*kKmM])|%d|(?:\\w{1,30}(?:\\.|::))?_?(?-i:[A-Z][A-Z_]{2,40})\\b|\\w{0,20}(?:page_?size|per_?page)\\b)'
/** The size of a page in an address. */
const SIZE_IN_ADDRESS = new RegExp(`[?&]${SIZE_NAME}=${SIZE_VALUE}`, 'i')
/** The same among the arguments of a call. */
const SIZE_GIVEN = new RegExp(
  `["'\`\\s{(,:[]${SIZE_NAME}(?:["'\`\\])]{0,3}[ \\t]{0,9}(?:=>|:=|=(?!=)|:|\\bto\\b|\\{)|["'\`]\\)?[ \\t]{0,9},)[ \\t]{0,9}\\[?[ \\t]{0,9}${SIZE_VALUE}`,
  'gi',
)
/** What such an argument is given to: a request by the name of its client, or its parameters. */
const REQUESTS =
  /(?:\b(?:fetch|axios|ky|ofetch|file_get_contents)|(?:\b|_|@|\$)(?:\w{0,20}(?:http|requests?|session|client|api|axios|faraday|conn(?:ection)?|rest_?client|HTTParty|Http|got|ky))(?:\(\))?(?:\.|->|::|\?\.)(?:get|request|getJson|getAsync|get_json|fetch)\w{0,10}(?:<[^<>()\n]{1,60}>)?|\b(?:query_?param(?:eter)?s?|add_?query_?parameter|parameter|url_?encode|http_build_query|URLSearchParams)|\b(?:q|query|params|search_?params|values)(?:\(\))?\.(?:set|append|add|put|query)|\.query)!?$/i
/** Lists of well-known services, which all come in pages without being asked. */
const PAGED_LIST =
  /\/services\/data\/v[\w.{}$%#]{1,20}\/query\b|\/query\/v1\/suiteql|\bapi\.github\.com\/(?:orgs|repos|users)\/[^"'`\s]{1,60}\/(?:members|repos|issues|commits|pulls|teams|branches|hooks|collaborators)\b|\/api\/v4\/(?:groups|projects|users)(?:\/[^"'`\s/]{1,40}\/(?:members|issues|merge_requests|projects|pipelines|jobs|repository\/\w+))?["'`?]|\/crm\/v3\/objects\/\w{2,30}["'`?]|\/api\/v2\/(?:tickets|users|organizations|views\/[^"'`\s]{1,40}\/tickets)(?:\.json)?["'`?]|\/admin\/api\/[\w{}$.#-]{1,30}\/(?:orders|products|customers|inventory_levels)\.json|\/wp-json\/wc\/v\d\/(?:orders|products|customers)["'`?]|\bgraph\.microsoft\.com\/(?:v1\.0|beta)\/(?:users|groups)(?:\/[^"'`\s]{1,60}\/(?:members|memberOf|messages|events))?["'`?]|\bslack\.com\/api\/conversations\.(?:list|members|history)|\bapi\.notion\.com\/v1\/databases\/[^"'`\s]{1,60}\/query|\bapi\.airtable\.com\/v0\/(?!meta\/)[^"'`\s]{3,80}["'`?]|\bapi\.stripe\.com\/v1\/(?:customers|invoices|charges|subscriptions|payouts|balance_transactions|refunds|disputes)["'`?]|\bapi\.intercom\.io\/(?:contacts|conversations|companies)["'`?]|\/rest\/api\/[23]\/search\b|\/api\/v1\/(?:users|groups|apps)(?:\/[^"'`\s]{1,40}\/users)?["'`?](?=[\s\S]{0,400}SSWS)/i
/** A question to such a list that is answered by one or few rows. */
const FEW_ROWS =
  /\bLIMIT\s+\d|\bCOUNT\s*\(|\bMAX\s*\(|\bSUM\s*\(|\bWHERE\s+\w*(?:Id|Email|Number|Key|__c)\s*=\s*['":%{$]|[?&](?:email|external_id|ids?|query|q)=(?!\{q\}|SELECT|%s)/i
/** Those with one value of a field, which are few. */
const ONE_VALUE = /\$eq[\]=]|\[eq\]/i
/** All that came is taken for the whole: a list is read out of the answer, or is the answer. */
const TAKES_LIST =
  /\bfor\s*\(?\s*(?:(?:const|let|var|auto|final|val|\w+(?:<[^<>\n]{1,60}>)?)\s+)?[\w$,{}\s]{1,60}\s(?:of|in|:)\s|\bforeach\b|\bfor\s+[\w, ]{1,40}:?=\s*range\b|\.(?:map|forEach|flatMap|each|filter|collect|into_iter|iter|stream|Select|ForEach|AddRange|addAll|extend|each_with_object|flat_map|to_h|associateBy|mapNotNull|toList|ToList|ToDictionary)\b|\breturn\b[^\n]{0,140}(?:[.\->["'(]|fetch\(["']|get\(["'])(?:records|results|items|data|values?|entries|rows|list|elements|content|[a-z_]{3,30}s)["'\])\w()?!;,\s]{0,30}$|\.(?:fetch|dig)\(["']\w{2,30}s["']|\bList<|\[\][A-Z*\w]|\bVec<|\bIReadOnlyList<|Promise<\w+\[\]>|->\s*list\b|\bArray<|:\s*array\b/m
/** More is asked for somewhere near: the next page, or a loop that goes on until there is none. */
const GOES_ON =
  /(?:^|[^a-z])(?:next|has_?(?:more|next)|cursor|offset|page_?token|continuation\w*|starting_?after|start_?(?:at|index|cursor)|since_?id|page_?info|paginat\w*|bookmark|skip|scroll\w*|marker|last_?page|total_?pages|page_?(?:no|num\w*|index)|search_?after|iterat\w*|auto_?pag\w*|query_?more|all_?pages|each_?page|max_?id|link_?header|done)(?![a-z])|(?:next|more)(?:Records|Page|Link|Cursor|Url|Uri|Token|Offset|Results)|(?:odata|\bget)(?:Next|Has)\w|[?&](?:page|after|before)=|["'`:]page["'`]?\s*(?:=>|[:,])|\bpage\s*(?:\+=|\+\+|=\s*\d)|\bafter["']?\s*[:=]|\brel=|["'`]Link["'`]|\blinks\b|\bwhile\b|\bloop\b|\bdo\s*\{|\bfor\s*\(;;\)|\bfor\s*\{|\byield\b/i
/** A full page is no answer: it is refused as more than can be read. */
const FULL_REFUSED =
  /\b(?:if|unless)\b[^\n]{0,40}(?:\.(?:length|size|count|Count|Length)\b(?:\(\))?|\b(?:len|count)\([\w.$>-]{1,40}\))\s*(?:>=|===?)\s*[\w.:$]{2,40}\s*\)?\s*[{:]?\s*(?:throw|raise|return\s[^\n]{0,40}(?:errors\.New|fmt\.Errorf|Err\()|bail!)/
/** One is looked for, in a window of time that is closed on both sides. */
const ONE_IN_WINDOW =
  /^(?=[\s\S]*["'`[?&](?:\w{1,20}_)?(?:after|from|since|gte|start|min)["'`\]=])(?=[\s\S]*["'`[?&](?:\w{1,20}_)?(?:before|to|until|lte|end|max)["'`\]=])(?=[\s\S]*\.find\()(?![\s\S]*(?:\.(?:map|forEach|flatMap|filter|reduce)\(|\bfor\s*\())/
/** The caller says which page. */
const PASSED = /\bpage: ?page\b|\bpage=page\b|, ?page[,:)]|\bpage => \$page|\$page\b/
/** Few are wanted: what is newest, what fits a word, a choice to show. */
const FEW_WANTED =
  /latest|releases?\b|change_?log|\bnews\b|time_?line|newest|recent|\blast\b|last_?\d|_last|search(?!_?criteria|\?jql|\/jql|["'`])|autocomplete|suggest|preview|\btop\d*\b(?!=)|lookup|find_?(?:by|one|first|user|contact|customer)|\bfirst\b(?!["'`]?\s*[:=])|FirstOrDefault|SingleOrDefault|\[0\]|\.at\(0\)|orderBy=[^&\s]{0,30}desc|[?&]sort=-|sort["']?\s*[:=]>?\s*["'](?:-|desc)|direction["']?\s*[:=]>?\s*["']desc|\bORDER BY [\w.]{1,40} DESC|dashboard|\bwidget|sample|healthcheck|ping|\bexists\b/i
/** A field of an answer that is only declared, and its line says no more. */
const DECLARED =
  /^[ \t]*(?:@\w+(?:\([^()\n]{0,80}\))?\s*|\[[^[\]\n]{1,80}\]\s*|#\[[^\]\n]{1,80}\]\s*)?(?:(?:public|private|protected|internal|readonly|required|final|val|var|pub|export)\s+){0,4}(?:["']?\w*(?:more|next|cursor|after|done|total|offset|page|links?|paging|token)\w*["']?\??\s*:\s*(?:z\.|v\.|str\b|String|bool|Bool|Option|Optional|string|number|int\b|Int\b|i\d\d|u\d\d|\{)|(?:bool|boolean|Boolean|string|String|int|Integer|long|Uri|\*string)\??\s+\w*(?:more|next|cursor|after|done|total|offset|page|links?|token)\w*\b|\w*(?:More|Next|Cursor|After|Done|Total|Offset|Page|Links?|Token)\w*\s+\*?(?:string|bool|int\d*|struct)\b)[^\n]*$|["'](?:has_?more|next\w*|done|cursor)["']\)\]?\s*\w+\??\s+\w+|(?<=[(,]\s{0,20})(?:(?:bool|string|String|boolean)\??\s+\w*(?:more|next|done|cursor|token|link)\w*|(?:val\s+)?\w*(?:more|next|done|cursor|token)\w*\s*:\s*(?:String|Boolean)\??[^,)\n]{0,20})\s*(?=[,)])/gim
/** How far the call that takes an argument may begin before it. */
const MAX_CALL = 600
const SHOWN = /\buse(?:Query|Effect|SWR|State)\b|['"]use client['"]|\bdocument\.|\bwindow\./

/** A list is asked for in pages, the first one is taken for the whole, and nothing asks for more. */
export const firstPageOnly: Judgement = {
  names: ['snippet', 'symbol'],
  judge: (view) =>
    isRunByHand(view.file) || SHOWN.test(codeOfFile(view.file))
      ? []
      : atEach(unitsOf(view.file), (unit) => onePage(view, unit)),
}

/** Something is made or changed at such an address. */
function isChanged(text: string, { 0: path, index }: RegExpExecArray): boolean {
  if (/\.(?:put|patch|delete)[\s(]/i.test(text)) return true
  if (/base_?ur[li][^\n]{0,60}$/i.test(text.slice(0, index))) return true
  return /post\w*\s?\(?[^\n]{0,80}$/i.test(text.slice(0, index)) && !/query|search/.test(path)
}

/** A size that a request is given, in one of the calls around it. */
function sizeGiven(text: string): RegExpExecArray | null {
  for (const found of text.matchAll(SIZE_GIVEN))
    if (isRequested(text.slice(Math.max(0, found.index - MAX_CALL), found.index + 1))) return found
  return null
}

/** Whether one of the calls that are still open at the end of a text makes a request. */
function isRequested(before: string): boolean {
  let closed = 0
  for (let at = before.length - 1; at >= 0; at -= 1) {
    if (before[at] === ')') closed += 1
    if (before[at] !== '(') continue
    if (closed === 0 && REQUESTS.test(before.slice(Math.max(0, at - 120), at))) return true
    closed = Math.max(0, closed - 1)
  }
  return false
}

const nearOf = (text: string, { index }: RegExpExecArray) =>
  text.slice(Math.max(0, index - MAX_CALL), index + MAX_CALL)

/** All are meant, and a page is taken for them even when it is full. */
function takesPageForAll({ name, text }: Unit): boolean {
  if (FULL_REFUSED.test(text) || ONE_IN_WINDOW.test(text)) return false
  return TAKES_LIST.test(text) && !FEW_WANTED.test(`${name}\n${text}`)
}

function onePage(view: View, unit: Unit): readonly Observation[] {
  const { text } = unit
  const sized = SIZE_IN_ADDRESS.exec(text) ?? sizeGiven(text)
  const listed = sized === null ? PAGED_LIST.exec(text) : null
  const found = sized ?? listed
  if (sized !== null && ONE_VALUE.test(nearOf(text, sized))) return []
  if (found === null || !ASKS.test(text) || CHANGES_ONLY.test(text)) return []
  if (listed !== null && (FEW_ROWS.test(unit.around) || isChanged(text, listed))) return []
  if (!takesPageForAll(unit)) return []
  const near = unit.around
    .replace(DECLARED, '')
    .replace(/^[ \t]*(?:import|use|using)\b[^\n]*$/gm, '')
  if (GOES_ON.test(near) || PASSED.test(near)) return []
  return [shownIn(view, unit, found)]
}
