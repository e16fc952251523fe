import { PLACEHOLDER, type Rule } from '#core/rules/rule'
import { NOTE, order } from './doc-file.ts'

/** The page about all rules. */
export function rulesPage(rules: readonly Rule[]): string {
  const sorted = rules.toSorted((a, b) => order(a.class, b.class) || order(a.id, b.id))
  const rows = sorted.map(
    (rule) =>
      `| [${rule.id}](#${rule.id}) | ${rule.class} | ${rule.severity} | ${rule.proof} | ${plain(rule.title)} |`,
  )
  return [
    '# Rules',
    NOTE,
    `${rules.length} rules for TypeScript, JavaScript and Python. A rule speaks only about lines that a change adds or touches, or where it takes a protection away. \`proven\`: the code shows it. \`plausible\`: a person has to judge it.`,
    'Switch a rule or a whole class off, or give it another severity, in [`.github/tech-lead.yml`](../README.md#configuration): `rules: { call-without-timeout: low, timeout: off }`.',
    ['| rule | class | severity | proof | finds |', '|---|---|---|---|---|', ...rows].join('\n'),
    ...sorted.map(ruleSection),
  ]
    .join('\n\n')
    .concat('\n')
}

function ruleSection(rule: Rule): string {
  const references = rule.references.map((address) => `- <${address}>`)
  return [
    `## ${rule.id}`,
    plain(rule.what),
    `**When it breaks.** ${plain(rule.why)}`,
    `**Fix.** ${plain(rule.fix.text)}`,
    references.join('\n'),
  ].join('\n\n')
}

/** A rule's sentence on one line; the names that code fills in stand in italics. */
function plain(sentence: string): string {
  return sentence
    .replaceAll('|', '\\|')
    .replaceAll('<', '&lt;')
    .replaceAll('*', '\\*')
    .replaceAll(PLACEHOLDER, '*$1*')
    .replaceAll(/\s+/g, ' ')
}
