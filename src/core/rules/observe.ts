import type { Fact } from '#core/facts/fact'
import { functionAround } from '#core/rules/code'
import type { Observation, View } from '#core/rules/observation'

/**
 * An observation on a fact. Its range is the function around it, so that a comment about a removed
 * protection can sit on a changed line of the same function.
 */
export function observe(
  view: View,
  fact: Fact,
  rest: Partial<
    Pick<Observation, 'provider' | 'names' | 'evidence' | 'symbol' | 'range' | 'line' | 'endLine'>
  >,
): Observation {
  const around = functionAround(view.file, fact)
  return {
    line: fact.line,
    endLine: fact.endLine,
    symbol: fact.scope?.name ?? null,
    range: around ?? fact,
    provider: null,
    names: {},
    evidence: [],
    ...rest,
  }
}
