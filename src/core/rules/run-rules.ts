import type { Fact } from '#core/facts/fact'
import type { SecretHit } from '#core/facts/secret-hit'
import type { Claim, Severity } from '#core/findings/finding'
import { isGuess } from '#core/findings/guess'
import { type ClaimSources, claimOf } from '#core/rules/claims'
import type { Code, CodeFile } from '#core/rules/code'
import { passesGuards } from '#core/rules/guard'
import { JUDGEMENTS } from '#core/rules/judgements'
import type { Observation, View } from '#core/rules/observation'
import { observe } from '#core/rules/observe'
import type { ProviderFacts, ProviderKnowledge } from '#core/rules/provider-knowledge'
import { quietBecause, testsFrom } from '#core/rules/quiet-files'
import type { Rule } from '#core/rules/rule'
import { isOnlyOfService, servesNobody } from '#core/rules/run-by-hand'
import { configuredSeverity, type Settings } from '#core/settings/settings'

/** A claim that holds in a file, and the range within which a comment about it may stand. */
export interface Standing {
  readonly claim: Claim
  readonly range: Observation['range']
}

/** What rules look at. */
export interface RuleInput {
  readonly code: Code
  readonly secrets: ReadonlyMap<string, readonly SecretHit[]>
  readonly rules: readonly Rule[]
  readonly providers: ProviderKnowledge
  readonly settings: Settings
}

/** Every claim of every enabled rule on these paths, in the order of the files and their lines. */
export function runRules(input: RuleInput, paths: readonly string[]): readonly Standing[] {
  return paths.flatMap((path) => {
    const steps = runRuleByRule(input, path)
    for (;;) {
      const step = steps.next()
      if (step.done) return step.value
    }
  })
}

/**
 * Every claim of every enabled rule on a file, in the order of its lines. Yields after each rule,
 * so that whoever answers others meanwhile can stop there.
 */
export function* runRuleByRule(
  input: RuleInput,
  path: string,
): Generator<undefined, readonly Standing[]> {
  const file = input.code.files.get(path)
  if (file === undefined) return []
  const standing: Standing[] = []
  for (const rule of rulesFor(input.rules, file)) {
    standing.push(...claimsOf(input, rule, file))
    yield
  }
  const tests = testsFrom(path, file.text) ?? Number.POSITIVE_INFINITY
  const outsideTests = standing.filter(({ claim }) => claim.startLine < tests)
  return oneVoice(input.rules, outsideTests).toSorted(
    (a, b) => a.claim.startLine - b.claim.startLine,
  )
}

/**
 * Without the claims of rules that make way for another one which speaks of the same lines. What is
 * sure makes way for no guess: then the guess is left out.
 */
function oneVoice(rules: readonly Rule[], standing: readonly Standing[]): readonly Standing[] {
  const yields = new Map(
    rules.flatMap((one) => (one.yields.length > 0 ? [[one.id, one.yields]] : [])),
  )
  const yieldsTo = (claim: Claim, other: Claim) =>
    yields.get(claim.rule ?? '')?.includes(other.rule ?? '') === true
  const makesWay = (claim: Claim, other: Claim) =>
    (yieldsTo(claim, other) && (isGuess(claim) || !isGuess(other))) ||
    (yieldsTo(other, claim) && isGuess(claim) && !isGuess(other))
  return standing.filter(
    ({ claim }) =>
      !standing.some(
        ({ claim: other }) =>
          other.startLine <= claim.line && claim.startLine <= other.line && makesWay(claim, other),
      ),
  )
}

/**
 * All rules; of code that does not run in production, only what is about tests themselves, and of
 * what is run by hand nothing that only a service can suffer.
 */
function rulesFor(rules: readonly Rule[], file: CodeFile): readonly Rule[] {
  if (quietBecause(file.path, file.text) !== null)
    return rules.filter((rule) => rule.class === 'integration-test')
  return servesNobody(file) ? rules.filter((rule) => !isOnlyOfService(rule)) : rules
}

function claimsOf(input: RuleInput, rule: Rule, file: CodeFile): readonly Standing[] {
  const severity = enabledSeverity(rule, file, input.settings)
  if (severity === null) return []
  const sources: ClaimSources = { code: input.code, secrets: input.secrets }
  const view: View = {
    file,
    code: input.code,
    providers: input.providers,
    secrets: input.secrets.get(file.path) ?? [],
  }
  const observations = observationsOf(rule, view).filter(({ provider }) =>
    isAboutProvider(rule, provider?.id ?? null),
  )
  return onePerPlace(observations).map((observation) => ({
    claim: claimOf(rule, severity, file, observation, sources),
    range: observation.range,
  }))
}

/** The severity of a rule for a file; null where it does not judge it. */
export function enabledSeverity(rule: Rule, file: CodeFile, settings: Settings): Severity | null {
  if (!rule.languages.includes(file.language)) return null
  const configured = configuredSeverity(settings, rule.id, rule.class)
  return configured === 'off' ? null : (configured ?? rule.severity)
}

function isAboutProvider(rule: Rule, provider: string | null): boolean {
  return rule.providers.length === 0 || (provider !== null && rule.providers.includes(provider))
}

function observationsOf(rule: Rule, view: View): readonly Observation[] {
  const { judgement } = rule
  const judged = judgement?.languages.includes(view.file.language)
    ? JUDGEMENTS[judgement.name].judge(view)
    : []
  return [...judged, ...matchesOf(rule, view)]
}

function matchesOf(rule: Rule, view: View): readonly Observation[] {
  if (rule.patterns.length === 0) return []
  const kind: Fact['kind'] = `rule:${rule.id}`
  const patterns = rule.patterns
    .filter(({ languages }) => languages.includes(view.file.language))
    .flatMap(({ rules }) => rules)
  return view.file.facts
    .filter((fact) => fact.kind === kind)
    .filter((fact) => {
      const pattern = patterns.find(({ id }) => id === fact.by)
      return pattern !== undefined && passesGuards(view, fact, pattern)
    })
    .map((fact) => {
      const symbol = fact.scope?.name ?? view.file.path
      return observe(view, fact, {
        provider: providerOf(view, fact),
        names: { symbol, ...fact.captures, snippet: fact.text },
      })
    })
}

/** The provider that a pattern names, or whose address it captured. */
function providerOf({ providers }: View, { captures }: Fact): ProviderFacts | null {
  const { providerid, url } = captures
  if (providerid !== undefined) return providers.byId(providerid)
  const host = /https?:\/\/([\w.-]+)/.exec(url ?? '')?.[1]
  return host === undefined ? null : providers.byHost(host.toLowerCase())
}

function onePerPlace(observations: readonly Observation[]): readonly Observation[] {
  // Facts of one chain of calls begin on the same line: the first one is the whole.
  const places = new Map<number, Observation>()
  for (const one of observations) if (!places.has(one.line)) places.set(one.line, one)
  return [...places.values()]
}
