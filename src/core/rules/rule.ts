import * as z from 'zod'
import { LANGUAGES } from '#core/facts/fact'
import { AstGrepRule, matchersOf, RuleObjects, readYaml } from '#core/facts/fact-pack'
import type { Matcher } from '#core/facts/matcher'
import { FindingClass, Proof, type Severity } from '#core/findings/finding'
import type { Complaint, Read } from '#core/problem'
import { JUDGEMENTS, type JudgementName } from '#core/rules/judgements'
import { Impact, Likelihood, severityOf } from '#core/rules/severity'
import type { SourceText } from '#core/text/source-text'

const LanguageName = z.enum(LANGUAGES)
const sentence = z.string().min(1).max(800)

const Example = z.strictObject({
  language: LanguageName,
  path: z.string().min(1),
  code: z.string().min(1),
  /** Further files that the example needs, such as a shared client. */
  files: z.array(z.strictObject({ path: z.string().min(1), code: z.string().min(1) })).default([]),
})

const Common = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9-]{2,60}$/),
  class: FindingClass,
  impact: Impact,
  likelihood: Likelihood,
  proof: Proof,
  languages: z.array(LanguageName).min(1),
  /** Ids of the providers that it is about; empty for all. */
  providers: z.array(z.string()).default([]),
  /** Sentences with `{placeholders}`, filled with names from the code. */
  title: z.string().min(1).max(160),
  what: sentence,
  why: sentence,
  fix: z.strictObject({
    text: sentence,
    /** A small example of the fix for each family of languages. */
    script: z.string().max(900).optional(),
    python: z.string().max(900).optional(),
  }),
  references: z.array(z.url({ protocol: /^https$/ })).min(1),
  examples: z.strictObject({ bad: z.array(Example).min(1), good: z.array(Example).min(1) }),
})

const RuleFile = z.discriminatedUnion('kind', [
  Common.extend({
    kind: z.literal('pattern'),
    rules: z.array(AstGrepRule).min(1),
    utils: RuleObjects.optional(),
  }),
  Common.extend({
    kind: z.literal('judgement'),
    judgement: z.custom<JudgementName>(
      (name) => typeof name === 'string' && Object.hasOwn(JUDGEMENTS, name),
      { error: (issue) => `no judgement is called ${JSON.stringify(issue.input)}` },
    ),
  }),
])

/** One rule of `rules/<class>/<id>.yml`. Its severity follows from impact and likelihood. */
export type Rule = z.infer<typeof RuleFile> & { readonly severity: Severity }

/** The placeholders that every pattern rule can use. */
const PATTERN_NAMES: readonly string[] = ['snippet', 'symbol']

/** Reads one rule file. Every complaint carries the line it is about. */
export function readRule(source: SourceText): Read<Rule> {
  const read = readYaml(source, RuleFile)
  if (!read.ok) return read
  const rule = read.value
  const complaints = [...placeComplaints(source, rule), ...placeholderComplaints(source, rule)]
  if (complaints.length > 0) return { ok: false, complaints }
  return { ok: true, value: { ...rule, severity: severityOf(rule.impact, rule.likelihood) } }
}

function placeComplaints(source: SourceText, rule: z.infer<typeof RuleFile>): Complaint[] {
  const expected = `${rule.class}/${rule.id}.yml`
  if (source.path.endsWith(`/${expected}`)) return []
  return [{ file: source.path, line: null, reason: `this rule belongs in rules/${expected}` }]
}

function placeholderComplaints(source: SourceText, rule: z.infer<typeof RuleFile>): Complaint[] {
  const known = rule.kind === 'pattern' ? PATTERN_NAMES : JUDGEMENTS[rule.judgement].names
  const lines = source.text.split('\n')
  const used = [rule.title, rule.what, rule.why, rule.fix.text].flatMap((text) =>
    [...text.matchAll(PLACEHOLDER)].map((match) => match[1] ?? ''),
  )
  return [...new Set(used)]
    .filter((name) => !known.includes(name))
    .map((name) => ({
      file: source.path,
      line: lines.findIndex((line) => line.includes(`{${name}}`)) + 1 || null,
      reason: `{${name}} is never filled: this rule can use ${known.map((one) => `{${one}}`).join(', ') || 'no placeholder'}`,
    }))
}

/** A name of a rule's sentences: `{call}`. */
export const PLACEHOLDER = /\{([a-z]+)\}/g

/** The ast-grep rules of all pattern rules. */
export function ruleMatchers(rules: readonly Rule[]): readonly Matcher[] {
  return rules.flatMap((rule) =>
    rule.kind === 'pattern' ? matchersOf(`rule:${rule.id}`, rule) : [],
  )
}
