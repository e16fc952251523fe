import type { Language } from '#core/facts/fact'
import { readYaml } from '#core/facts/fact-pack'
import type { Complaint, Read } from '#core/problem'
import { JUDGEMENTS } from '#core/rules/judgements'
import {
  PartFile,
  type PatternSet,
  PLACEHOLDER,
  type Rule,
  RuleFile,
  type RulePattern,
} from '#core/rules/rule'
import { severityOf } from '#core/rules/severity'
import { isDoubtful, together } from '#core/rules/track-record'
import type { YamlSource } from '#core/text/source-text'

/** Reads all rule files. Every complaint carries the file and line it is about. */
export function readRules(sources: readonly YamlSource[]): Read<readonly Rule[]> {
  const isPart = ({ path }: YamlSource) => /\.[a-z]+\.yml$/.test(path)
  const complaints: Complaint[] = []
  const rules = new Map<string, Rule>()
  for (const source of sources.filter((one) => !isPart(one))) {
    const read = readRule(source)
    if (!read.ok) complaints.push(...read.complaints)
    else if (rules.has(read.value.id))
      complaints.push({
        file: source.path,
        line: 1,
        reason: `another rule is called ${read.value.id}`,
      })
    else rules.set(read.value.id, read.value)
  }
  for (const source of sources.filter(isPart)) {
    const read = readPart(source, rules)
    if (read.ok) rules.set(read.value.id, read.value)
    else complaints.push(...read.complaints)
  }
  for (const source of sources.filter((one) => !isPart(one)))
    complaints.push(...yieldComplaints(source, rules))
  return complaints.length > 0
    ? { ok: false, complaints }
    : { ok: true, value: doubtedTogether([...rules.values()]) }
}

/**
 * Rules about what a change takes away all see it in the same two ways, and none of them fires
 * often enough to be known alone: they are believed or doubted together.
 */
function doubtedTogether(rules: readonly Rule[]): readonly Rule[] {
  const kin = rules.filter(({ taken }) => taken !== null)
  if (!isDoubtful(together(kin.map(({ record }) => record)))) return rules
  return rules.map((rule) =>
    rule.taken === null ? rule : { ...rule, doubtful: true, severity: 'low' },
  )
}

/** A rule can only make way for another one, and that one must not make way for it. */
function yieldComplaints(source: YamlSource, rules: ReadonlyMap<string, Rule>): Complaint[] {
  const rule = [...rules.values()].find(({ class: kind, id }) =>
    source.path.endsWith(`/${kind}/${id}.yml`),
  )
  return (rule?.yields ?? []).flatMap((id) => {
    const other = rules.get(id)
    const line = source.text.split('\n').findIndex((text) => text.startsWith('yields:')) + 1
    const complaint = (reason: string) => [{ file: source.path, line, reason }]
    if (other === undefined) return complaint(`no rule is called ${id}`)
    if (other.id === rule?.id || other.yields.includes(rule?.id ?? ''))
      return complaint(`${id} and ${rule?.id} would both be silent`)
    return []
  })
}

function readRule(source: YamlSource): Read<Rule> {
  const read = readYaml(source, RuleFile)
  if (!read.ok) return read
  const file = read.value
  const rule: Rule = {
    ...file,
    severity: severityOf(file),
    doubtful: isDoubtful(file.record),
    judgement:
      file.kind === 'judgement' ? { name: file.judgement, languages: file.languages } : null,
    patterns: file.kind === 'change' || file.rules.length === 0 ? [] : [patternSet(file)],
    taken: file.kind === 'change' ? file.taken : null,
    fix: { text: file.fix.text, examples: fixExamples(file) },
  }
  const expected = `${rule.class}/${rule.id}.yml`
  const complaints = [
    ...placeComplaints(source, expected),
    ...unfilled(source, rule, rule),
    ...overclaims(source, rule),
  ]
  return complaints.length > 0 ? { ok: false, complaints } : { ok: true, value: rule }
}

/** What strangers called wrong so often is not proven by the code. */
function overclaims(source: YamlSource, { proof, record, doubtful }: Rule): Complaint[] {
  if (proof !== 'proven' || !doubtful) return []
  const { right, wrong } = record
  const line = source.text.split('\n').findIndex((text) => text.startsWith('record:')) + 1
  const reason = `a rule that was right ${right} times and wrong ${wrong} times is not proven: it is plausible`
  return [{ file: source.path, line, reason }]
}

/** Code in a language that the reader does not write helps nobody: parts bring theirs. */
function fixExamples({ fix, languages }: RuleFile): Rule['fix']['examples'] {
  const written = (language: Language) => {
    if (language === 'python') return fix.python
    return /^(?:typescript|tsx|javascript)$/.test(language) ? fix.script : undefined
  }
  const entries = languages.flatMap((language) => {
    const example = written(language)
    return example === undefined ? [] : [[language, example] as const]
  })
  return Object.fromEntries(entries)
}

