import type { Fact, Language } from '#core/facts/fact'
import { within } from '#core/facts/scopes'
import type { CallGraph, Declared } from '#core/matrix/call-graph'
import type { Chain } from '#core/matrix/chains'
import { quietOf, type Region } from '#core/matrix/region'
import { type CodeFile, factsOf } from '#core/rules/code'

/** Methods by which a class is run that was made to do one thing. */
export const RUNS =
  /^(?:perform|handle|execute|run|call|__invoke|Execute|Handle|HandleAsync|ExecuteAsync|Invoke|InvokeAsync|process|Process|invoke|intercept|use|validate|canActivate|check|doFilterInternal|preHandle|OnActionExecutionAsync|OnAuthorization|OnAuthorizationAsync|Consume|consume|work|Work|ProcessTask|doFilter|onRequest|beforeHandle|dispatch|call!|OnActionExecuting|InvokeAsync|before|__call__)$/
/** Methods that hand a class or function to whoever runs it. */
const HANDS_ON =
  /^(?:perform_?later|perform_?now|perform_async|perform_in|delay|apply_async|applyAsync|dispatch\w*|enqueue\w*|Enqueue\w*|send_with_options|defer_async|new|now|add_task|create_task|submit|spawn|Run|start_soon|send|run|call|execute|process|handle|perform|Schedule|schedule|Thread|Process|Timer)$/

/** The functions of the repository that a chain runs, whether it calls them or hands them on. */
export function functionsOf(graph: CallGraph, chain: Chain): readonly Declared[] {
  const { file, head, names, text } = chain
  const parts = head
    .replaceAll(/^(?:\$?this(?:\.|->)|self\.|@{1,2}|\$)/g, '')
    .split(/\?\.|!\.|\.|->|::|&\./)
  const first = names[0] ?? parts.at(-1) ?? ''
  const owner = parts.length > 1 ? (parts.at(-2) ?? '') : null
  const found: (Declared | null)[] = [
    owner === null ? plainFunction(graph, chain, first) : methodOf(graph, file, owner, first),
    ...(owner === null ? [] : [ofOwner(graph, file, owner, names)]),
    ...(HANDS_ON.test(names.at(-1) ?? '')
      ? givenIn(text).map((name) => graph.declared(file, name))
      : []),
  ]
  return [...new Set(found.filter((one) => one !== null))]
}

/** The job of a class that is handed on, or the method of an object that is made for it. */
function ofOwner(
  graph: CallGraph,
  file: CodeFile,
  owner: string,
  [first = '', second]: readonly string[],
): Declared | null {
  if (first === 'new' && second !== undefined) return methodOf(graph, file, owner, second)
  return HANDS_ON.test(first) ? graph.declared(file, owner) : null
}

/** Names in the arguments of a call that may stand for what is run. */
function givenIn(text: string): readonly string[] {
  const patterns = [
    /\bnew\s+(\w+)/g,
    /\b([A-Z]\w+)::(?:class|new)/g,
    /[(,]\s*([A-Za-z_]\w*)\s*(?=[,)(])/g,
    /\btarget\s*=\s*(?:self\.)?(\w+)/g,
    /<\w+>\(\s*\w+\s*=>\s*\w+\.(\w+)/g,
  ]
  return patterns.flatMap((pattern) => [...text.matchAll(pattern)].map(([, name = '']) => name))
}

/** Languages in which a method is never called by its name alone. */
const NEEDS_OWNER: ReadonlySet<Language> = new Set<Language>([
  ...(['typescript', 'tsx', 'javascript', 'python', 'php', 'go', 'rust'] as const),
])

function plainFunction(graph: CallGraph, { file, head }: Chain, name: string): Declared | null {
  const declared = graph.declared(file, name)
  const isOwn = /^(?:\$?this\b|self\b|static\b|@)/.test(head)
  if (declared === null || isOwn || !NEEDS_OWNER.has(file.language)) return declared
  const isMethod =
    declared.fact.captures['form'] === 'function' &&
    factsOf(declared.file, 'function').some(
      (one) => one.captures['form'] === 'class' && within(declared.fact, one),
    )
  return isMethod ? null : declared
}

/** A method by the name and type of what it is called on: `this.bounces.handle`. */
function methodOf(graph: CallGraph, file: CodeFile, owner: string, name: string): Declared | null {
  const home = homeOf(graph, file, owner)
  // The class of a constant that is not at hand is another's.
  if (home === null) return /^[A-Z]/.test(owner) ? null : graph.declared(file, name)
  const isClass = home.fact.captures['form'] === 'class'
  const member = isClass ? memberOf(home, name) : null
  if (member !== null) return member
  // Methods of Go and Rust stand beside their type.
  const standsBeside = home.file.language === 'go' || home.file.language === 'rust'
  return isClass && !standsBeside ? null : graph.declared(file, name)
}

/** The class of what something is called on, by its type or its own name. */
function homeOf(graph: CallGraph, file: CodeFile, owner: string): Declared | null {
  const type = typeOf(file, owner)
  const named = type === null ? null : graph.declared(file, type)
  if (named !== null) return named
  if (type !== null && /^I[A-Z]/.test(type)) return graph.declared(file, type.slice(1))
  return /^[A-Z]/.test(owner) ? graph.declared(file, owner) : null
}

function memberOf({ file, fact }: Declared, name: string): Declared | null {
  const member = factsOf(file, 'function', fact).find(
    (one) => one.captures['form'] === 'function' && one.captures['name'] === name,
  )
  return member === undefined ? null : { file, fact: member }
}

/** The type of a name as this file declares it; null where it says none. */
export function typeOf(file: CodeFile, name: string): string | null {
  const plain = name.replace(/^[$_@]+/, '')
  const declared = factsOf(file, 'declared-name').find(
    (one) => (one.captures['name'] ?? '').replace(/^[$_@]+/, '') === plain,
  )
  const type = declared?.captures['type']?.replace(/^[*&\s[\]?]+/, '').replace(/<.*$|\?$/, '')
  return type === undefined ? null : (/(\w+)$/.exec(type)?.[1] ?? null)
}

/** What of a function or class is run: of a class the methods by which such classes are run. */
export function bodyOf({ file, fact }: Declared): Region | null {
  if (fact.captures['form'] === 'function') return regionOf(file, fact)
  const runs = factsOf(file, 'function', fact).find(
    (one) => one.captures['form'] === 'function' && RUNS.test(one.captures['name'] ?? ''),
  )
  return runs === undefined ? null : regionOf(file, runs)
}

function regionOf(file: CodeFile, { start, end }: Pick<Fact, 'start' | 'end'>): Region {
  return { role: 'helper', file, start, end }
}

/** What is handed on by name, as middleware is: every name that stands for a function. */
export function namedIn(
  graph: CallGraph,
  { file, start, end }: Region,
): readonly { readonly offset: number; readonly declared: Declared }[] {
  const code = quietOf(file).code.slice(start, end)
  const span = { start, end, line: 1, endLine: 1 }
  return [
    ...code.matchAll(
      /(?<![\w$])(?<!(?:\bdef|\bfunc|\bfunction|\bfn|\bfun|\bclass)[ \t])([A-Za-z_]\w{2,60}[?!]?)(?!\w*\s*(?:=(?!=)|:\s))/g,
    ),
  ].flatMap(({ index, 1: name = '' }) => {
    const declared = graph.declared(file, name) ?? graph.declared(file, name.replace(/[?!]$/, ''))
    if (declared === null || (declared.file === file && within(declared.fact, span))) return []
    return [{ offset: start + index, declared }]
  })
}
