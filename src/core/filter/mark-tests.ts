import { pathFacts } from '#core/filter/file-kind'
import { subjectOf } from '#core/filter/file-role'
import { folderOf } from '#core/filter/path-index'
import type { ImportEdge } from '#core/filter/read-edges'
import type { FileDecision, Selection } from '#core/filter/selection'

/**
 * Says of each test of a selected module whose test it is, whether the test itself is reviewed or
 * not: by its name, else by what it imports.
 */
export function markTests(selection: Selection, edges: readonly ImportEdge[]): Selection {
  const modules = new Set(
    selection.flatMap(({ path, decision }) =>
      decision === 'selected' && !pathFacts(path).test ? [path] : [],
    ),
  )
  const imported = Map.groupBy(edges, ({ from }) => from)
  const named = Map.groupBy(modules, subjectOf)
  return selection.map((one) => {
    if (!pathFacts(one.path).test) return one
    const subject = testedByName(one.path, named)
    if (subject !== undefined) return marked(one, `a test of ${subject}`)
    const uses = imported.get(one.path)?.find(({ to }) => modules.has(to))?.to
    return uses === undefined ? one : marked(one, `a test that uses ${uses}`)
  })
}

/** Folders that say nothing of a subject: they separate code from tests and kinds of tests. */
const PARALLEL =
  /^(?:src|app|lib|main|tests?|spec|specs|unit|integration|e2e|__tests__|testing|fixtures|source)?$/

const tellingFolders = (path: string) =>
  folderOf(path)
    .split('/')
    .filter((name) => !PARALLEL.test(name))

/**
 * The module that a test is named after, if there is just one whose folders the test's are among:
 * `route.test.ts` of another folder is another route's.
 */
export function testedByName(
  test: string,
  named: ReadonlyMap<string, readonly string[]>,
): string | undefined {
  const folders = tellingFolders(test)
  const [first, second] = (named.get(subjectOf(test)) ?? [])
    .filter((path) => path !== test)
    .map((path) => ({ path, around: tellingFolders(path) }))
    .filter(({ around }) => folders.every((name) => around.includes(name)))
    .sort((a, b) => a.around.length - b.around.length)
  const isClear = first !== undefined && first.around.length !== second?.around.length
  return isClear ? first.path : undefined
}

function marked(one: FileDecision, detail: string): FileDecision {
  const mark = { signal: 'test', detail, line: null }
  const others = one.reasons.filter(({ signal }) => signal !== 'test')
  const nothing = others.length === 1 && others[0]?.detail.startsWith('nothing that speaks')
  return { ...one, reasons: nothing ? [mark] : [...others, mark] }
}
