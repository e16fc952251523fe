import * as z from 'zod'
import type { Fact, Span } from '#core/facts/fact'
import { within } from '#core/facts/scopes'
import { fileOfImport } from '#core/rules/clients'
import { type CodeFile, factsOf, functionAround } from '#core/rules/code'
import { withoutComments } from '#core/rules/code-text'
import { importsOf } from '#core/rules/imports'
import { spellOutCase } from '#core/rules/letter-case'
import { holdsOnlyDates } from '#core/rules/made-dates'
import type { View } from '#core/rules/observation'
import { comesFromOutside, OUTSIDE } from '#core/rules/outside'
import { reachedFrom } from '#core/rules/reach'

/** A capture of the match within a guard's pattern: `{answer}`. */
const CAPTURE = /\{([a-z]+)\}/g

/** Groups with letters before the colon of which `spellOutCase` knows nothing. */
const OTHER_MODIFIERS = /\(\?(?!i:)[a-z-]{1,8}:/

const Pattern = z
  .string()
  .refine((text) => !OTHER_MODIFIERS.test(text), 'the only modifier of a group is (?i:…)')
  .check((ctx) => {
    try {
      new RegExp(ctx.value.replace(CAPTURE, 'x'))
    } catch (error) {
      ctx.issues.push({ code: 'custom', input: ctx.value, message: String(error) })
    }
  })
  .transform(spellOutCase)

const TextGuard = z.strictObject({
  in: z.enum([
    'match',
    'function',
    'reach',
    'called',
    'callers',
    'class',
    'file',
    'client',
    'imports',
    'path',
  ]),
  text: Pattern,
})
type TextGuard = z.infer<typeof TextGuard>
/** Where a guard looks for text. */
export type Place = TextGuard['in']

/**
 * A capture whose value somebody outside chooses: followed through the function, from the request
 * or the message to the match. `as` says how much of it: any `part`, the host of an `address`, or
 * that an `object` may stand where a text is meant.
 */
const OutsideGuard = z.strictObject({
  in: z.literal('outside'),
  value: z.string().regex(/^[a-z]+$/),
  as: z.enum(OUTSIDE),
})

/** Each value in the text of the match is a date that this file writes out, or stands in its code. */
const DatesGuard = z.strictObject({ in: z.literal('dates') })

/**
 * Code that has to be there, or must not, for a match to count. `in` is where it is looked for:
 * the match itself; the function around it (at the top of a file, the file); the functions of this
 * file that this one calls (`reach`), those that the match itself calls or hands on (`called`), and
 * those that call it (`callers`); the class; the file; where
 * the capture `client` is made, here or in an imported file (`client`); the files of the repository
 * from which the function takes names (`imports`); the file's path. Comments are left out. `text` is
 * a regular expression in which `{name}` stands for what the match captured under that name.
 */
export const Guard = z.discriminatedUnion('in', [TextGuard, OutsideGuard, DatesGuard])
export type Guard = z.infer<typeof Guard>

/** Guards of one pattern: all of `only` hold and none of `unless`. */
export interface Guards {
  readonly only: readonly Guard[]
  readonly unless: readonly Guard[]
}

/** Whether a match counts: all of `only` hold, none of `unless`. */
export function passesGuards(view: View, fact: Fact, { only, unless }: Guards): boolean {
  return (
    only.every((one) => holds(view, fact, one)) && !unless.some((one) => holds(view, fact, one))
  )
}

function holds(view: View, fact: Fact, guard: Guard): boolean {
  if (guard.in === 'dates') return holdsOnlyDates(view.file, fact)
  if (guard.in === 'outside')
    return comesFromOutside(view.file, fact, fact.captures[guard.value] ?? '', guard.as)
  const pattern = new RegExp(
    guard.text.replace(CAPTURE, (_, name: string) => RegExp.escape(fact.captures[name] ?? '')),
    'm',
  )
  return textsOf(view, fact, guard.in).some((text) => pattern.test(text))
}

function textsOf(view: View, fact: Fact, place: Place): readonly string[] {
  const { file } = view
  switch (place) {
    case 'match':
      return [codeIn(file, fact)]
    case 'function':
      return [codeIn(file, functionAround(file, fact) ?? wholeOf(file))]
    case 'reach':
      return reachedFrom(file, [functionAround(file, fact) ?? wholeOf(file)]).map((span) =>
        codeIn(file, span),
      )
    case 'called':
      return reachedFrom(file, [fact]).map((span) => codeIn(file, span))
    case 'callers':
      return callersOf(file, fact).map((span) => codeIn(file, span))
    case 'class':
      return [codeIn(file, classAround(file, fact) ?? wholeOf(file))]
    case 'file':
      return [codeIn(file, wholeOf(file))]
    case 'client':
      return constructionsOf(view, fact)
    case 'imports':
      return importedBy(view, functionAround(file, fact) ?? wholeOf(file))
    case 'path':
      return [file.path]
  }
}

const MAX_CALLERS = 5

/** The functions of the file that call the one around a match. */
function callersOf(file: CodeFile, fact: Span): readonly Span[] {
  const around = functionAround(file, fact)
  const name = around?.captures['name'] ?? ''
  if (around === null || !/^[\w$]{2,80}$/.test(name)) return []
  const calls = new RegExp(`(?<![\\w$])${RegExp.escape(name)}\\(`)
  return factsOf(file, 'function')
    .filter(
      (one) =>
        one.captures['form'] === 'function' &&
        one.captures['name'] !== name &&
        calls.test(codeIn(file, one)),
    )
    .slice(0, MAX_CALLERS)
}

const wholeOf = ({ text, lines }: CodeFile): Span => ({
  line: 1,
  endLine: lines.length,
  start: 0,
  end: text.length,
})

/** Comments are taken out once for a file; its length stays. */
const CODE = new WeakMap<CodeFile, string>()

function codeIn(file: CodeFile, span: Span): string {
  const known = CODE.get(file) ?? withoutComments(file.text, file.language)
  CODE.set(file, known)
  return known.slice(span.start, span.end)
}

function classAround(file: CodeFile, fact: Span): Fact | null {
  return (
    factsOf(file, 'function')
      .filter((one) => one.captures['form'] === 'class' && within(fact, one))
      .at(-1) ?? null
  )
}

/** Characters after an assignment in which a client's options stand. */
const CONSTRUCTION = 2_000
const MAX_CONSTRUCTIONS = 20

/** Where the client of a call is made: assignments of its name in this file and in imported ones. */
function constructionsOf(view: View, fact: Fact): readonly string[] {
  const written = fact.captures['client'] ?? ''
  const name = /([\w$]+)\W*$/.exec(written)?.[1]
  if (name === undefined) return []
  const assigned = new RegExp(`\\b${RegExp.escape(name)}\\b[^\\n=]{0,80}(?::?=(?!=)|:)`, 'g')
  const own = [view.file, ...importedFilesOf(view, fact)]
  return own.flatMap((file) => {
    const text = codeIn(file, wholeOf(file))
    return [...text.matchAll(assigned)]
      .slice(0, MAX_CONSTRUCTIONS)
      .map(({ index }) => text.slice(index, index + CONSTRUCTION))
  })
}

function importedBy(view: View, span: Span): readonly string[] {
  return importedFilesOf(view, span).map((file) => codeIn(file, wholeOf(file)))
}

/** The files at hand from which the code of a span takes names. */
function importedFilesOf({ code, file }: View, span: Span): readonly CodeFile[] {
  const words = new Set(codeIn(file, span).match(/[\w$]+/g) ?? [])
  return importsOf(file)
    .filter(({ local }) => words.has(local))
    .flatMap((one) => fileOfImport(code, file, one) ?? [])
}
