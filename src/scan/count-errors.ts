import { LANGUAGES } from '#core/facts/fact'
import { GRAMMARS } from '#core/facts/language'
import type { Matcher } from '#core/facts/matcher'
import type { SourceText } from '#core/text/source-text'
import { type FactLimits, scanFacts } from '#scan/scan-facts'

/** One matcher for each language: what its grammar could not read. */
const MATCHERS: readonly Matcher[] = LANGUAGES.map((language) => ({
  id: `syntax-error-${language}`,
  kind: 'rule:syntax-error',
  by: 'syntax-error',
  language,
  set: {},
  document: {
    id: `syntax-error-${language}`,
    language: GRAMMARS[language].id,
    rule: { kind: 'ERROR' },
  },
}))

/**
 * How many places of each file its grammar could not read. A file in a language without a grammar,
 * or one that could not be scanned, has no entry.
 */
export async function countErrors(
  program: string,
  sources: readonly SourceText[],
  limits: FactLimits,
): Promise<ReadonlyMap<string, number>> {
  const { facts, scanned } = await scanFacts(program, MATCHERS, sources, limits)
  const byPath = Map.groupBy(facts, ({ path }) => path)
  return new Map(scanned.map((path) => [path, byPath.get(path)?.length ?? 0]))
}
