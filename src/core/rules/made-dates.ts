import type { Fact } from '#core/facts/fact'
import { type CodeFile, functionAround } from '#core/rules/code'
import { splitTopLevel } from '#core/rules/code-text'
import { codeOfFile } from '#core/rules/units'

/** A date as it is written out: digits and what stands between them. */
const DATE =
  /\.toISOString\(\)(?:\s*\.(?:slice|substring|substr)\(\s*\d{1,2}\s*(?:,\s*\d{1,2}\s*)?\)|\s*\.split\(["']T["']\)\[[01]\])?[,;)]?$|\.format\(\s*["'][YMDHhmsSZ[\]T/:. -]{2,40}["']\s*\)[,;)]?$|\.strftime\(\s*["'][^"'\n]{1,40}["']\s*\)[,)]?$|\.isoformat\(\)[,)]?$/
/** What stands in the code itself. */
const FIXED = /^(?:["'][^"'\\\n]{0,80}["']|\d{1,10}|[A-Z][A-Z0-9_]{1,60})[,;]?$/
/** Another value may stand in its place. */
const OR_ELSE = /\|\||\?|\bor\b|\bif\b|\+/
const TEMPLATE = /^`[^`\n]{1,200}`[,;]?$/
const TYPE = /^(?:string|number|Date|str|int|date|datetime|Optional|any)\b/
const NAME = /^[A-Za-z_]\w{0,60}$/
const VALUES = /\$\{\s*([^{}]{1,80}?)\s*\}/g
const PYTHON_VALUES = /\{\s*([^{}]{1,80}?)\s*\}/g
/** Names that are followed for one value, and functions and calls that are looked at. */
const MAX_NAMES = 12
const MAX_FOUND = 30
/** Characters of a file in which names are followed: each statement looks through all of it. */
const MAX_FILE = 80_000

interface Place {
  /** The function in which the value stands. */
  readonly around: string
  /** The file. */
  readonly code: string
}

/** Whether every value in a text is a date that this file writes out, or stands in its code. */
export function holdsOnlyDates(file: CodeFile, fact: Fact): boolean {
  if (file.text.length > MAX_FILE) return false
  const code = codeOfFile(file)
  const span = functionAround(file, fact)
  const around = span === null ? '' : code.slice(span.start, span.end)
  const text = writtenIn(around, fact) ?? file.text.slice(fact.start, fact.end)
  const found = [...text.matchAll(file.language === 'python' ? PYTHON_VALUES : VALUES)]
  return found.length > 0 && found.every(([, value = '']) => isMadeDate({ around, code }, value))
}

/** The template that a statement was given under its name, where nothing is added to it. */
function writtenIn(around: string, fact: Fact): string | null {
  const name = fact.captures['sql'] ?? ''
  if (!NAME.test(name)) return null
  const given = [...around.matchAll(new RegExp(`\\b${name}\\s*\\+?=(?!=|>)\\s*`, 'g'))]
  const [only] = given
  if (only === undefined || given.length > 1) return null
  const rest = around.slice(only.index + only[0].length)
  return /^`[^`]{1,4000}`(?!\s*\+)/.exec(rest)?.[0] ?? null
}

/** Whether a value is a date written out here, or fixed text, by whatever name it was handed on. */
export function isMadeDate({ around, code }: Place, value: string): boolean {
  const seen = new Set<string>()
  const isMade = (written: string, text: string): boolean => {
    const one = written.trim()
    if (isWritten(one)) return true
    if (TEMPLATE.test(one))
      return [...one.matchAll(VALUES)].every(([, part = '']) => isMade(part, text))
    if (!NAME.test(one) || seen.size >= MAX_NAMES) return false
    if (seen.has(one)) return true
    seen.add(one)
    const sources = sourcesIn({ around: text, code }, one)
    return sources.length > 0 && sources.every((source) => isMade(source, code))
  }
  return NAME.test(value) && isMade(value, around)
}

function isWritten(one: string): boolean {
  return FIXED.test(one) || (DATE.test(one) && !OR_ELSE.test(one))
}

/** Of its own function; of the whole file where that says nothing. None where others may give it more. */
function sourcesIn({ around, code }: Place, name: string): readonly string[] {
  const near = sourcesOf(around, code, name)
  if (near === null) return []
  return near.length > 0 ? near : (sourcesOf(code, code, name) ?? [])
}

/** All that a name is given in a text and by the callers of its functions; null where others may give it more. */
function sourcesOf(text: string, code: string, name: string): readonly string[] | null {
  const set = `(?:^|[\\n;{]|\\b(?:const|let|var)\\s)[ \\t]*${name}\\s*(?::[^=\\n]{0,60})?=(?!=|>)\\s*([^\\n]{1,300})`
  const field = `(?:[{,]|\\n)\\s*${name}\\s*:\\s*([^\\n]{1,200})`
  const given = [set, field]
    .flatMap((one) => [...text.matchAll(new RegExp(one, 'g'))])
    .map(([, one = '']) => firstOf(one))
    .filter((one) => !TYPE.test(one))
  const calls = takersOf(text, name).map(({ called, at }) => argumentsAt(code, called, at))
  if (calls.some((one) => one === null)) return null
  return [...given, ...calls.flatMap((one) => one ?? [])]
}

/** A value without what follows it on its line: other fields, the end of the object. */
function firstOf(text: string): string {
  return (splitTopLevel(text, 'javascript')[0] ?? '').replace(/\s*\}[;,)]{0,3}$/, '').trim()
}

interface Taker {
  readonly called: string
  /** Which of its parameters has the name. */
  readonly at: number
}

const FUNCTIONS =
  /\bfunction\s+(\w{1,60})\s*\(([^()]{1,400})\)|\b(?:const|let)\s+(\w{1,60})\s*=\s*(?:async\s*)?\(([^()]{1,400})\)\s*(?::[^=\n]{1,60})?=>|\bdef\s+(\w{1,60})\s*\(([^()]{1,400})\)/g

function takersOf(text: string, name: string): readonly Taker[] {
  return [...text.matchAll(FUNCTIONS)].slice(0, MAX_FOUND).flatMap((match) => {
    const called = match[1] ?? match[3] ?? match[5] ?? ''
    const listed = (match[2] ?? match[4] ?? match[6] ?? '').split(',').map((one) => one.trim())
    const own = listed[0] === 'self' || listed[0] === 'cls' ? listed.slice(1) : listed
    const at = own.findIndex((one) => /^\w+/.exec(one)?.[0] === name)
    return at === -1 ? [] : [{ called, at }]
  })
}

/** What each call in the file hands in at a place; null for what other files may call. */
function argumentsAt(code: string, called: string, at: number): readonly string[] | null {
  const isGiven = new RegExp(
    `\\bexport\\s+(?:default\\s+)?(?:async\\s+)?(?:function|const|let)\\s+${called}\\b|\\bexport\\s*\\{[^}]{0,2000}\\b${called}\\b|\\bexports\\b[^;]{0,600}\\b${called}\\b`,
  )
  if (isGiven.test(code)) return null
  const calls = [
    ...code.matchAll(
      new RegExp(`(?<!\\bfunction\\s|\\bdef\\s)\\b${called}\\(([^()\\n]{0,400})`, 'g'),
    ),
  ]
  if (calls.length === 0 || calls.length > MAX_FOUND) return null
  const handed = calls.map(([, list = '']) => splitTopLevel(list, 'javascript')[at]?.trim() ?? '')
  return handed.some((one) => one === '') ? null : handed
}
