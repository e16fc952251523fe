import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { FACT_KINDS, INVENTORY_KINDS, isReadFor, type Language } from '#core/facts/fact'
import { loadRules } from '#wiring/load-rules'
import { HOSTILE_SOURCES } from '../scan/hostile-sources.ts'

let home = ''
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'tech-lead-rules-'))
  await mkdir(join(home, 'facts'))
  await mkdir(join(home, 'rules'))
})
afterEach(() => rm(home, { recursive: true, force: true }))

async function put(path: string, text: string): Promise<void> {
  await mkdir(dirname(join(home, path)), { recursive: true })
  await writeFile(join(home, path), text)
}

const OWN = fileURLToPath(new URL('../..', import.meta.url))
/** Languages in which names are not declared with types. */
const UNTYPED: ReadonlySet<Language> = new Set(['javascript', 'ruby'])

const RULE = `id: no-eval
class: injection
impact: severe
likelihood: likely
proof: proven
languages: [typescript]
kind: pattern
title: '{snippet} runs text'
what: It runs text.
why: Somebody sends text.
fix: { text: Do not. }
references: [https://example.com/eval]
rules:
  - id: call
    rule: { pattern: eval($A) }
examples:
  bad: [{ language: typescript, path: src/a.ts, code: eval(x) }]
  good: [{ language: typescript, path: src/a.ts, code: x() }]
`

describe('complaints', () => {
  test.each([
    ['it was right four times of five', 'proven', '{ right: 4, wrong: 1, arguable: 0 }'],
    [
      'it was right in changes, and in whole trees less often',
      'proven',
      '{ right: 7, wrong: 3, arguable: 0, changes: { right: 2, wrong: 0, arguable: 1 } }',
    ],
    ['it only claims to be plausible', 'plausible', '{ right: 0, wrong: 9, arguable: 0 }'],
  ])('a rule with a record loads when %s', async (_, proof, record) => {
    const text = RULE.replace('proof: proven', `proof: ${proof}\nrecord: ${record}`)
    await put('rules/injection/no-eval.yml', text)
    await expect(loadRules(home)).resolves.toMatchObject({ rules: [{ proof }] })
  })

  test.each([
    [
      'an unknown key',
      RULE.replace('what:', 'whatt:'),
      /no-eval\.yml:1: .*whatt|no-eval\.yml:\d+: what/,
    ],
    [
      'a class that does not exist',
      RULE.replace('class: injection', 'class: injektion'),
      /no-eval\.yml:2: class/,
    ],
    [
      'a rule that nobody knows to make way for',
      RULE.replace('\nexamples:', '\nyields: [no-evil]\nexamples:'),
      /no-eval\.yml:16: no rule is called no-evil/,
    ],
    [
      'a rule that makes way for itself',
      RULE.replace('\nexamples:', '\nyields: [no-eval]\nexamples:'),
      /no-eval\.yml:16: .* both be silent/,
    ],
    [
      'a rule that is hardly right four times of five, and is called proven',
      RULE.replace('\nlanguages', '\nrecord: { right: 1, wrong: 4, arguable: 0 }\nlanguages'),
      /no-eval\.yml:6: .*right 1 times and wrong 4 times is not proven/,
    ],
    ['no bad example', RULE.replace(/bad: .*/, 'bad: []'), /no-eval\.yml:17: examples\.bad/],
    ['no good example', RULE.replace(/\n {2}good: .*/, ''), /no-eval\.yml:17: examples\.good/],
    [
      'a placeholder that nobody fills',
      RULE.replace('It runs text', 'It runs {text}'),
      /no-eval\.yml:9: \{text\} is never filled/,
    ],
    [
      'a key that ast-grep would ignore',
      RULE.replace('{ pattern: eval($A) }', '{ pattern: "eval($A)", patern: x }'),
      /no-eval\.yml:15: rules\.0\.rule: .*patern/,
    ],
    [
      'a reference that is no address',
      RULE.replace('https://example.com/eval', 'eval'),
      /no-eval\.yml:12: references\.0/,
    ],
    ['broken YAML', `${RULE}\n  : [`, /no-eval\.yml:\d+: /],
    [
      'an id that is not its place',
      RULE.replace('id: no-eval', 'id: other'),
      /no-eval\.yml: this rule belongs in rules\/injection\/other\.yml/,
    ],
    [
      'a judgement that does not exist',
      RULE.replace(
        /kind: pattern[\s\S]*?title/,
        'kind: judgement\njudgement: gut-feeling\ntitle',
      ).replace(/rules:\n.*\n.*\n/, ''),
      /no-eval\.yml:8: judgement: no judgement is called "gut-feeling"/,
    ],
  ])('%s is named with file and line', async (_, text, complaint) => {
    await put('rules/injection/no-eval.yml', text)
    await expect(loadRules(home)).rejects.toThrow(complaint)
  })

  test('all files complain at once', async () => {
    await put('rules/injection/no-eval.yml', RULE.replace('severe', 'awful'))
    await put(
      'facts/typescript/import.yml',
      'kind: importt\nmeans: x\nlanguages: [typescript]\nrules: []\n',
    )
    const error = await loadRules(home).then(
      () => null,
      (reason: unknown) => reason,
    )
    expect(error).toMatchObject({ name: 'Problem', code: 'rules.unreadable', kind: 'told' })
    expect(String(error)).toMatch(/rules\/injection\/no-eval\.yml:3: impact/)
    expect(String(error)).toMatch(/facts\/typescript\/import\.yml:1: kind/)
    expect(String(error)).toMatch(/facts\/typescript\/import\.yml:4: rules/)
  })

  test('two rules with one id are refused', async () => {
    await put('rules/injection/no-eval.yml', RULE)
    await put('rules/tls/no-eval.yml', RULE.replace('class: injection', 'class: tls'))
    await expect(loadRules(home)).rejects.toThrow(/no-eval/)
  })
})

