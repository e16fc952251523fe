import type { Judgement } from '#core/rules/observation'
import { suppressionsIn } from '#core/rules/suppression'

/** A comment that is to silence a rule and does not say why. */
export const ignoredWithoutReason: Judgement = {
  names: ['rule'],
  judge: ({ file }) =>
    suppressionsIn(file)
      .filter(({ reason }) => reason === null)
      .map(({ rule, line }) => ({
        line,
        endLine: line,
        symbol: null,
        range: { line, endLine: line },
        provider: null,
        names: { rule },
        evidence: [],
      })),
}
