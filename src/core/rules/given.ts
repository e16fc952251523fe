import type { Fact, Span } from '#core/facts/fact'
import { within } from '#core/facts/scopes'
import { type CodeFile, factsOf, isPython } from '#core/rules/code'
import { splitTopLevel, withoutComments } from '#core/rules/code-text'
import { assignedTo } from '#core/rules/scope-text'

/** What a name stands for: what it was given, each time, and how it was taken out of that. */
export interface Given {
  readonly value: string
  /** A part of the value: taken apart, or one of many in a loop. */
  readonly isPart: boolean
}

/** A parameter as it is written, with its annotations and type. */
export interface Parameter {
  readonly name: string
  readonly written: string
}

/** A function around a place, with its code before and after it. */
export interface Around {
  readonly fact: Fact
  readonly text: string
  readonly parameters: readonly Parameter[]
}

/** A longer function is not followed through, so that no file can cost more. */
const MAX_AROUND = 15_000
/** Functions around each other that are looked at. */
const MAX_DEPTH = 3
/** Characters in which the parameters of a function stand. */
const MAX_HEAD = 1_500

/** The functions around a place, the smallest first. */
export function functionsAround(file: CodeFile, place: Span): readonly Around[] {
  return factsOf(file, 'function')
    .filter(
      (one) =>
        one.captures['form'] === 'function' &&
        within(place, one) &&
        one.end - one.start <= MAX_AROUND,
    )
    .toReversed()
    .slice(0, MAX_DEPTH)
    .map((fact) => {
      const text = withoutComments(file.text.slice(fact.start, fact.end), file.language)
      return { fact, text, parameters: parametersOf(text, file) }
    })
}

function parametersOf(text: string, file: CodeFile): readonly Parameter[] {
  const head = text.slice(0, MAX_HEAD)
  const lone = isPython(file) ? null : /^(?:async\s+)?([\w$]+)\s*=>/.exec(head)
  if (lone?.[1] !== undefined) return [{ name: lone[1], written: lone[1] }]
  const open = head.indexOf('(')
  const close = open === -1 ? -1 : closingOf(head, open)
  if (close === -1) return []
  return splitTopLevel(head.slice(open + 1, close), file.language).flatMap((written) => {
    const bare = written.replace(/@\w+\((?:[^()]|\([^()]*\)){0,200}\)\s*/g, '')
    const name = /^(?:(?:public|private|protected|readonly)\s+)*[*.]{0,3}([A-Za-z_$][\w$]*)/.exec(
      bare,
    )?.[1]
    return name === undefined ? [] : [{ name, written }]
  })
}

function closingOf(text: string, open: number): number {
  let depth = 0
  for (let at = open; at < text.length; at += 1) {
    if (text[at] === '(') depth += 1
    else if (text[at] === ')') depth -= 1
    if (depth === 0) return at
  }
  return -1
}

/** What a name is given in a text: by assignment, taken apart, or as one of many. */
export function givenTo(text: string, name: string, file: CodeFile): readonly Given[] {
  if (!/^[\w$]{1,80}$/.test(name)) return []
  const own = assignedTo(text, name).map((value) => ({ value, isPart: false }))
  return [...own, ...(isPython(file) ? pythonParts(text, name) : scriptParts(text, name))]
}

const TAKEN_APART =
  /\b(?:const|let|var)\s*[{[]([^=;]{1,400}?)[}\]]\s*(?::[^=\n]{0,120})?=\s*([^\n]{1,300})/g
const EACH_OF =
  /\bfor\s*(?:await\s*)?\(\s*(?:const|let|var)\s+([^;)]{1,200}?)\s+of\s+([^\n{]{1,200}?)\)\s*[{\n]/g

function scriptParts(text: string, name: string): readonly Given[] {
  const word = new RegExp(`(?:^|[^\\w$.])${RegExp.escape(name)}(?![\\w$]|\\s*:)`)
  const parts = [...text.matchAll(TAKEN_APART), ...text.matchAll(EACH_OF)]
    .filter(([, names = '']) => word.test(names))
    .map(([, , value = '']) => value)
  const callback = new RegExp(
    `([\\w$.?!]{1,120})\\.(?:map|forEach|flatMap|filter|some|every|find|reduce)\\(\\s*(?:async\\s*)?\\(?\\s*${RegExp.escape(name)}\\s*(?:[,)]|=>|:)`,
    'g',
  )
  return [...parts, ...[...text.matchAll(callback)].map(([, value = '']) => value)].map(
    (value) => ({ value, isPart: true }),
  )
}

function pythonParts(text: string, name: string): readonly Given[] {
  const escaped = RegExp.escape(name)
  const each = new RegExp(
    `\\bfor\\s+(?:\\w+\\s*,\\s*)?${escaped}(?:\\s*,\\s*\\w+)?\\s+in\\s+((?:[^\\n\\[\\]]|\\[[^\\n\\[\\]]{0,60}\\]){1,200}?)(?::\\s*(?:\\n|$)|[\\])\\n]|\\sif\\s)`,
    'g',
  )
  const together = new RegExp(
    `(?:^|\\n)[ \\t]*(?:\\w+,\\s*){0,4}${escaped}(?:,\\s*\\w+){0,4}\\s*=(?!=)\\s*([^\\n]{1,300})`,
    'g',
  )
  return [...text.matchAll(each), ...text.matchAll(together)].map(([, value = '']) => ({
    value,
    isPart: true,
  }))
}
