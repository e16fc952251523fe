import { parseGitDiff } from '#core/diff/parse-diff'
import { type Case, MB, type Row } from './case.ts'
import { madeDiff } from './made-diff.ts'
import { compareTimes, countLines, retainedBytes } from './measure.ts'

const SIZE = 50_000_000
const SEED = 1
const MOST_TIME = 4
const MOST_MEMORY = 0.3

/** The map of a huge diff: every file of it found and counted, no hunk read. */
export const diffMap: Case = {
  time: async () => [await timeRow('diff-map time', madeDiff(SIZE, SEED))],
  // One letter beyond Latin-1 makes the engine hold the whole text in two bytes a character.
  'time-wide': async () => [await timeRow('diff-map time, wide text', wide(madeDiff(SIZE, SEED)))],
  memory: async () => {
    const text = madeDiff(SIZE, SEED)
    countLines(text)
    return [
      {
        name: 'diff-map memory',
        figure: retainedBytes(() => parseGitDiff(text)) / MB,
        unit: 'MB',
        baseline: { name: 'the diff itself', figure: text.length / MB },
        limit: { kind: 'ratio', most: MOST_MEMORY },
      },
    ]
  },
}

async function timeRow(name: string, text: string): Promise<Row> {
  const { subject, baseline } = await compareTimes(
    () => parseGitDiff(text),
    () => countLines(text),
  )
  return {
    name,
    figure: subject,
    unit: 'ms',
    baseline: { name: 'one pass over its lines', figure: baseline },
    limit: { kind: 'ratio', most: MOST_TIME },
  }
}

const wide = (text: string) => text.replace('+', '+→ ')