const PART = `rule: no-eval
languages: [python]
fix: ast.literal_eval(text)
rules:
  - id: call
    rule: { pattern: eval($A) }
    unless: [{ in: function, text: '{a}\\s*=\\s*checked' }]
examples:
  bad: [{ language: python, path: a.py, code: eval(x) }]
  good: [{ language: python, path: a.py, code: run(x) }]
`

test('code for scripts is shown to nobody who writes another language', async () => {
  const text = RULE.replace('languages: [typescript]', 'languages: [typescript, go]')
  await put(
    'rules/injection/no-eval.yml',
    text.replace(/^fix: .*$/m, "fix: { text: Do not., script: 'run(text)' }"),
  )
  const { rules } = await loadRules(home)
  expect(rules[0]?.fix.examples).toEqual({ typescript: 'run(text)' })
})

describe('a part', () => {
  test('adds languages, patterns, examples and the fix to its rule', async () => {
    await put('rules/injection/no-eval.yml', RULE)
    await put('rules/injection/no-eval.python.yml', PART)
    const { rules, matchers } = await loadRules(home)
    expect(rules).toHaveLength(1)
    expect(rules[0]?.languages).toEqual(['typescript', 'python'])
    expect(rules[0]?.fix.examples).toEqual({ python: 'ast.literal_eval(text)' })
    expect(rules[0]?.examples.bad.map(({ language }) => language)).toEqual(['typescript', 'python'])
    expect(matchers.map(({ id }) => id)).toEqual([
      'rule-no-eval.call.typescript',
      'rule-no-eval.call.python',
    ])
  })

  test.each([
    [
      'of a rule that does not exist',
      PART.replace('rule: no-eval', 'rule: no-evil'),
      /no-eval\.python\.yml:1: no rule is called no-evil/,
    ],
    [
      'in a language that the rule has',
      PART.replaceAll('python]', 'typescript]'),
      /no-eval\.python\.yml:2: no-eval is already written for typescript/,
    ],
    [
      'without good examples',
      PART.replace(/\n {2}good: .*/, ''),
      /no-eval\.python\.yml:9: examples\.good/,
    ],
    [
      'with a guard that is no regular expression',
      PART.replace('checked', '(checked'),
      /no-eval\.python\.yml:7: rules\.0\.unless\.0\.text/,
    ],
    [
      'with a guard whose letters the engine would read wrongly',
      PART.replace('checked', '(?is:checked)'),
      /no-eval\.python\.yml:7: rules\.0\.unless\.0\.text: the only modifier/,
    ],
    [
      'without patterns, of a rule without judgement',
      PART.replace(/rules:\n[\s\S]*examples/, 'examples'),
      /no-eval has no judgement: this part needs rules of its own/,
    ],
  ])('%s is refused with file and line', async (_, text, complaint) => {
    await put('rules/injection/no-eval.yml', RULE)
    await put('rules/injection/no-eval.python.yml', text)
    await expect(loadRules(home)).rejects.toThrow(complaint)
  })

  test('fills every name of the sentences', async () => {
    await put(
      'rules/injection/no-eval.yml',
      RULE.replace('eval($A)', 'eval($WHAT)').replace('{snippet}', '{what}'),
    )
    await put('rules/injection/no-eval.python.yml', PART)
    await expect(loadRules(home)).rejects.toThrow(/no-eval\.python\.yml: \{what\} is never filled/)
  })
})

