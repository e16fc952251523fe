import type { Fact } from '#core/facts/fact'
import { type CodeFile, factsOf } from '#core/rules/code'
import { withoutComments } from '#core/rules/code-text'
import type { Judgement, Observation, View } from '#core/rules/observation'
import { assignedTo } from '#core/rules/scope-text'

/** A place that a pattern found, with the code that shares its variables. */
export interface Shown {
  readonly file: CodeFile
  readonly match: RegExpExecArray
  readonly fact: Fact | null
  /** The function around it, with what is annotated above it; near the top of a file, what is near. */
  readonly around: string
  /** The whole file without comments. */
  readonly code: string
}

/** What a defect looks like in text, in any language that the rule names, and what excuses it. */
export interface Sign {
  /** With the flag `g`; bounded, as every pattern that meets code of strangers. */
  readonly pattern: RegExp
  readonly languages?: readonly CodeFile['language'][]
  /** All of them stand in the function. */
  readonly only?: readonly RegExp[]
  /** None of them stands in the function. */
  readonly unless?: readonly RegExp[]
  readonly onlyFile?: RegExp
  readonly unlessFile?: RegExp
  readonly holds?: (shown: Shown) => boolean
}

/** Larger files are not written by hand. */
const MAX_FILE = 120_000
/** A function is taken with its callbacks up to this size. */
const MAX_FUNCTION = 12_000
/** Annotations above a function, and the near of a place outside of any. */
const ABOVE = 300
const NEAR = 2_500
/** Places of one sign in one file. */
const MAX_SHOWN = 40
const SNIPPET = 90

const CODE = new WeakMap<CodeFile, string>()

function codeIn(file: CodeFile): string {
  const known = CODE.get(file) ?? withoutComments(file.text, file.language)
  CODE.set(file, known)
  return known
}

/** A judgement that speaks wherever one of the signs shows and nothing excuses it. */
export function bySigns(signs: readonly Sign[]): Judgement {
  return {
    names: ['symbol', 'snippet'],
    judge: (view) => (view.file.text.length > MAX_FILE ? [] : signs.flatMap((s) => seen(view, s))),
  }
}

function seen({ file }: View, sign: Sign): readonly Observation[] {
  if (sign.languages !== undefined && !sign.languages.includes(file.language)) return []
  const code = codeIn(file)
  if (sign.onlyFile?.test(code) === false || sign.unlessFile?.test(code) === true) return []
  const found: Observation[] = []
  for (const match of code.matchAll(sign.pattern)) {
    if (found.length >= MAX_SHOWN) break
    const fact = functionOf(file, match.index)
    const shown = { file, match, fact, around: aroundOf(code, fact, match.index), code }
    if (!passes(sign, shown)) continue
    found.push(observationOf(file, code, shown, fact))
  }
  return found
}

function passes({ only = [], unless = [], holds }: Sign, shown: Shown): boolean {
  return (
    only.every((one) => one.test(shown.around)) &&
    !unless.some((one) => one.test(shown.around)) &&
    (holds === undefined || holds(shown))
  )
}

/** The largest function around a place that is no whole module. */
function functionOf(file: CodeFile, at: number): Fact | null {
  return (
    factsOf(file, 'function').find(
      ({ captures, start, end }) =>
        captures['form'] === 'function' && start <= at && at < end && end - start <= MAX_FUNCTION,
    ) ?? null
  )
}

function aroundOf(code: string, fact: Fact | null, at: number): string {
  if (fact === null) return code.slice(Math.max(0, at - NEAR), at + NEAR)
  const above = code.slice(Math.max(0, fact.start - ABOVE), fact.start)
  return annotations(above) + code.slice(fact.start, fact.end)
}

/** Only what directly precedes a function is about it. */
function annotations(above: string): string {
  const from = Math.max(above.lastIndexOf('}'), above.lastIndexOf(';'), above.lastIndexOf('\n\n'))
  return above.slice(from + 1)
}