/** The rule with what the part says of further languages. */
function readPart(source: YamlSource, rules: ReadonlyMap<string, Rule>): Read<Rule> {
  const read = readYaml(source, PartFile)
  if (!read.ok) return read
  const part = read.value
  const rule = rules.get(part.rule)
  const refused = (reason: string, line = 1): Read<Rule> => ({
    ok: false,
    complaints: [{ file: source.path, line, reason }],
  })
  if (rule === undefined) return refused(`no rule is called ${part.rule}`)
  const twice = part.languages.find((language) => rule.languages.includes(language))
  if (twice !== undefined) return refused(`${part.rule} is already written for ${twice}`, 2)
  if (part.rules.length === 0 && rule.judgement === null)
    return refused(`${part.rule} has no judgement: this part needs rules of its own`)
  const whole = withPart(rule, part)
  const complaints = [
    ...placeComplaints(
      source,
      `${rule.class}/${rule.id}.${source.path.split('.').at(-2) ?? ''}.yml`,
    ),
    ...unfilled(source, whole, { patterns: [patternSet(part)], judgement: null }),
  ]
  return complaints.length > 0 ? { ok: false, complaints } : { ok: true, value: whole }
}

function withPart(rule: Rule, part: PartFile): Rule {
  const judged = part.judged ?? part.rules.length === 0
  const added = part.languages.map((language) => [language, part.fix] as const)
  return {
    ...rule,
    languages: [...rule.languages, ...part.languages],
    references: [...new Set([...rule.references, ...part.references])],
    judgement:
      judged && rule.judgement !== null
        ? { ...rule.judgement, languages: [...rule.judgement.languages, ...part.languages] }
        : rule.judgement,
    patterns: [...rule.patterns, patternSet(part)],
    fix: { ...rule.fix, examples: { ...rule.fix.examples, ...Object.fromEntries(added) } },
    examples: {
      bad: [...rule.examples.bad, ...part.examples.bad],
      good: [...rule.examples.good, ...part.examples.good],
    },
  }
}

function patternSet({
  languages,
  utils,
  rules,
}: {
  readonly languages: readonly Language[]
  readonly utils?: PatternSet['utils']
  readonly rules: readonly RulePattern[]
}): PatternSet {
  return { languages, utils, rules }
}

function placeComplaints(source: YamlSource, expected: string): Complaint[] {
  if (source.path.endsWith(`/${expected}`)) return []
  return [{ file: source.path, line: null, reason: `this rule belongs in rules/${expected}` }]
}

/** What a rule about changes fills: what is still done. */
const CHANGE_NAMES: readonly string[] = ['still']
/** The placeholders that every pattern fills. */
const PATTERN_NAMES: readonly string[] = ['snippet', 'symbol']

/** Placeholders of the rule's sentences that a pattern or the judgement leaves empty. */
function unfilled(
  source: YamlSource,
  { title, what, why, fix, taken }: Rule,
  { judgement, patterns }: Pick<Rule, 'judgement' | 'patterns'>,
): Complaint[] {
  const used = new Set(
    [title, what, why, fix.text].flatMap((text) =>
      [...text.matchAll(PLACEHOLDER)].map((match) => match[1] ?? ''),
    ),
  )
  const known = [
    ...(taken === null ? [] : [CHANGE_NAMES]),
    ...(judgement === null ? [] : [JUDGEMENTS[judgement.name].names]),
    ...patterns.flatMap(({ rules, utils }) => rules.map((one) => namesOf(one, utils))),
  ]
  const lines = source.text.split('\n')
  return known.flatMap((names) =>
    [...used]
      .filter((name) => !names.includes(name))
      .map((name) => ({
        file: source.path,
        line: lines.findIndex((line) => line.includes(`{${name}}`)) + 1 || null,
        reason: `{${name}} is never filled: this rule can use ${names.map((one) => `{${one}}`).join(', ') || 'no placeholder'}`,
      })),
  )
}

/** What a pattern captures, by its variables, and what is set for all of its matches. */
function namesOf(pattern: RulePattern, utils: PatternSet['utils']): readonly string[] {
  const written = JSON.stringify([pattern.rule, utils ?? {}])
  const variables = [...written.matchAll(/(?<!\$)\$([A-Z]+)/g)].map(([, name = '']) =>
    name.toLowerCase(),
  )
  const joined = Object.keys(pattern.join ?? {})
  return [...new Set([...PATTERN_NAMES, ...Object.keys(pattern.set), ...variables, ...joined])]
}
