import { LineCounter, parseDocument } from 'yaml'
import * as z from 'zod'
import { FACT_KINDS, type Fact, LANGUAGES, type Language } from '#core/facts/fact'
import { GRAMMARS } from '#core/facts/language'
import type { Matcher } from '#core/facts/matcher'
import type { Complaint, Read } from '#core/problem'
import type { YamlSource } from '#core/text/source-text'

const LanguageName = z.enum(LANGUAGES)

/**
 * The keys of a rule object: https://ast-grep.github.io/reference/rule.html. Checked here because
 * ast-grep takes an unknown key without a word, and the rule then means something else.
 */
const RuleObject: z.ZodType<Readonly<Record<string, unknown>>> = z.lazy(() =>
  z.strictObject({
    pattern: z
      .union([
        z.string(),
        z.strictObject({
          context: z.string(),
          selector: z.string().optional(),
          strictness: z.string().optional(),
        }),
      ])
      .optional(),
    kind: z.string().optional(),
    regex: z.string().optional(),
    field: z.string().optional(),
    matches: z.string().optional(),
    nthChild: z
      .union([
        z.int(),
        z.string(),
        z.strictObject({
          position: z.union([z.int(), z.string()]),
          reverse: z.boolean().optional(),
          ofRule: RuleObject.optional(),
        }),
      ])
      .optional(),
    stopBy: z.union([z.enum(['end', 'neighbor']), RuleObject]).optional(),
    inside: RuleObject.optional(),
    has: RuleObject.optional(),
    precedes: RuleObject.optional(),
    follows: RuleObject.optional(),
    not: RuleObject.optional(),
    all: z.array(RuleObject).min(1).optional(),
    any: z.array(RuleObject).min(1).optional(),
  }),
)
export const RuleObjects = z.record(z.string(), RuleObject)

const CaptureName = z.string().regex(/^[a-z]+$/)

/** An ast-grep rule in its own format, plus captures that hold for each match of it. */
export const AstGrepRule = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]+$/),
  /** Fewer languages than the pack has, where a grammar lacks a node kind. */
  languages: z.array(LanguageName).min(1).optional(),
  set: z.record(CaptureName, z.string()).default({}),
  /** A capture that reaches from the first capture to the last, where no node is just that text. */
  join: z.record(CaptureName, z.tuple([CaptureName, CaptureName])).optional(),
  rule: RuleObject,
  constraints: RuleObjects.optional(),
})
export type AstGrepRule = z.infer<typeof AstGrepRule>

/** One kind of fact and how to see it in some languages: `facts/<language>/<kind>.yml`. */
export const FactPack = z.strictObject({
  kind: z.enum(FACT_KINDS),
  means: z.string().min(1),
  languages: z.array(LanguageName).min(1),
  utils: RuleObjects.optional(),
  rules: z.array(AstGrepRule).min(1),
})
export type FactPack = z.infer<typeof FactPack>

/** Reads a YAML file against a schema; every complaint carries its line. */
export function readYaml<T>(source: YamlSource, schema: z.ZodType<T>): Read<T> {
  const known = source.parsed === undefined ? null : schema.safeParse(source.parsed)
  if (known?.success) return { ok: true, value: known.data }
  const lines = new LineCounter()
  const document = parseDocument(source.text, { lineCounter: lines })
  const lineAt = (offset: number | undefined) =>
    offset === undefined ? null : lines.linePos(offset).line
  if (document.errors.length > 0) {
    const complaints = document.errors.map((error) => ({
      file: source.path,
      line: lineAt(error.pos[0]),
      reason: (error.message.split('\n')[0] ?? 'unreadable YAML').replace(/ at line \d+.*$/, ''),
    }))
    return { ok: false, complaints }
  }
  const parsed = schema.safeParse(document.toJS({ maxAliasCount: 50 }))
  if (parsed.success) return { ok: true, value: parsed.data }
  const complaints = parsed.error.issues.map((issue): Complaint => {
    const where = issue.path.filter((key) => typeof key !== 'symbol')
    const prefix = where.length === 0 ? '' : `${where.join('.')}: `
    return {
      file: source.path,
      line: lineAt(offsetOf(document, where)),
      reason: `${prefix}${issue.message}`,
    }
  })
  return { ok: false, complaints }
}

/** The offset of the deepest part of `path` that exists, so that a missing key names its parent. */
function offsetOf(
  document: ReturnType<typeof parseDocument>,
  path: readonly (string | number)[],
): number | undefined {
  for (let length = path.length; length >= 0; length -= 1) {
    const node: unknown = document.getIn(path.slice(0, length), true)
    const range = z.looseObject({ range: z.array(z.number()) }).safeParse(node)
    if (range.success) return range.data.range[0]
  }
  return undefined
}

/** The ast-grep rules of a pack or a pattern rule, one for each language that it covers. */
export function matchersOf(
  kind: Fact['kind'],
  pack: {
    readonly languages: readonly Language[]
    readonly utils?: Readonly<Record<string, unknown>> | undefined
    readonly rules: readonly AstGrepRule[]
  },
): readonly Matcher[] {
  return pack.rules.flatMap((one) =>
    (one.languages ?? pack.languages).map((language): Matcher => {
      const id = `${kind.replace(':', '-')}.${one.id}.${language}`
      return {
        id,
        kind,
        by: one.id,
        language,
        set: one.set,
        ...(one.join === undefined ? {} : { join: one.join }),
        document: {
          id,
          language: GRAMMARS[language].id,
          severity: 'hint',
          rule: one.rule,
          ...(one.constraints === undefined ? {} : { constraints: one.constraints }),
          ...(pack.utils === undefined ? {} : { utils: pack.utils }),
        },
      }
    }),
  )
}
