import type { Request } from '#core/inventory/requests'
import type { CallGraph } from '#core/matrix/call-graph'
import type { ClientRegions } from '#core/matrix/client-regions'
import { definitionsOf, namesIn } from '#core/matrix/definitions'
import { productive, settingsOf } from '#core/matrix/library-settings'
import { codeOf, quietOf, type Region, regionOf } from '#core/matrix/region'
import { statementAt } from '#core/matrix/statement'
import { type TypeSource, typeSourcesOf } from '#core/matrix/type-sources'
import { type Code, type CodeFile, factsOf, functionAround } from '#core/rules/code'
import { reachedFrom } from '#core/rules/reach'

/** How far what a client is put together from is followed. */
const MAX_DEPTH = 3
/** Pieces of code of one client that are looked at. */
const MAX_REGIONS = 30
/** A longer class is no interceptor. */
const MAX_CLASS = 8_000
/** Names of one piece of code that are followed. */
const MAX_NAMES = 12

/** Types that clients are put together from. */
const PARTS =
  /(?:Client|Http|OkHttp|Retrofit|Template|Interceptor|Retry|Backoff|BackOff|Breaker|Limit|Policy|Middleware|Handler|Stack|Factory|Builder|Strategy|Registry|Config|Options|Customizer|Filter|Transport|Connector|Connection|Session|Api|Service|Plugin|Layer|Timeout)/
/** Of everything, and of nothing that one could look for. */
const VAGUE =
  /^(?:HttpResponse|HttpRequest|HttpMethod|HttpStatus|HttpStatusCode|HttpHeaders|HttpEntity|StatusCode|Response|Request|Client|Config|Options|Builder|Handler|Service|Factory|ApplicationConfig|TimeUnit|RequestOptions)$/

/**
 * What makes the client of a call and what that is put together from, in other files too: beans,
 * providers, containers, interceptors and middleware that the repository declares.
 */
export function clientSources(
  graph: CallGraph,
  file: CodeFile,
  { request, known }: { readonly request: Request; readonly known: ClientRegions },
): ClientRegions {
  const { bound, steps } = request
  const root = steps[0]?.name ?? ''
  const settings = [
    ...settingsOf(graph.code, file, bound === null || bound.origin === 'import' ? root : ''),
    ...(request.party.kind === 'provider' ? settingsOf(graph.code, file, request.party.id) : []),
  ]
  const handed =
    bound !== null && bound.construction === null && bound.origin !== 'import'
      ? (assignedIn(graph, file, bound.name) ??
        madeByCall(graph, file, { name: bound.name, request }) ??
        handedIn(graph, file, bound.name))
      : null
  const own = bound === null ? [] : fieldOf(graph, file, { name: bound.name, request })
  const made = own.length > 0 ? own : [...known.regions, ...(handed ?? [])]
  const first = [...made, ...settings]
  return {
    seen: known.seen || handed !== null || own.length > 0,
    regions: [...first, ...partsOf(graph, file, first)],
  }
}

/** What a field of Rust's holds: other functions of the file may call other clients the same. */
function fieldOf(
  graph: CallGraph,
  file: CodeFile,
  { name, request }: { readonly name: string; readonly request: Request },
): readonly Region[] {
  if (file.language !== 'rust' || !/^self\s*\./.test(request.fact.captures['callee'] ?? ''))
    return []
  const held = new RegExp(`\\bSelf\\s*\\{[^}]{0,600}\\b${RegExp.escape(name)}\\b`)
  return factsOf(file, 'function')
    .filter((one) => one.captures['form'] === 'function' && one.captures['name'] !== undefined)
    .filter((one) => /->\s*(?:[\w:]+<)*Self\b/.test(one.text.slice(0, 800)) && held.test(one.text))
    .flatMap((one) => definitionsOf(graph, file, name, { role: 'client', within: one }))
    .filter((region) => region.file === file && MAKES_FIELD.test(codeOf(region)))
}

