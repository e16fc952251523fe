import type { Fact, Language, Span } from '#core/facts/fact'
import { within } from '#core/facts/scopes'
import { openedCalls } from '#core/matrix/opened-calls'
import { lineAt, quietOf } from '#core/matrix/region'
import { type CodeFile, factsOf, functionAround } from '#core/rules/code'

/** A call that something is handed to, as a function or as a value. */
export interface Wrapper {
  readonly callee: string
  readonly start: number
  readonly end: number
  /** What it is handed. */
  readonly inner: Pick<Span, 'start' | 'end'>
}

/** What is around a call. */
export interface Climbed {
  /** The function that makes the call; null at the top of a file. */
  readonly around: Fact | null
  /** Nearest first. */
  readonly wrappers: readonly Wrapper[]
}

const MAX_CLIMB = 6
/** Characters before a function at the top of a file in which it may be handed on. */
const MAX_HEAD = 3_000
/** What is handed to these runs by itself, when something happens. */
const REGISTERS =
  /(?:^|\.)(?:get|post|put|patch|delete|use|all|on|once|addEventListener|addListener|subscribe|process|consume|handle\w*|HandleFunc|Handle|route|command|action|task|cron|schedule|every|Map(?:Get|Post|Put|Delete)|describe|it|test|useCallback|useEffect|useMemo|forwardRef|memo|then|catch|finally)$/

/** From a call up to the function that does it, through functions that are only handed on. */
export function climb(file: CodeFile, from: Span): Climbed {
  if (isReadByBrackets(file)) return climbByBrackets(file, from)
  const wrappers: Wrapper[] = []
  let at: Span = from
  let around: Fact | null = null
  for (let step = 0; step < MAX_CLIMB; step += 1) {
    const own = functionAround(file, at)
    const opened = openedCalls(file, at, own ?? headOf(at))
    const registered = opened.findIndex(({ callee }) => REGISTERS.test(callee))
    const inner = at
    wrappers.push(
      ...(registered < 0 ? opened : opened.slice(0, registered)).map(({ start, end, callee }) => {
        const from = startOfChain(file, start)
        const whole = quietOf(file).code.slice(from, start) + callee
        return { callee: whole, start: from, end, inner }
      }),
    )
    if (registered >= 0) return { around: around ?? own, wrappers }
    // Nobody is handed the function: it is called by its name, or runs where it stands.
    if (around !== null && opened.length === 0 && nameOf(file, around) !== null)
      return { around, wrappers }
    if (own === null) return { around, wrappers }
    around = own
    at = own
  }
  return { around, wrappers }
}

const BY_BRACKETS: ReadonlySet<Language> = new Set<Language>([
  'java',
  'kotlin',
  'ruby',
  'php',
  'rust',
])

/** Languages in which a function that is only handed on has no name, or is no fact. */
export function isReadByBrackets({ language }: Pick<CodeFile, 'language'>): boolean {
  return BY_BRACKETS.has(language)
}

function climbByBrackets(file: CodeFile, from: Span): Climbed {
  const functions = factsOf(file, 'function').filter(
    (one) => one.captures['form'] === 'function' && within(from, one),
  )
  const named = functions.findLast(({ captures }) => captures['name'] !== undefined)
  const opened = openedCalls(file, from, named ?? { ...from, start: 0 })
  const registered = opened.findIndex(({ callee }) => REGISTERS.test(callee))
  const around =
    functions.find(({ start }) => registered >= 0 && start >= (opened[registered]?.start ?? 0)) ??
    named ??
    null
  return { around, wrappers: registered < 0 ? opened : opened.slice(0, registered) }
}

/** Characters of a chain before the name that is called. */
const MAX_CHAIN = 1_500
const SEPARATOR = /\s*(?:\?\.|!?\.|->|::)\s*$/
const NAME = /(?<![\w$@])[\w$@]{1,80}$/

/** Where the chain begins that a name ends: `Policy.Handle<E>().WaitAndRetryAsync(3).ExecuteAsync`. */
function startOfChain(file: CodeFile, start: number): number {
  const { code } = quietOf(file)
  let at = start
  while (at > 0 && start - at < MAX_CHAIN) {
    const before = code.slice(Math.max(0, at - 200), at)
    const separator = SEPARATOR.exec(before)?.[0]
    if (separator === undefined) return at
    const end = at - separator.length
    const bare = openingOf(code, end)
    const name = NAME.exec(
      code
        .slice(Math.max(0, bare - 90), bare)
        .replace(/<[^<>\n]{0,60}>$/, (types) => '_'.repeat(types.length)),
    )?.[0]
    if (name === undefined) return bare < end ? bare : at
    at = bare - name.length
  }
  return at
}

/** Before the brackets that end at an offset; the offset itself where none do. */
function openingOf(code: string, end: number): number {
  if (code[end - 1] !== ')') return end
  let depth = 0
  for (let at = end - 1; at >= 0 && end - at < MAX_CHAIN; at -= 1) {
    if (code[at] === ')') depth += 1
    if (code[at] === '(') depth -= 1
    if (depth === 0) return at
  }
  return end
}

const headOf = (span: Span): Span => ({ ...span, start: Math.max(0, span.start - MAX_HEAD) })

/** What a function is called by: its own name, or that of what it is assigned to. */
function nameOf(file: CodeFile, fact: Fact): string | null {
  const { name } = fact.captures
  if (name !== undefined) return name
  const before = quietOf(file).code.slice(Math.max(0, fact.start - 200), fact.start)
  return /([\w$]+)\s*(?::[^=\n]{0,80})?:?=\s*(?:async\s+)?$/.exec(before)?.[1] ?? null
}

const MAX_HANDED = 3

/** Where a function is handed on by its name: `pRetry(refresh, options)`. */
export function handedOn(file: CodeFile, around: Fact): readonly Span[] {
  const name = nameOf(file, around)
  if (name === null || !/^\w{3,}$/.test(name)) return []
  const { code } = quietOf(file)
  const pattern = new RegExp(
    `(?<=[(,]\\s{0,40}(?:this\\.|self\\.|\\w{1,3}\\.)?)${name}(?=\\s*[,)])`,
    'g',
  )
  return [...code.matchAll(pattern)]
    .map(({ index }) => {
      const line = lineAt(file, index)
      return { start: index, end: index + name.length, line, endLine: line }
    })
    .filter(
      (span) =>
        !within(span, around) &&
        // A parameter of that name.
        !factsOf(file, 'function').some(
          (one) => within(span, one) && !/\{|=>/.test(code.slice(one.start, span.start)),
        ),
    )
    .slice(0, MAX_HANDED)
}
