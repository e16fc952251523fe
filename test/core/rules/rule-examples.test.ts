import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, test } from 'vitest'
import { changeExamples } from '#core/evaluation/change-examples'
import { codeOf } from '#core/rules/code'
import { runRules } from '#core/rules/run-rules'
import { DEFAULT_SETTINGS } from '#core/settings/settings'
import type { SourceText } from '#core/text/source-text'
import { evaluateCases } from '#flow/evaluate-rules'
import { createScan } from '#scan/create-scan'
import { loadKnowledge } from '#wiring/load-knowledge'
import { loadRules } from '#wiring/load-rules'
import { EXAMPLE_PROVIDERS } from '../../support/rule-providers.ts'

const home = fileURLToPath(new URL('../../..', import.meta.url))
const { rules, matchers } = await loadRules(home)

/** All rules of one severity: none is left out here because it only guesses what another is sure of. */
const EQUALS = {
  ...DEFAULT_SETTINGS,
  rules: Object.fromEntries(rules.map(({ id }) => [id, 'high' as const])),
}

/** Each example lives in a folder of its own, with a name that says nothing to a rule. */
const cases = rules
  .filter(({ taken }) => taken === null)
  .flatMap((rule) =>
    (['bad', 'good'] as const).flatMap((verdict) =>
      rule.examples[verdict].map((example) => ({ rule, verdict, example })),
    ),
  )
  .map((one, index) => {
    const { path, code, files } = one.example
    const sources: SourceText[] = [{ path, code }, ...files].map((file) => ({
      path: `case-${index}/${file.path}`,
      text: file.code,
    }))
    return { ...one, path: `case-${index}/${path}`, sources }
  })

const firing = new Map<string, readonly string[]>()
/** What is said of each case as it ships, where a guess makes way for what is sure. */
const said = new Map<string, number>()

beforeAll(async () => {
  const scan = createScan({ matchers })
  const sources = cases.flatMap((one) => one.sources)
  const [{ facts, failed }, secrets] = await Promise.all([
    scan.facts(sources),
    scan.secrets(sources),
  ])
  expect(failed).toEqual([])
  const hits = Map.groupBy(secrets.hits, (hit) => hit.path)
  const code = codeOf(sources, facts)
  for (const { path } of cases) {
    const given = { code, secrets: hits, rules, providers: EXAMPLE_PROVIDERS }
    const standing = runRules({ ...given, settings: EQUALS }, [path])
    said.set(path, runRules({ ...given, settings: DEFAULT_SETTINGS }, [path]).length)
    firing.set(
      path,
      standing.map(({ claim }) => claim.rule ?? ''),
    )
    // Names stand in code spans; outside of them nothing may be left to fill.
    for (const { claim } of standing)
      expect(`${claim.title} ${claim.body} ${claim.scenario}`.replace(/`[^`]+`/g, '')).not.toMatch(
        /\{[a-z]+\}|``/,
      )
  }
}, 180_000)

describe.each(cases)('$rule.id', ({ rule, verdict, example, path }) => {
  test(`${verdict === 'bad' ? 'fires on' : 'is silent on'} ${verdict} ${example.path}`, () => {
    if (verdict === 'bad') {
      expect(firing.get(path)).toContain(rule.id)
      expect(said.get(path)).toBeGreaterThan(0)
    } else expect(firing.get(path)).not.toContain(rule.id)
  })
})

const changes = changeExamples(rules)
const taking = new Map<(typeof changes)[number], readonly string[]>()

beforeAll(async () => {
  const { knowledge } = await loadKnowledge('2026-11-28')
  const outcomes = await evaluateCases(
    createScan({ matchers }),
    { ...knowledge, rules: rules.filter(({ taken }) => taken !== null) },
    changes.map(({ of }) => of),
  )
  outcomes.forEach(({ wrong, unread }, index) => {
    expect(unread).toEqual([])
    const change = changes[index]
    if (change !== undefined)
      taking.set(
        change,
        wrong.map(({ rule }) => rule ?? ''),
      )
  })
}, 180_000)

describe.each(changes)('$rule.id', (change) => {
  const { rule, verdict, shown } = change
  test(`${verdict === 'bad' ? 'fires on' : 'is silent on'} the ${verdict} change of ${shown}`, () => {
    if (verdict === 'bad') expect(taking.get(change)).toContain(rule.id)
    else expect(taking.get(change)).not.toContain(rule.id)
  })
})
