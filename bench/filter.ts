import { gather } from '#flow/gather'
import type { FileContent, Snapshot } from '#flow/ports'
import { type Scope, select } from '#flow/select'
import { toFileDiffs } from '#github/changed-files'
import { type Loaded, loadKnowledge } from '#wiring/load-knowledge'
import type { Case } from './case.ts'
import { type MadePullRequest, madePullRequest } from './made-pull-request.ts'
import { compareTimes, countLines } from './measure.ts'

/** As many files as GitHub lists of a pull request. */
const FILES = 3_000
const SEED = 1
const RUNS = 5
const MOST_MS = 10_000
const MOST_MB = 400
const TODAY = '2026-11-22'

/** The whole choice of files, as a review makes it: by names and diffs first, then by texts. */
export const filter: Case = {
  time: async () => {
    const loaded = await loadKnowledge(TODAY)
    const made = madePullRequest(FILES, SEED)
    const everything = [...made.listed.map(({ patch = '' }) => patch), ...made.texts.values()]
    const text = everything.join('\n')
    const { subject, baseline } = await compareTimes(
      () => choose(made, loaded),
      () => countLines(text),
      RUNS,
    )
    return [
      {
        name: `filter time, ${FILES} files`,
        figure: subject,
        unit: 'ms',
        baseline: { name: 'one pass over all lines', figure: baseline },
        limit: { kind: 'figure', most: MOST_MS },
      },
    ]
  },
  memory: async () => {
    const loaded = await loadKnowledge(TODAY)
    const made = madePullRequest(FILES, SEED)
    const before = process.resourceUsage().maxRSS / 1024
    const scope = await choose(made, loaded)
    if (scope.selection.length !== FILES) throw new Error('The filter lost files.')
    return [
      {
        name: `filter peak resident, ${FILES} files`,
        figure: process.resourceUsage().maxRSS / 1024,
        unit: 'MB',
        baseline: { name: 'the process with its input', figure: before },
        limit: { kind: 'figure', most: MOST_MB },
      },
    ]
  },
}

/** The files are listed anew in each run: what one run has read must not be there for the next. */
async function choose({ listed, texts }: MadePullRequest, loaded: Loaded): Promise<Scope> {
  const files = toFileDiffs(listed)
  const snapshot: Snapshot = {
    ...{ base: 'b', head: 'a', files, totalFiles: files.length, title: '', description: '' },
    trusted: { commit: null, settings: null, agent: null, memory: [] },
    contents: {
      read: async (paths) => new Map(paths.map((path) => [path, contentOf(texts.get(path))])),
      list: async () => ({ paths: [], complete: true }),
    },
  }
  const gathered = await gather({ snapshot: async () => snapshot }, loaded)
  return select(gathered)
}

const contentOf = (text: string | undefined): FileContent =>
  text === undefined ? { kind: 'missing' } : { kind: 'text', text }
