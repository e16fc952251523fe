import type { Fact } from '#core/facts/fact'
import type { SecretHit } from '#core/facts/secret-hit'
import type { Claim, Severity } from '#core/findings/finding'
import { isGuess } from '#core/findings/guess'
import { type ClaimSources, claimOf } from '#core/rules/claims'
import type { Code, CodeFile } from '#core/rules/code'
import { passesGuards } from '#core/rules/guard'
import { JUDGEMENTS } from '#core/rules/judgements'
import { atEach, type Observation, type View } from '#core/rules/observation'
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
    const steps = runRulesInSteps(input, path)
    for (;;) {
      const step = steps.next()
      if (step.done) return step.value
    }
  })
}

/**
 * Every claim of every enabled rule on a file, in the order of its lines. Yields after each place
 * that a rule looked at, so that whoever answers others meanwhile can stop there.
 */
export function* runRulesInSteps(
  input: RuleInput,
  path: string,
): Generator<undefined, readonly Standing[]> {
  const file = input.code.files.get(path)
  if (file === undefined) return []
  const standing: Standing[] = []
  for (const rule of rulesFor(input.rules, file))
    standing.push(...(yield* claimsOf(input, rule, file)))
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
  const pairs = rules.flatMap(({ id, yields }) => yields.map((other) => [id, other] as const))
  const yieldsTo = new Set(pairs.map(([one, other]) => `${one} ${other}`))
  const partners = Map.groupBy(
    pairs.flatMap(([one, other]) => [
      { one, other },
      { one: other, other: one },
    ]),
    ({ one }) => one,
  )
  const byRule = Map.groupBy(standing, ({ claim }) => claim.rule ?? '')
  const makesWay = (claim: Claim, other: Claim) =>
    (yieldsTo.has(`${claim.rule} ${other.rule}`) && (isGuess(claim) || !isGuess(other))) ||
    (yieldsTo.has(`${other.rule} ${claim.rule}`) && isGuess(claim) && !isGuess(other))
  const isDrownedOut = (claim: Claim, others: readonly Standing[]) =>
    others.some(
      ({ claim: other }) =>
        other.startLine <= claim.line && claim.startLine <= other.line && makesWay(claim, other),
    )
  return standing.filter(({ claim }) =>
    (partners.get(claim.rule ?? '') ?? []).every(
      ({ other }) => !isDrownedOut(claim, byRule.get(other) ?? []),
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

function* claimsOf(
  input: RuleInput,
  rule: Rule,
  file: CodeFile,
): Generator<undefined, readonly Standing[]> {
  const severity = enabledSeverity(rule, file, input.settings)
  if (severity === null) return []
  const sources: ClaimSources = { code: input.code, secrets: input.secrets }
  const view: View = {
    file,
    code: input.code,
    providers: input.providers,
    secrets: input.secrets.get(file.path) ?? [],
  }
  const observations: Observation[] = []
  for (const seen of observationsOf(rule, view)) {
    if (seen === null) yield
    else if (isAboutProvider(rule, seen.provider?.id ?? null)) observations.push(seen)
  }
  const standing: Standing[] = []
  for (const observation of onePerPlace(observations)) {
    const claim = claimOf(rule, severity, file, observation, sources)
    standing.push({ claim, range: observation.range })
    yield
  }
  return standing
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

function* observationsOf(rule: Rule, view: View): Generator<Observation | null> {
  const { judgement } = rule
  if (judgement?.languages.includes(view.file.language))
    yield* JUDGEMENTS[judgement.name].judge(view)
  yield null
  yield* matchesOf(rule, view)
}

function matchesOf(rule: Rule, view: View): Iterable<Observation | null> {
  if (rule.patterns.length === 0) return []
  const kind: Fact['kind'] = `rule:${rule.id}`
  const patterns = rule.patterns
    .filter(({ languages }) => languages.includes(view.file.language))
    .flatMap(({ rules }) => rules)
  const facts = view.file.facts.filter((fact) => fact.kind === kind)
  return atEach(facts, (fact) => {
    const pattern = patterns.find(({ id }) => id === fact.by)
    if (pattern === undefined || !passesGuards(view, fact, pattern)) return []
    const symbol = fact.scope?.name ?? view.file.path
    const names = { symbol, ...fact.captures, snippet: fact.text }
    return [observe(view, fact, { provider: providerOf(view, fact), names })]
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
