import type { CaseScores, Outcome, Score } from '#core/evaluation/score-cases'

const NAME = 30
const HEADER = `${''.padEnd(NAME)}  found missed  wrong  precision  recall`
const cell = (value: number) => String(value).padStart(6)
const share = (ratio: number | null) => (ratio === null ? '    –' : ratio.toFixed(3))

function scoreLine({ name, found, missed, wrong, precision, recall }: Score): string {
  return `${name.padEnd(NAME)} ${cell(found)} ${cell(missed)} ${cell(wrong)}      ${share(precision)}   ${share(recall)}`
}

/** Precision and recall of rules on labelled cases, as tables. */
export function caseScoresText(scores: CaseScores): string {
  const { cases, clean, silent, whole, classes, languages, rules } = scores
  const quiet = clean === 0 ? '' : `, ${clean} of them clean, ${silent} of these without a finding`
  const table = (title: string, rows: readonly Score[]) =>
    rows.length === 0 ? [] : ['', `By ${title}`, HEADER, ...rows.map(scoreLine)]
  return [
    `${cases} cases${quiet}`,
    HEADER,
    scoreLine(whole),
    ...table('class', classes),
    ...table('language', languages),
    ...table('rule', rules),
  ].join('\n')
}

/** Sets of cases side by side, a line each, and all of them together in the last line. */
export function setScoresText(sets: readonly Score[], together: CaseScores): string {
  const all = { ...together.whole, name: `all ${together.cases} cases` }
  return [HEADER, ...sets.map(scoreLine), scoreLine(all)].join('\n')
}

/** What was missed and what was claimed wrongly, one line each; files that nobody could read. */
export function caseMissesText(outcomes: readonly Outcome[]): string {
  return outcomes
    .flatMap(({ of, defects, wrong, unread }) => [
      ...defects.flatMap(({ defect, claim }) =>
        claim === null
          ? [
              `missed  ${of.id}/${defect.path}:${defect.lines.join('-')} ${defect.class}: ${defect.why}`,
            ]
          : [],
      ),
      ...wrong.map(
        (claim) =>
          `wrong   ${of.id}/${claim.path}:${claim.startLine}-${claim.line} ${claim.class} (${claim.rule ?? 'agent'}): ${of.expected.about}`,
      ),
      ...unread.map((line) => `unread  ${of.id}/${line}`),
    ])
    .join('\n')
}