const MAKES_FIELD = /\blet\s+(?:mut\s+)?\w+[^=]{0,80}=|\w+\s*:\s*[\w:]+\(/

/** More than another name, which only hands on. */
const MAKES =
  /=\s*(?:new\b|[^;\n]{0,300}\bbuild\w*\(|[^;\n]{0,300}\bcreate\w*\(|[^;]{0,600}\.(?:build|create)\w*\(|[A-Z][\w.]*\(|by\s)/
const MAKER = /client|http|template|retrofit|init|constructor|api|stack/i

/** Statements of the file that make what a name holds: `this.http = builder.build()`. */
function assignedIn(graph: CallGraph, file: CodeFile, name: string): readonly Region[] | null {
  const made = definitionsOf(graph, file, name, { role: 'client' }).filter(
    (region) => region.file === file && MAKES.test(codeOf(region)),
  )
  if (made.length === 0) return null
  const factories = made.flatMap(({ start, end }) => {
    const around = functionAround(file, { start, end, line: 1, endLine: 1 })
    if (around === null || !MAKER.test(around.captures['name'] ?? '')) return []
    return around.end - around.start <= MAX_CLASS / 2 ? [regionOf('client', file, around)] : []
  })
  return [...made, ...factories]
}

/** What a function gives that is called for the client: `let client = self.client()?`. */
function madeByCall(
  graph: CallGraph,
  file: CodeFile,
  { name, request }: { readonly name: string; readonly request: Request },
): readonly Region[] | null {
  const bare = name.replace(/\(\)$/, '')
  const around = functionAround(file, request.fact)
  const first = request.steps[0]
  const called = first?.called === true ? [first.name] : []
  const assigned =
    around === null
      ? []
      : definitionsOf(graph, file, bare, { role: 'client', within: around }).flatMap(
          (region) =>
            /[=:]\s*(?:await\s+)?(?:[\w]+(?:\.|::|->))*(\w+)\s*\(/.exec(codeOf(region))?.[1] ?? [],
        )
  const made = [...called, ...assigned].flatMap((one) => {
    const declared = graph.declared(file, one)
    if (declared === null || declared.fact.end - declared.fact.start > MAX_CLASS) return []
    return [regionOf('client', declared.file, declared.fact)]
  })
  const field = new RegExp(
    `(?<![\\w.])${RegExp.escape(bare)}\\s*:\\s*[\\w:]+::(?:builder|new)\\(`,
  ).exec(quietOf(file).code)
  const fields =
    field === null || file.language !== 'rust' ? [] : [statementAt('client', file, field.index)]
  return made.length + fields.length === 0 ? null : [...made, ...fields]
}

/** What gives the object that is declared under a name; null where nobody or more than one does. */
function handedIn(graph: CallGraph, file: CodeFile, name: string): readonly Region[] | null {
  const types = [
    ...new Set(
      factsOf(file, 'declared-name')
        .filter(({ captures }) => (captures['name'] ?? '').replace(/^.*[.$@]/, '') === name)
        .map(({ captures }) => typeIn(captures['type'] ?? '')),
    ),
  ]
  const [type, ...others] = types
  if (type === undefined || others.length > 0) return null
  return sourcesOf(graph.code, file, { type, name, isClient: true })
}

/** The type that a declaration is about, without what it is wrapped in. */
function typeIn(written: string): string {
  const parts = written.replace(/\?$/, '').match(/[A-Za-z_][\w.:\\]*/g) ?? []
  const wrapped = parts.filter(
    (part) =>
      !/^(?:Arc|Rc|Box|Option|Lazy|Provider|ObjectProvider|Optional|dyn|mut|Supplier)$/.test(part),
  )
  return wrapped[0] ?? ''
}

interface Wanted {
  readonly type: string
  readonly name: string
  readonly isClient: boolean
}

function sourcesOf(
  code: Code,
  file: CodeFile,
  { type, name, isClient }: Wanted,
): readonly Region[] | null {
  const all = typeSourcesOf(code)
  const contained = containersOf(code, file, type)
  if (contained.length > 0) return contained
  const given = chosen(all.given(type, file.language), name)
  if (given !== null) return [given.region]
  if (!isClient || all.given(type, file.language).length > 0) return null
  const made = chosen(all.made(type, file.language), name)
  return made === null ? null : [made.region]
}

/** The only one, or the only one of that name: `@Bean RestTemplate paymentsRestTemplate()`. */
function chosen(sources: readonly TypeSource[], name: string): TypeSource | null {
  const [only, ...others] = sources
  if (only !== undefined && others.length === 0) return only
  const bare = (one: string) =>
    one.toLowerCase().replace(/^(?:provides?|create|make|build|get|new)/, '')
  const [named, ...more] = sources.filter((one) => bare(one.name) === bare(name))
  return named !== undefined && more.length === 0 ? named : null
}

/** `$this->app->singleton(Client::class, …)`, `single { OkHttpClient… }`. */
function containersOf(code: Code, file: CodeFile, type: string): readonly Region[] {
  if (file.language !== 'php') return []
  const last = type.replace(/^.*\\/, '')
  if (!/^[A-Z]\w*$/.test(last)) return []
  const pattern = new RegExp(
    `(?:->|::)(?:singleton|bind|scoped|set|extend|factory|share|add)\\(\\s*\\\\?(?:\\w+\\\\)*${last}::class|needs\\(\\s*\\\\?(?:\\w+\\\\)*${last}::class`,
    'g',
  )
  return productive(code, 'php').flatMap((one) =>
    one.text.includes(`${last}::class`)
      ? [...quietOf(one).code.matchAll(pattern)]
          .slice(0, 4)
          .map(({ index }) => statementAt('client', one, index))
      : [],
  )
}

/** What pieces of a client are put together from: classes, functions and beans that they name. */
function partsOf(graph: CallGraph, file: CodeFile, first: readonly Region[]): readonly Region[] {
  const found = new Map<string, Region>()
  let fresh = first
  for (let depth = 0; depth < MAX_DEPTH && fresh.length > 0; depth += 1) {
    fresh = fresh
      .flatMap((region) => namedBy(graph, file, region))
      .filter((region) => {
        const key = `${region.file.path}:${region.start}`
        if (found.has(key) || found.size >= MAX_REGIONS) return false
        found.set(key, region)
        return true
      })
  }
  return [...found.values()]
}

function namedBy(graph: CallGraph, origin: CodeFile, region: Region): readonly Region[] {
  const { file } = region
  const code = codeOf(region)
  const types = [...new Set(code.match(/(?<![\w.@])[A-Z]\w{3,60}/g) ?? [])]
    .filter((type) => PARTS.test(type) && !VAGUE.test(type))
    .slice(0, MAX_NAMES)
  const classes = types.flatMap((type) => {
    const declared = graph.declared(file, type)
    if (declared !== null) return ownClass(declared.file, declared.fact, origin)
    return sourcesOf(graph.code, file, { type, name: '', isClient: false }) ?? []
  })
  const reached = reachedFrom(file, [{ start: region.start, end: region.end, line: 1, endLine: 1 }])
    .slice(1)
    .filter(({ start, end }) => end - start <= MAX_CLASS)
    .map((span) => regionOf('client', file, span))
  return [...classes, ...reached, ...additionsTo(file, code)]
}

/** A class of the repository that a client runs through, but never the one that makes the call. */
function ownClass(
  file: CodeFile,
  fact: { readonly start: number; readonly end: number },
  origin: CodeFile,
): readonly Region[] {
  if (fact.end - fact.start > MAX_CLASS || file === origin) {
    return file === origin &&
      functionAround(file, { ...fact, line: 1, endLine: 1 }) === null &&
      fact.end - fact.start <= MAX_CLASS / 4
      ? [regionOf('client', file, fact)]
      : []
  }
  // In Rust, a type and what it does stand apart.
  const parts = file.language === 'rust' ? implementationsIn(file, fact) : []
  return [regionOf('client', file, fact), ...parts]
}

function implementationsIn(
  file: CodeFile,
  { start, end }: { readonly start: number; readonly end: number },
): readonly Region[] {
  const name = /\b(?:struct|enum)\s+(\w+)/.exec(file.text.slice(start, end))?.[1]
  return factsOf(file, 'function')
    .filter(
      ({ captures, start: at }) =>
        captures['form'] === 'class' && captures['name'] === name && at !== start,
    )
    .map((one) => regionOf('client', file, one))
}

/** What is pushed onto the stacks and builders that a piece of code names. */
function additionsTo(file: CodeFile, code: string): readonly Region[] {
  const names = namesIn(code).filter((name) => STACK.test(name))
  if (names.length === 0) return []
  const pattern = new RegExp(
    `(?<![\\w$])\\$?(?:this\\.|self\\.|\\$this->)?(?:${names.map((name) => RegExp.escape(name)).join('|')})(?:->|\\.)(?:push|unshift|before|after|add\\w*|use|with|append\\w*|set\\w*|register\\w*)\\(`,
    'g',
  )
  return [...quietOf(file).code.matchAll(pattern)]
    .slice(0, 8)
    .map(({ index }) => statementAt('client', file, index))
}

const STACK = /stack|builder|factory|handler|client|http|template|config|policy|interceptors/i
