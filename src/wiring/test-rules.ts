import { changeExamples } from '#core/evaluation/change-examples'
import { codeOf } from '#core/rules/code'
import type { Rule } from '#core/rules/rule'
import { runRules } from '#core/rules/run-rules'
import { DEFAULT_SETTINGS } from '#core/settings/settings'
import type { SourceText } from '#core/text/source-text'
import { evaluateCases } from '#flow/evaluate-rules'
import type { Knowledge } from '#flow/knowledge'
import type { Scan } from '#flow/ports'

/** What came of running the examples of rules; each example is one test. */
export interface RuleTest {
  readonly passed: number
  readonly failures: readonly { readonly id: string; readonly reason: string }[]
}

interface Case {
  readonly rule: Rule
  readonly verdict: 'bad' | 'good'
  /** As the rule file names it. */
  readonly shown: string
  readonly path: string
  readonly sources: readonly SourceText[]
}

/**
 * Runs the examples of every rule through the scanner and the rules, all at once: a bad example
 * must be found by its rule, a good one must not.
 */
export async function testRules(
  scan: Pick<Scan, 'facts' | 'secrets'>,
  knowledge: Knowledge,
): Promise<RuleTest> {
  const { rules, providers } = knowledge
  const changes = await testChanges(scan, knowledge)
  const cases = casesOf(rules.filter(({ taken }) => taken === null))
  const sources = cases.flatMap((one) => one.sources)
  const [read, secrets] = await Promise.all([scan.facts(sources), scan.secrets(sources)])
  const unread = new Map([...read.failed, ...secrets.failed].map((one) => [one.path, one.because]))
  const hits = Map.groupBy(secrets.hits, (hit) => hit.path)
  const code = codeOf(sources, read.facts)
  const failures = cases.flatMap(({ rule, verdict, path, shown }) => {
    const input = { code, secrets: hits, rules: [rule], providers, settings: DEFAULT_SETTINGS }
    const found = runRules(input, [path]).length > 0
    return failureOf({ rule, verdict, shown }, found, unread.get(path) ?? null)
  })
  return {
    passed: cases.length - failures.length + changes.passed,
    failures: [...failures, ...changes.failures],
  }
}

/** The examples of rules about changes, each a change of its own. */
async function testChanges(
  scan: Pick<Scan, 'facts' | 'secrets'>,
  knowledge: Knowledge,
): Promise<RuleTest> {
  const examples = changeExamples(knowledge.rules)
  const rules = knowledge.rules.filter(({ taken }) => taken !== null)
  const outcomes = await evaluateCases(
    scan,
    { ...knowledge, rules },
    examples.map(({ of }) => of),
  )
  const failures = outcomes.flatMap(({ wrong, unread }, index) => {
    const example = examples[index]
    if (example === undefined) return []
    const found = wrong.some((claim) => claim.rule === example.rule.id)
    return failureOf(example, found, unread[0] ?? null)
  })
  return { passed: examples.length - failures.length, failures }
}

function failureOf(
  { rule, verdict, shown }: Pick<Case, 'rule' | 'verdict' | 'shown'>,
  found: boolean,
  unread: string | null,
): RuleTest['failures'] {
  if (unread !== null) return [{ id: rule.id, reason: `${shown}: ${unread}` }]
  if (found === (verdict === 'bad')) return []
  const wrong = found ? 'a good example was found' : 'a bad example was not found'
  return [{ id: rule.id, reason: `${wrong}: ${shown}` }]
}

/** Each example lives in a folder of its own, with a name that says nothing to a rule. */
function casesOf(rules: readonly Rule[]): readonly Case[] {
  const examples = rules.flatMap((rule) =>
    (['bad', 'good'] as const).flatMap((verdict) =>
      rule.examples[verdict].map((example) => ({ rule, verdict, example })),
    ),
  )
  return examples.map(({ rule, verdict, example }, index) => ({
    rule,
    verdict,
    shown: `${example.path} (${example.language})`,
    path: `case-${index}/${example.path}`,
    sources: [{ path: example.path, code: example.code }, ...example.files].map((file) => ({
      path: `case-${index}/${file.path}`,
      text: file.code,
    })),
  }))
}
