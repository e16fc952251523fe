import type { Fact } from '#core/facts/fact'
import { type CodeFile, factsOf, functionAround } from '#core/rules/code'
import { withoutComments } from '#core/rules/code-text'
import { loggedValues } from '#core/rules/logged-values'
import type { Judgement, View } from '#core/rules/observation'
import { observe } from '#core/rules/observe'

/** Fields that open something, or that say about a person what is worth protecting by itself. */
const GRAVE =
  /^(?:\w*(?:access|refresh|auth|api|id|session)_?token|\w*password|\w*secret|api_?key|private_?key|\w*iban|bic|ssn|social_?security\w*|tax_?(?:id|number)|passport\w*|(?:document|insurance|card|account|id_?card|national)_?(?:id_?)?numbers?|(?:date_?of_?birth|birth_?date|birthday|dob)|pan|cvv|cvc|diagnos\w+)$/i
/** Such a type writes no more than its name or a few signs of its value. */
const VEILED =
  /\bbyte\s*\[\]|\bByteArray\b|\b\w*(?:Secret|Sensitive|Masked|Redacted|Protected|Hidden|Encrypted)\w*\s*(?:<[^<>]{0,40}>)?\s+\w+\s*$|:\s*\w*(?:Secret|Sensitive|Masked|Redacted|Protected|Hidden|Encrypted)/
/** The class says itself what of it is written. */
const OWN_TEXT =
  /\bString\s+toString\s*\(\)|override\s+fun\s+toString|override\s+string\s+ToString|ToString\.Exclude|PrintMembers|redact|mask/i
const MAX_FIELDS = 4_000

/** A record of languages whose records write all their fields, in a log as a whole. */
export const recordLogged: Judgement = {
  names: ['value', 'log', 'type', 'fields'],
  judge: (view) =>
    factsOf(view.file, 'log-call').flatMap((fact) => {
      for (const value of loggedValues(fact)) {
        const type = typeOf(view.file, fact, value)
        const fields = type === null ? [] : fieldsThatMatter(view, type)
        if (type === null || fields.length === 0) continue
        const names = { value, type, fields: fields.slice(0, 3).join(', ') }
        return [observe(view, fact, { names: { ...names, log: fact.captures['callee'] ?? '' } })]
      }
      return []
    }),
}

/** The class of a name, as its parameter, its declaration or its field says. */
function typeOf(file: CodeFile, fact: Fact, value: string): string | null {
  if (!/^[a-z]\w{0,60}$/.test(value)) return null
  const around = functionAround(file, fact)
  const text = withoutComments(
    around === null ? '' : file.text.slice(around.start, fact.start),
    file.language,
  )
  const name = RegExp.escape(value)
  const written =
    file.language === 'kotlin'
      ? new RegExp(
          `\\b${name}\\s*:\\s*([A-Z]\\w*)\\b(?!\\.)|\\bval\\s+${name}\\s*=\\s*([A-Z]\\w*)\\(`,
        )
      : new RegExp(`\\b([A-Z]\\w*)\\??\\s+${name}\\s*[=,;)]`)
  const found = written.exec(text)
  return found?.[1] ?? found?.[2] ?? null
}

/** What of a record's fields nobody wants in a log; empty for a class that writes none of them. */
function fieldsThatMatter({ code, file }: View, type: string): readonly string[] {
  const named = RegExp.escape(type)
  const record = new RegExp(
    `\\b(?:record(?:\\s+class|\\s+struct)?|data\\s+class)\\s+${named}\\s*(?:<[^<>]{0,60}>)?\\s*(?:@\\w+\\s*)?\\(`,
  )
  for (const one of [file, ...code.files.values()]) {
    const found = isSeenFrom(file, one, type) ? record.exec(one.text) : null
    if (found === null) continue
    const head = one.text.slice(found.index + found[0].length, found.index + MAX_FIELDS)
    if (OWN_TEXT.test(head.slice(0, 1_500))) return []
    const names = namesIn(head.slice(0, closing(head)), file.language === 'kotlin')
    return names.filter((name) => GRAVE.test(name))
  }
  return []
}

/** Whether the class of a file is the one that a name of another file means. */
function isSeenFrom(file: CodeFile, one: CodeFile, type: string): boolean {
  if (one.language !== file.language) return false
  const folder = (path: string) => path.slice(0, path.lastIndexOf('/') + 1)
  if (file.language === 'csharp' || folder(one.path) === folder(file.path)) return true
  return new RegExp(`^import\\s[^\\n]{0,200}\\.(?:${RegExp.escape(type)}\\b|\\*)`, 'm').test(
    file.text,
  )
}

function closing(text: string): number {
  let depth = 1
  for (let at = 0; at < text.length; at += 1) {
    if (text[at] === '(') depth += 1
    else if (text[at] === ')') depth -= 1
    if (depth === 0) return at
  }
  return text.length
}

/** `String iban, LocalDate birthDate` or `val iban: String, val bic: String`. */
function namesIn(fields: string, isKotlin: boolean): readonly string[] {
  return fields
    .split(/,(?![^<>()]*[>)])/)
    .filter((field) => !VEILED.test(field))
    .flatMap(
      (field) =>
        (isKotlin ? /\bva[lr]\s+(\w+)\s*:/ : /(\w+)\s*(?:=[^=]*)?$/).exec(field.trim())?.[1] ?? [],
    )
}

/** The file of each class of the own package that a log line writes as a whole: nobody imports it. */
export function loggedTypesFor(file: CodeFile): readonly string[] {
  if (file.language !== 'java' && file.language !== 'kotlin') return []
  const folder = file.path.slice(0, file.path.lastIndexOf('/') + 1)
  const types = factsOf(file, 'log-call').flatMap((fact) =>
    loggedValues(fact).flatMap((value) => typeOf(file, fact, value) ?? []),
  )
  const ending = file.language === 'java' ? '.java' : '.kt'
  return [...new Set(types)].map((type) => `${folder}${type}${ending}`)
}
