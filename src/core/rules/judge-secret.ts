import type { Judgement } from '#core/rules/observation'

/** A comment, and one that holds code: `# KEY = 'value'`. Others show what a value looks like. */
const COMMENT = /^\s*(?:\/\/|\/?\*|#)/
const QUOTED_VALUE = /(?:=|:)\s*["'`]/

/** What is shown to explain something is announced a few lines above: "Sample response: { … }". */
const SHOWN = /^\W*(?:\w+\W+){0,6}(?:samples?|examples?|dummy|fake)\b/i
const ANNOUNCED_WITHIN = 8
/** The same on the line itself, as in a tag of a field: `example:"eyJ…"`. */
const LABELLED = /\bexamples?["']?\s?[:=]/i

/** Sites of documentation carry the key of their search, which may only search. */
const PAGES = /(?:^|\/)(?:docusaurus\.config\.[cm]?[jt]s|\.vitepress\/[^\n]+)$/

/** What fills a database for whoever tries the program. */
const SEEDS = /(?:sample|demo|dummy|fake)_?-?data/i

/** Keys that are made for pages: Stripe's publishable ones and the public tokens of Mapbox. */
const PUBLIC = /["'`]pk(?:_(?:live|test)_|\.eyJ)[\w.-]*["'`]/

/** A credential that stands in the code. */
export const secretInCode: Judgement = {
  names: ['label'],
  judge: (view) =>
    (PAGES.test(view.file.path) || SEEDS.test(view.file.path) ? [] : view.secrets)
      .filter(({ line }) => isCode(view.file.lines, line))
      .filter(({ line }) => !PUBLIC.test(view.file.lines[line - 1] ?? ''))
      .filter(({ line }) => !isShown(view.file.lines.slice(0, line)))
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

function isCode(lines: readonly string[], at: number): boolean {
  const line = lines[at - 1] ?? ''
  if (PROMPT.test(line)) return false
  if (COMMENT.test(line)) return QUOTED_VALUE.test(line)
  return !isWithinComment(lines, at)
}

/** A session that a documentation shows: `>>> client = Client('key')`. */
const PROMPT = /^\s*(?:>>>|\.\.\.)\s/
/** A comment that began so many lines above holds a sample, not a line that was switched off. */
const LONGEST_COMMENT = 200

function isWithinComment(lines: readonly string[], at: number): boolean {
  const above = lines.slice(Math.max(0, at - 1 - LONGEST_COMMENT), at - 1).join('\n')
  return above.lastIndexOf('/*') > above.lastIndexOf('*/')
}

/** Whether the last of these lines, or what stands right above it, says that it is an example. */
function isShown(lines: readonly string[]): boolean {
  const line = lines.at(-1) ?? ''
  return (
    LABELLED.test(line) ||
    lines.slice(-1 - ANNOUNCED_WITHIN, -1).some((above) => SHOWN.test(above) && !/[=(]/.test(above))
  )
}
