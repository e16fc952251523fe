import type { Judgement } from '#core/rules/observation'

/** A comment, and one that holds code: `# KEY = 'value'`. Others show what a value looks like. */
const COMMENT = /^\s*(?:\/\/|\/?\*|#)/
const QUOTED_VALUE = /(?:=|:)\s*["'`]/

/** A credential that stands in the code. */
export const secretInCode: Judgement = {
  names: ['label'],
  judge: (view) =>
    view.secrets
      .filter(({ line }) => isCode(view.file.lines[line - 1] ?? ''))
      .map((hit) => {
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

function isCode(line: string): boolean {
  return !COMMENT.test(line) || QUOTED_VALUE.test(line)
}
