import { assignedTo } from '#core/rules/scope-text'
import { isOfRequest, type Shown } from '#core/rules/text-signs'

/** Characters in which the brackets before a function's body stand. */
const MAX_HEAD = 1_500
/** Decorators and receivers have brackets of their own. */
const MAX_BRACKETS = 4
/** Names that are followed for one value. */
const MAX_NAMES = 20
/** The body begins, or a value is given. */
const BODY = /[{;=]|:\s*\n|\n\s*\n/
/** A loop over many, or a pattern that takes a value apart. */
const TAKES_PARTS =
  /\bfor(?:each)?\b|\.(?:map|forEach|each|flatMap|for_each)\b|[}\]]\s*=\s|\blet\s+\(/
const NAME = /(?<![\w$."'])[$@]?[A-Za-z_]\w*/g

/** Whether a value is handed to the function, read from a request, or made of something that is. */
export function isHandedIn(shown: Shown, written: string): boolean {
  const { around, fact } = shown
  if (fact === null || isOfRequest(shown, written)) return true
  const head = headOf(shown.code.slice(fact.start, fact.end), shown.file.language === 'ruby')
  return leadsBack(around, [written], {
    ends: ({ root }) => wordOf(root).test(head) || isOfRequest(shown, root),
  })
}

/** A name on the way back from a value, the text in which it stands, and what it was given. */
interface Step {
  readonly root: string
  readonly text: string
  readonly given: readonly string[]
}

/**
 * Whether the names that values are made of lead back, by what was given to them in a function, to
 * one at which the search ends. What is no `way` is not followed.
 */
export function leadsBack(
  around: string,
  values: readonly string[],
  { ends, way = () => true }: { ends: (step: Step) => boolean; way?: (text: string) => boolean },
): boolean {
  const seen = new Set<string>()
  const open = [...values]
  for (const text of open) {
    for (const root of rootsOf(text)) {
      if (seen.has(root) || seen.size >= MAX_NAMES) continue
      seen.add(root)
      const given = [root, `$${root}`].flatMap((name) => assignedTo(around, name))
      if (ends({ root, text, given })) return true
      open.push(...[...given, ...partsLines(around, wordOf(root))].filter(way))
    }
  }
  return false
}

const wordOf = (root: string) => new RegExp(`(?<![\\w.])${RegExp.escape(root)}(?!\\w)`)

/** Names that stand for themselves: no fields of the object, no classes, enumerations or constants. */
function rootsOf(text: string): readonly string[] {
  return [...text.matchAll(NAME)]
    .map(([name]) => name)
    .filter((name) => !/^(?:this|self|@\w+|\$this|[A-Z]\w*)$/.test(name))
    .map((name) => name.replace('$', ''))
}

function partsLines(around: string, named: RegExp): readonly string[] {
  return around.split('\n').filter((line) => TAKES_PARTS.test(line) && named.test(line))
}

/** What stands before a function's body: its parameters, with decorators and a receiver. */
function headOf(text: string, firstOnly: boolean): string {
  const arrow = /^(?:async\s+)?[\w$]+\s*=>/.exec(text)?.[0]
  if (arrow !== undefined) return arrow
  let end = 0
  for (let count = 0; count < (firstOnly ? 1 : MAX_BRACKETS); count += 1) {
    const open = text.indexOf('(', end)
    if (open === -1 || open > MAX_HEAD) break
    if (count > 0 && BODY.test(text.slice(end, open))) break
    end = closingOf(text.slice(0, MAX_HEAD * 2), open)
  }
  return text.slice(0, end)
}

function closingOf(text: string, open: number): number {
  let depth = 0
  for (let at = open; at < text.length; at += 1) {
    if (text[at] === '(') depth += 1
    else if (text[at] === ')') depth -= 1
    if (depth === 0) return at + 1
  }
  return text.length
}
