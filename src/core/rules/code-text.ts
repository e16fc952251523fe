import type { Language } from '#core/facts/fact'

/** Opening brackets and what closes them. */
const CLOSES: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' }

/** How a language writes comments and characters. Strings are alike in all of them. */
interface Lexis {
  /** `#` begins a comment. */
  readonly hash: boolean
  /** `//` and `/*` begin a comment. */
  readonly slashes: boolean
  /** A single quote encloses one character, or, in Rust, names a lifetime. */
  readonly characters: boolean
}

const SLASHES: Lexis = { hash: false, slashes: true, characters: false }
const HASH: Lexis = { hash: true, slashes: false, characters: false }
const CHARACTERS: Lexis = { hash: false, slashes: true, characters: true }
const LEXIS: Readonly<Record<Language, Lexis>> = {
  typescript: SLASHES,
  tsx: SLASHES,
  javascript: SLASHES,
  python: HASH,
  ruby: HASH,
  php: { hash: true, slashes: true, characters: false },
  go: CHARACTERS,
  java: CHARACTERS,
  kotlin: CHARACTERS,
  csharp: CHARACTERS,
  rust: CHARACTERS,
}

/** The end of a string or comment that starts at `at`, or `at` when none starts there. */
function skipQuiet(text: string, at: number, language: Language): number {
  const here = text[at]
  const { hash, slashes, characters } = LEXIS[language]
  if (here === "'" && characters) return endOfCharacter(text, at)
  if (here === '"' || here === "'" || here === '`') return endOfString(text, at, here)
  if (here === '#' && hash) return beginsCode(text, at, language) ? at : lineEnd(text, at)
  if (here !== '/' || !slashes) return at
  if (text[at + 1] === '/') return lineEnd(text, at)
  if (text[at + 1] !== '*') return at
  const end = text.indexOf('*/', at + 2)
  return end === -1 ? text.length : end + 2
}

/** PHP's attributes and the values in Ruby's texts begin like a comment. */
function beginsCode(text: string, at: number, language: Language): boolean {
  const next = text[at + 1]
  return (language === 'php' && next === '[') || (language === 'ruby' && next === '{')
}

