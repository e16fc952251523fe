import type { Language } from '#core/facts/fact'
import { GRAMMARS, languageName } from '#core/facts/language'
import { recordWords, severityReason } from '#core/render/rule-page'
import { PLACEHOLDER, type Rule } from '#core/rules/rule'
import { type DocFile, NOTE, order } from './doc-file.ts'

/** The page about all rules, and one about each. */
export function rulePages(rules: readonly Rule[]): readonly DocFile[] {
  const sorted = rules.toSorted((a, b) => order(a.class, b.class) || order(a.id, b.id))
  const pages = sorted.map((rule) => ({ path: `docs/rules/${rule.id}.md`, text: rulePage(rule) }))
  return [{ path: 'docs/rules.md', text: indexPage(sorted) }, ...pages]
}

/** TypeScript stands for JavaScript and TSX as well. */
const SHORT: readonly (readonly [Language, string])[] = [
  ['typescript', 'TS'],
  ['python', 'Py'],
  ['go', 'Go'],
  ['ruby', 'Rb'],
  ['php', 'PHP'],
  ['java', 'Java'],
  ['kotlin', 'Kt'],
  ['csharp', 'C#'],
  ['rust', 'Rs'],
]

function indexPage(rules: readonly Rule[]): string {
  const languages = SHORT.map(([language, short]) => {
    const count = rules.filter((rule) => rule.languages.includes(language)).length
    return `${count} read ${languageName(language)} (${short})`
  })
  const rows = rules.map((rule) => {
    const read = SHORT.filter(([language]) => rule.languages.includes(language))
    const short = read.length === SHORT.length ? 'all' : read.map(([, name]) => name).join(' ')
    return `| [${rule.id}](rules/${rule.id}.md) | ${rule.class} | ${rule.severity} | ${rule.proof} | ${recordOf(rule)} | ${short} | ${plain(rule.title)} |`
  })
  return joined([
    '# Rules',
    NOTE,
    `${rules.length} rules; ${languages.join(', ')}. A rule speaks only about lines that a change adds or touches, or where it takes a protection away. \`proven\`: the code shows it. \`plausible\`: a person has to judge it. Record: how often it was right, wrong, and a matter of taste in what it says of public repositories, as readers judged who did not know the rules. A rule that was right less often than four times of five in changes (in all code, while no change of it was judged), or would hardly have such a record of all code if it were right so often, is low, whatever it is about: its findings stand in the check and the summary only. [How well it sees](measured.md) says how this was measured.`,
    'Switch a rule or a whole class off, or give it another severity, in [`.github/tech-lead.yml`](../README.md#configuration): `rules: { call-without-timeout: low, timeout: off }`. Silence one place by a comment on its line or right above, with a reason: `// tech-lead-ignore call-without-timeout -- the proxy ends calls after 5 s`. The review lists what comments silence.',
    [
      '| rule | class | severity | proof | record | languages | finds |',
      '|---|---|---|---|---|---|---|',
      ...rows,
    ].join('\n'),
  ])
}

function rulePage(rule: Rule): string {
  const languages = rule.languages.map(languageName).join(', ')
  return joined([
    `# ${rule.id}`,
    NOTE,
    plain(rule.title),
    `${rule.class} · ${rule.severity} (${severityReason(rule)}) · ${rule.proof} · ${languages}`,
    plain(rule.what),
    `**When it breaks.** ${plain(rule.why)}`,
    `**Fix.** ${plain(rule.fix.text)}`,
    ...fixes(rule),
    `**Record.** ${capitalised(recordWords(rule.record))}.`,
    ...makesWay(rule),
    `## Found`,
    ...rule.examples.bad.flatMap(example),
    `## Not found`,
    ...rule.examples.good.flatMap(example),
    `## References`,
    rule.references.map((address) => `- <${address}>`).join('\n'),
  ])
}

const recordOf = ({ record }: Rule) =>
  isUnread(record) ? '' : `${record.right} / ${record.wrong} / ${record.arguable}`

const isUnread = ({ right, wrong, arguable }: Rule['record']) => right + wrong + arguable === 0

const capitalised = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)

/** Which rules say more of the same cause. */
function makesWay({ yields }: Rule): readonly string[] {
  const others = yields.map((id) => `[${id}](${id}.md)`).join(' or ')
  return yields.length === 0 ? [] : [`**One voice.** Silent on a line of which ${others} speaks.`]
}

/** Each piece of code once, under the first language it is for. */
function fixes({ fix, languages }: Rule): readonly string[] {
  const shown = new Set<string>()
  return languages.flatMap((language) => {
    const code = fix.examples[language]
    if (code === undefined || shown.has(code)) return []
    shown.add(code)
    return [fenced(language, code)]
  })
}

function example(of: Rule['examples']['bad'][number]): string[] {
  const { language, path, before, code, files } = of
  const others = files.flatMap((file) => [`with \`${file.path}\``, fenced(language, file.code)])
  if (before === undefined) return [`\`${path}\``, fenced(language, code), ...others]
  const change = [fenced(language, before), 'after the change:', fenced(language, code)]
  return [`\`${path}\``, ...change, ...others]
}

function fenced(language: Language, code: string): string {
  return `\`\`\`\`${GRAMMARS[language].ext}\n${code.trimEnd()}\n\`\`\`\``
}

function joined(blocks: readonly string[]): string {
  return `${blocks.join('\n\n')}\n`
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
