/** One name of a chain such as `client.post(url).send`, and whether it is called within the chain. */
export interface Step {
  readonly name: string
  readonly called: boolean
}

/** A chain longer than this is no call that a person wrote. */
const MAX_CALLEE = 4_000
const OPENS: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' }
const NAME = /[\w$@\\]+/y
const SEPARATOR = /\s*(?:\?\.|!\.|\.|\?->|->|&\.|::|!|\?)\s*/y
/** Words before a name that say nothing of whom it belongs to. */
const LEADING = /^(?:(?:await|new|return|yield|\(|&|\*)\s*)+/
/** What an object calls itself. */
const SELF: ReadonlySet<string> = new Set([
  'this',
  'self',
  'cls',
  '$this',
  'static',
  'parent',
  'super',
])

/**
 * The names of a callee in order, without arguments, subscripts and type arguments; empty where it
 * does not begin with a name. `this`, `self` and the like are left out, a Ruby `@` too.
 */
export function stepsOf(callee: string): readonly Step[] {
  if (callee.length > MAX_CALLEE) return []
  const text = callee.replace(LEADING, '')
  const steps: Step[] = []
  let at = 0
  while (at < text.length) {
    NAME.lastIndex = at
    const name = NAME.exec(text)?.[0]
    if (name === undefined) break
    at += name.length
    const after = afterBrackets(text, at)
    steps.push({ name: name.replace(/^(?:@{1,2}|\$)/, ''), called: after.called })
    SEPARATOR.lastIndex = after.at
    const separator = SEPARATOR.exec(text)?.[0]
    if (separator === undefined) break
    at = after.at + separator.length
  }
  const [first] = steps
  return first !== undefined && !first.called && SELF.has(first.name) && steps.length > 1
    ? steps.slice(1)
    : steps
}

/** Passes over arguments, subscripts and type arguments that follow a name. */
function afterBrackets(text: string, from: number): { at: number; called: boolean } {
  let at = from
  let called = false
  for (;;) {
    const generic = /^\s*(?:::)?<[\w\s,.<>[\]|&'"?:]{0,200}>(?=\s*\()/.exec(
      text.slice(at, at + 240),
    )?.[0]
    if (generic !== undefined) at += generic.length
    const space = /^\s*/.exec(text.slice(at, at + 200))?.[0].length ?? 0
    const open = text[at + space] ?? ''
    if (OPENS[open] === undefined || (open === '{' && !called)) return { at, called }
    called ||= open === '('
    at = closing(text, at + space)
  }
}

/** Index after the bracket that closes the one at `from`; strings are passed over. */
function closing(text: string, from: number): number {
  let depth = 0
  for (let at = from; at < text.length; at += 1) {
    const here = text[at] ?? ''
    if (here === '"' || here === "'" || here === '`') at = endOfString(text, at, here)
    else if (OPENS[here] !== undefined) depth += 1
    else if (here === ')' || here === ']' || here === '}') {
      depth -= 1
      if (depth === 0) return at + 1
    }
  }
  return text.length
}

function endOfString(text: string, from: number, quote: string): number {
  for (let at = from + 1; at < text.length; at += 1) {
    if (text[at] === '\\') at += 1
    else if (text[at] === quote) return at
  }
  return text.length
}