const CHARACTER = /'(?:\\[\s\S][^'\\\n]{0,10}|[^\\'\n])'/y

/** After a character such as `'"'`; a lone quote, as of a lifetime, begins nothing. */
function endOfCharacter(text: string, at: number): number {
  CHARACTER.lastIndex = at
  return CHARACTER.test(text) ? CHARACTER.lastIndex : at
}

function endOfString(text: string, at: number, quote: string): number {
  const triple = quote.repeat(3)
  if (quote !== '`' && text.startsWith(triple, at)) {
    const end = text.indexOf(triple, at + 3)
    return end === -1 ? text.length : end + 3
  }
  for (let index = at + 1; index < text.length; index += 1) {
    if (text[index] === '\\') index += 1
    else if (text[index] === quote) return index + 1
  }
  return text.length
}

function lineEnd(text: string, at: number): number {
  const end = text.indexOf('\n', at)
  return end === -1 ? text.length : end
}

/** The parts of a list between commas that stand in no bracket, string or comment. */
export function splitTopLevel(text: string, language: Language): readonly string[] {
  const parts: string[] = []
  const open: string[] = []
  let from = 0
  for (let at = 0; at < text.length; ) {
    const after = skipQuiet(text, at, language)
    if (after > at) {
      at = after
      continue
    }
    const here = text[at] ?? ''
    const closing = CLOSES[here]
    if (closing !== undefined) open.push(closing)
    else if (here === open.at(-1)) open.pop()
    else if (here === ',' && open.length === 0) {
      parts.push(text.slice(from, at))
      from = at + 1
    }
    at += 1
  }
  parts.push(text.slice(from))
  return parts.map((part) => part.trim()).filter((part) => part !== '')
}

/** A text in which strings and comments are blanked out, so that what is left is code. */
export function codeOnly(text: string, language: Language): string {
  return blanked(text, language, () => true)
}

/** Languages in which a plain string may go on over the end of its line. */
const LONG_STRINGS: ReadonlySet<Language> = new Set(['php', 'ruby', 'rust', 'csharp'])

/**
 * The lines of a whole file with strings and comments blanked out, also those that go over many
 * lines. A quote that its line does not end, as in a pattern or a text of JSX, begins nothing.
 */
export function codeInLines(text: string, language: Language): readonly string[] {
  const isString = (at: number, after: number) =>
    /["']/.test(text[at] ?? '') &&
    text.slice(at, at + 3) !== (text[at] ?? '').repeat(3) &&
    text.slice(at, after).includes('\n')
  const pieces: string[] = []
  let kept = 0
  for (let at = 0; at < text.length; ) {
    const after = skipQuiet(text, at, language)
    const quiet = after > at && (LONG_STRINGS.has(language) || !isString(at, after))
    if (quiet) {
      pieces.push(text.slice(kept, at), text.slice(at, after).replace(/[^\n]/g, ' '))
      kept = after
    }
    at = quiet ? after : at + 1
  }
  pieces.push(text.slice(kept))
  return pieces.join('').split('\n')
}

/** A text in which comments are blanked out: what they say is not what the code does. */
export function withoutComments(text: string, language: Language): string {
  return blanked(text, language, (first) => first === '#' || first === '/')
}

function blanked(text: string, language: Language, blank: (first: string) => boolean): string {
  const pieces: string[] = []
  let kept = 0
  for (let at = 0; at < text.length; ) {
    const after = skipQuiet(text, at, language)
    if (after > at && blank(text[at] ?? '')) {
      pieces.push(text.slice(kept, at), text.slice(at, after).replace(/[^\n]/g, ' '))
      kept = after
    }
    at = Math.max(after, at + 1)
  }
  pieces.push(text.slice(kept))
  return pieces.join('')
}

/** The value of a plain string literal, with `${…}` and `{…}` kept as they stand, or null. */
export function literal(text: string): string | null {
  const match = /^[rbfu]{0,2}(["'`])([\s\S]*)\1$/i.exec(text.trim())
  if (match === null) return null
  const inner = match[2] ?? ''
  return inner.includes(match[1] ?? '"') ? null : inner
}

/** Named values of a call: an object literal's keys or keyword arguments. */
export interface Options {
  readonly entries: ReadonlyMap<string, string>
  /** Something is in there that cannot be read, such as a spread or a variable. */
  readonly open: boolean
}

export const NO_OPTIONS: Options = { entries: new Map(), open: false }

/** A longer literal is not read: nested ones would cost the square of their size. */
const MAX_LITERAL = 20_000

/** Reads the keys of an object or dictionary literal; anything else is open. */
export function readObject(text: string, language: Language): Options {
  if (text.length > MAX_LITERAL) return { entries: new Map(), open: true }
  const trimmed = text.trim().replace(/\s+as\s+[\w.<>]+$/, '')
  if (!trimmed.startsWith('{') || !trimmed.endsWith('}')) return { entries: new Map(), open: true }
  const entries = new Map<string, string>()
  let open = false
  for (const part of splitTopLevel(trimmed.slice(1, -1), language)) {
    const bare = part.replace(/^(?:\/\/[^\n]*\n|\/\*[\s\S]*?\*\/|#[^\n]*\n|\s)+/, '')
    const pair =
      /^(?:async\s+)?(?:(["'`])([^"'`$]+)\1|([\w$]+))\s*(?::\s*([\s\S]*)|(\([\s\S]*)|$)/.exec(bare)
    const key = pair?.[2] ?? pair?.[3]
    if (key === undefined) open ||= bare !== ''
    else entries.set(key, (pair?.[4] ?? pair?.[5] ?? key).trim())
  }
  return { entries, open }
}

/** Reads Python's keyword arguments; `**options` makes it open. */
export function readKeywords(args: readonly string[]): Options {
  const entries = new Map<string, string>()
  let open = false
  for (const arg of args) {
    const pair = /^(\w+)\s*=(?!=)\s*([\s\S]*)$/.exec(arg)
    if (pair?.[1] !== undefined) entries.set(pair[1], pair[2] ?? '')
    else if (arg.startsWith('*')) open = true
  }
  return { entries, open }
}
