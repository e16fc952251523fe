import * as z from 'zod'
import { LANGUAGES, type Language } from '#core/facts/fact'
import { AstGrepRule, matchersOf, RuleObjects } from '#core/facts/fact-pack'
import type { Matcher } from '#core/facts/matcher'
import { FindingClass, Proof, type Severity } from '#core/findings/finding'
import { Guard } from '#core/rules/guard'
import { JUDGEMENTS, type JudgementName } from '#core/rules/judgements'
import { Impact, Likelihood } from '#core/rules/severity'
import { Taken } from '#core/rules/taken'
import { NEVER_JUDGED, TrackRecord } from '#core/rules/track-record'

const LanguageName = z.enum(LANGUAGES)
const sentence = z.string().min(1).max(800)

const Example = z.strictObject({
  language: LanguageName,
  path: z.string().min(1),
  code: z.string().min(1),
  /** The same file before the change, for rules about changes. */
  before: z.string().min(1).optional(),
  /** Further files that the example needs, such as a shared client. */
  files: z.array(z.strictObject({ path: z.string().min(1), code: z.string().min(1) })).default([]),
})

/** An ast-grep rule with the code around its matches that decides whether they count. */
const RulePattern = AstGrepRule.extend({
  only: z.array(Guard).default([]),
  unless: z.array(Guard).default([]),
})
export type RulePattern = z.infer<typeof RulePattern>

const CodeExample = z.string().min(1).max(900)

const Common = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9-]{2,60}$/),
  class: FindingClass,
  impact: Impact,
  likelihood: Likelihood,
  proof: Proof,
  record: TrackRecord.default(NEVER_JUDGED),
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
    script: CodeExample.optional(),
    python: CodeExample.optional(),
  }),
  references: z.array(z.url({ protocol: /^https$/ })).min(1),
  /** Rules that say more of the same cause: where one of them speaks of a line, this one is silent. */
  yields: z.array(z.string()).default([]),
  examples: z.strictObject({ bad: z.array(Example).min(1), good: z.array(Example).min(1) }),
})

export const RuleFile = z.discriminatedUnion('kind', [
  Common.extend({
    kind: z.literal('pattern'),
    rules: z.array(RulePattern).min(1),
    utils: RuleObjects.optional(),
  }),
  Common.extend({
    kind: z.literal('judgement'),
    /** What one pattern shows needs no judgement. */
    rules: z.array(RulePattern).default([]),
    utils: RuleObjects.optional(),
    judgement: z.custom<JudgementName>(
      (name) => typeof name === 'string' && Object.hasOwn(JUDGEMENTS, name),
      { error: (issue) => `no judgement is called ${JSON.stringify(issue.input)}` },
    ),
  }),
  Common.extend({
    kind: z.literal('change'),
    /** What a change takes away, while what needs it stays. */
    taken: Taken,
  }).refine(
    ({ examples }) =>
      [...examples.bad, ...examples.good].every(({ before }) => before !== undefined),
    'every example of a rule about changes has a `before`',
  ),
])

/** What a rule is in further languages: `rules/<class>/<id>.<language>.yml`. */
export const PartFile = z.strictObject({
  rule: z.string(),
  languages: z.array(LanguageName).min(1),
  /** Whether the rule's judgement holds here too; by default where the part has no patterns. */
  judged: z.boolean().optional(),
  /** The fix as code. */
  fix: CodeExample.optional(),
  references: z.array(z.url({ protocol: /^https$/ })).default([]),
  utils: RuleObjects.optional(),
  rules: z.array(RulePattern).default([]),
  examples: z.strictObject({ bad: z.array(Example).min(1), good: z.array(Example).min(1) }),
})
export type RuleFile = z.infer<typeof RuleFile>
export type PartFile = z.infer<typeof PartFile>

/** Patterns of one file, with what they share. */
export interface PatternSet {
  readonly languages: readonly Language[]
  readonly utils: Readonly<Record<string, unknown>> | undefined
  readonly rules: readonly RulePattern[]
}

/** One rule in all its languages. Its severity follows from impact, likelihood and record. */
export interface Rule extends Omit<z.infer<typeof Common>, 'fix'> {
  readonly severity: Severity
  /** Whether rules with such a record are too often wrong to comment on lines. */
  readonly doubtful: boolean
  /** What judges facts, and in which languages; null for a rule of patterns alone. */
  readonly judgement: {
    readonly name: JudgementName
    readonly languages: readonly Language[]
  } | null
  readonly patterns: readonly PatternSet[]
  /** What changes take away; null for a rule about code as it stands. */
  readonly taken: Taken | null
  readonly fix: {
    readonly text: string
    /** The fix as code, where somebody wrote it. */
    readonly examples: Readonly<Partial<Record<Language, string>>>
  }
}

/** A name of a rule's sentences: `{call}`. */
export const PLACEHOLDER = /\{([a-z]+)\}/g

/** The ast-grep rules of all rules that have patterns. */
export function ruleMatchers(rules: readonly Rule[]): readonly Matcher[] {
  return rules.flatMap(({ id, patterns }) =>
    patterns.flatMap((set) => matchersOf(`rule:${id}`, set)),
  )
}