function observationOf(
  file: CodeFile,
  code: string,
  { match }: Shown,
  fact: Fact | null,
): Observation {
  const text = match[0].trimStart()
  const start = match.index + match[0].length - text.length
  const line = lineAt(code, start)
  const endLine = line + text.trimEnd().split('\n').length - 1
  const symbol = fact?.captures['name'] ?? fact?.scope?.name ?? null
  return {
    line,
    endLine,
    symbol,
    range: fact ?? { line, endLine },
    provider: null,
    names: {
      symbol: symbol ?? file.path,
      snippet: text.replace(/\s+/g, ' ').trim().slice(0, SNIPPET),
    },
    evidence: [],
  }
}

function lineAt(code: string, at: number): number {
  return code.slice(0, at).split('\n').length
}

/** How requests are read, in the languages and frameworks that are common. */
const OF_REQUEST =
  /\b(?:req|request|ctx|c\.req|ctx\.request|event|self\.request)\??[.](?:query|params|body|headers|files?|args|form|values|GET|POST|FILES|query_params|queryStringParameters|pathParameters|json\b|get_json)|\b(?:r|req|request)\.(?:URL\.Query\(\)|FormValue|PostFormValue|PathValue|Header\.Get)|chi\.URLParam\(|mux\.Vars\(|\bc(?:tx)?\.(?:Query|Params?|FormValue|QueryParam|PostForm|DefaultQuery|GetHeader|Get)\(|\.get(?:Parameter|Header)\(|\bRequest\.(?:Query|Form|Headers)|\$_(?:GET|POST|REQUEST|COOKIE|FILES)\b|\$(?:this->)?request->(?:input|get|query|post|header|string|route|request)\b|\bparams(?:\[|\.(?:fetch|require|dig))|\brequest\.(?:headers|params|env)|\bcall\.(?:parameters|request\.queryParameters|receive)|\bheaders(?:\(\))?\.get\(|\bsearchParams\.get\(/

/** Parameters that a framework fills from the request. */
const BOUND =
  '(?:@(?:RequestParam|RequestHeader|QueryParam|FormParam|HeaderParam|Query|Body|Param|Headers)\\b(?:\\([^()\\n]{0,80}\\))?|\\[From(?:Query|Form|Header|Body)[^\\]\\n]{0,60}\\])\\s*(?:final\\s+)?(?:[\\w<>?.]{1,40}\\s+)?NAME\\b|\\b(?:Query|Form|Json|Path)\\(NAME\\)\\s*:'

/** Whether a name is what a request holds, by how it is given in its function. */
export function isOfRequest({ file, around }: Shown, name: string): boolean {
  const bare = name.replace(/^[$@&]+/, '')
  if (OF_REQUEST.test(name)) return true
  if (!/^\w{1,60}$/.test(bare)) return false
  if (new RegExp(BOUND.replaceAll('NAME', bare)).test(around)) return true
  if (file.language === 'python' && isRouteParameter(around, bare)) return true
  return [...assignedTo(around, bare), ...assignedTo(around, `$${bare}`)].some(beginsWithRequest)
}

/** What hands a text on as it came. */
const WRAPPED =
  /^(?:\(string\)\s*|String\(|str\(|string\(|strings\.Trim\w{0,6}\(|trim\(|await\s+|\(|URI(?:\.parse|\.create)?\(|new\s+Ur[il]\(|new\s+URL\(|decodeURIComponent\(|&)+/

/** A lookup by a value of the request is no value of the request. */
function beginsWithRequest(value: string): boolean {
  const found = OF_REQUEST.exec(value.replace(WRAPPED, ''))
  return found !== null && !/[([]/.test(found.input.slice(0, found.index))
}

/** Of a route of FastAPI or Flask; a number or an identifier holds nothing dangerous. */
function isRouteParameter(around: string, name: string): boolean {
  return (
    /^[ \t]*@\w+\.(?:get|post|put|patch|delete|route)\(/m.test(around) &&
    new RegExp(
      `\\bdef\\s+\\w+\\([^)]{0,600}\\b${name}\\s*:\\s*(?:str|Annotated\\[str|Optional\\[str)`,
    ).test(around)
  )
}
