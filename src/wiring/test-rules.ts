import { codeOf } from '#core/rules/code'
import type { ProviderKnowledge } from '#core/rules/provider-knowledge'
import type { Rule } from '#core/rules/rule'
import { runRules } from '#core/rules/run-rules'
import { DEFAULT_SETTINGS } from '#core/settings/settings'
import type { SourceText } from '#core/text/source-text'
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
  knowledge: { readonly rules: readonly Rule[]; readonly providers: ProviderKnowledge },
): Promise<RuleTest> {
  const { rules, providers } = knowledge
  const cases = casesOf(rules)
  const sources = cases.flatMap((one) => one.sources)
  const [read, secrets] = await Promise.all([scan.facts(sources), scan.secrets(sources)])
  const unread = new Map([...read.failed, ...secrets.failed].map((one) => [one.path, one.because]))
  const hits = Map.groupBy(secrets.hits, (hit) => hit.path)
  const code = codeOf(sources, read.facts)
  const failures = cases.flatMap(({ rule, verdict, path, shown }) => {
    const input = { code, secrets: hits, rules: [rule], providers, settings: DEFAULT_SETTINGS }
    const found = runRules(input, [path]).length > 0
    const because = unread.get(path)
    if (because !== undefined) return [{ id: rule.id, reason: `${shown}: ${because}` }]
    if (found === (verdict === 'bad')) return []
    const wrong = found ? 'a good example was found' : 'a bad example was not found'
    return [{ id: rule.id, reason: `${wrong}: ${shown}` }]
  })
  return { passed: cases.length - failures.length, failures }
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
