import { languageName } from '#core/facts/language'
import { definitions, page, section } from '#core/render/definition-list'
import { PLACEHOLDER, type Rule } from '#core/rules/rule'
import type { TrackRecord } from '#core/rules/track-record'

type Example = Rule['examples']['bad'][number]

/** Everything about one rule as text for a person. Code keeps its lines, however long. */
export function rulePage(rule: Rule, width: number): string {
  return page([
    [rule.id, openNames(rule.title)],
    definitions(properties(rule), width),
    section('What it finds', openNames(rule.what), width),
    section('Why it matters', openNames(rule.why), width),
    [...section('Fix', openNames(rule.fix.text), width), ...fixExamples(rule)],
    ['References', ...rule.references.map((address) => `  ${address}`)],
    ...rule.examples.bad.map((example) => exampleLines('Found', example)),
    ...rule.examples.good.map((example) => exampleLines('Not found', example)),
  ])
}

/** A rule's sentence without the names that the code of a finding would fill in. */
export function openNames(sentence: string): string {
  return sentence.replace(PLACEHOLDER, '…')
}

function properties(rule: Rule): readonly (readonly [string, string])[] {
  const proof =
    rule.proof === 'proven' ? 'proven: the code shows it' : 'plausible: a person has to judge it'
  return [
    ['Severity', `${rule.severity} (${severityReason(rule)})`],
    ['Class', rule.class],
    ['Proof', proof],
    ['Record', recordWords(rule.record)],
    ['Languages', rule.languages.map(languageName).join(', ')],
    ['Providers', rule.providers.length === 0 ? 'all' : rule.providers.join(', ')],
    ['Settings', `rules: { ${rule.id}: off } in .github/tech-lead.yml`],
  ]
}

/** What its severity follows from. */
export function severityReason({ impact, likelihood, doubtful }: Rule): string {
  const table = `impact ${impact}, likelihood ${likelihood}`
  return doubtful ? `${table}, but too often wrong to comment on lines` : table
}

/** How often it was right, as people who did not know it judged. */
export function recordWords({ right, wrong, arguable, changes }: TrackRecord): string {
  if (right + wrong + arguable === 0) return 'not judged yet on code of others'
  const all = `on code of others ${right} right, ${wrong} wrong, ${arguable} a matter of taste`
  const read = changes.right + changes.wrong
  return read === 0 ? all : `${all}; in changes ${changes.right} of ${read} right`
}

/** Each example once, under the first language it holds for. */
function fixExamples({ fix, languages }: Rule): readonly string[] {
  const shown = new Set<string>()
  return languages.flatMap((language) => {
    const example = fix.examples[language]
    if (example === undefined || shown.has(example)) return []
    shown.add(example)
    return ['', `  In ${languageName(language)}:`, ...code(example)]
  })
}

function exampleLines(verdict: string, example: Example): readonly string[] {
  const heading = `${verdict}: ${example.path} (${languageName(example.language)})`
  const others = example.files.flatMap((file) => ['', `  with ${file.path}:`, ...code(file.code)])
  const { before } = example
  if (before === undefined) return [heading, ...code(example.code), ...others]
  return [heading, ...code(before), '', '  after the change:', ...code(example.code), ...others]
}

function code(text: string): readonly string[] {
  return text
    .trimEnd()
    .split('\n')
    .map((line) => (line === '' ? '' : `    ${line}`))
}