test('a pack becomes one matcher for each of its languages', async () => {
  await put(
    'facts/typescript/jwt.yml',
    'kind: jwt\nmeans: A token.\nlanguages: [typescript, tsx]\nrules:\n  - id: call\n    rule: { pattern: decode($A) }\n',
  )
  const { matchers } = await loadRules(home)
  expect(matchers.map((one) => [one.id, one.document['language']])).toEqual([
    ['jwt.call.typescript', 'TypeScript'],
    ['jwt.call.tsx', 'Tsx'],
  ])
})

test('severity follows from impact and likelihood', async () => {
  await put('rules/injection/no-eval.yml', RULE)
  const { rules } = await loadRules(home)
  expect(rules.map((rule) => rule.severity)).toEqual(['critical'])
})

test('our own facts cover every kind that rules read, in every language whose calls are judged', async () => {
  const { matchers, rules } = await loadRules(OWN)
  const seen = new Set(matchers.map((one) => `${one.language} ${one.kind}`))
  const named = [...new Set(rules.flatMap(({ languages }) => languages))]
  // Other languages have patterns, and facts for what they are judged by.
  const judged = named.filter((language) => seen.has(`${language} outbound-call`))
  const missing = judged.flatMap((language) =>
    FACT_KINDS.filter((kind) => isReadFor(kind, 'rules'))
      .map((kind) => `${language} ${kind}`)
      .filter((one) => !seen.has(one)),
  )
  expect(missing).toEqual([])
})

test('our own facts have every inventory kind in every language', async () => {
  const { matchers } = await loadRules(OWN)
  const seen = new Set(matchers.map((one) => `${one.language} ${one.kind}`))
  const missing = [...new Set(matchers.map((one) => one.language))].flatMap((language) =>
    INVENTORY_KINDS.filter((kind) => kind !== 'declared-name' || !UNTYPED.has(language))
      .map((kind) => `${language} ${kind}`)
      .filter((one) => !seen.has(one)),
  )
  expect(missing).toEqual([])
})

test('every language with facts is tested with hostile files', async () => {
  const { matchers } = await loadRules(OWN)
  const languages = [...new Set(matchers.map((one) => one.language))]
  expect(Object.keys(HOSTILE_SOURCES).toSorted()).toEqual(languages.toSorted())
})
