import type { LabelledCase } from '#core/evaluation/case'
import type { Rule } from '#core/rules/rule'

/** An example of a rule about changes, as a change without labels. */
export interface ChangeExample {
  readonly rule: Rule
  readonly verdict: 'bad' | 'good'
  /** As the rule file names it. */
  readonly shown: string
  readonly of: LabelledCase
}

/** The examples of all rules about changes. */
export function changeExamples(rules: readonly Rule[]): readonly ChangeExample[] {
  return rules
    .filter(({ taken }) => taken !== null)
    .flatMap((rule) =>
      (['bad', 'good'] as const).flatMap((verdict) =>
        rule.examples[verdict].map(({ language, path, before, code, files }, index) => {
          const around = files.map((file) => ({ path: file.path, text: file.code }))
          const side = (text: string) => [{ path, text }, ...around]
          const of: LabelledCase = {
            id: `${rule.id}, ${verdict} example ${index + 1}`,
            expected: { about: rule.title, language, provider: null, defects: [], also: [] },
            base: side(before ?? ''),
            head: side(code),
          }
          return { rule, verdict, shown: `${path} (${language})`, of }
        }),
      ),
    )
}
