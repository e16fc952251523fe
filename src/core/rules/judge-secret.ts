import type { Judgement } from '#core/rules/observation'

/** A credential that stands in the code. */
export const secretInCode: Judgement = {
  names: ['label'],
  judge: (view) =>
    view.secrets.map((hit) => {
      const place = { line: hit.line, endLine: hit.line, start: 0, end: 0 }
      const facts = view.file.facts.filter(
        (fact) => fact.line <= hit.line && hit.line <= fact.endLine,
      )
      const scope = facts.at(-1)?.scope ?? null
      return {
        line: hit.line,
        endLine: hit.line,
        symbol: scope?.name ?? null,
        range: place,
        provider: null,
        names: { label: hit.label },
        evidence: [],
      }
    }),
}
