import { pathFacts } from '#core/filter/file-kind'
import { subjectOf } from '#core/filter/file-role'
import { folderOf } from '#core/filter/path-index'
import type { ImportEdge } from '#core/filter/read-edges'
import type { FileDecision, Selection } from '#core/filter/selection'

/**
 * Says of each test of a selected module whose test it is, whether the test itself is reviewed or
 * not: by what it imports, else by its name.
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
    const uses = (imported.get(one.path) ?? []).find(({ to }) => modules.has(to))?.to
    const subject = testedByName(one.path, named) ?? uses
    return subject === undefined ? one : marked(one, subject)
  })
}

/** The other file that a test or a contract is named after; of several the nearest, if there is one. */
export function testedByName(
  test: string,
  named: ReadonlyMap<string, readonly string[]>,
): string | undefined {
  const subject = subjectOf(test)
  const [first, second] = (subject === '' ? [] : (named.get(subject) ?? []))
    .filter((path) => path !== test)
    .map((path) => ({ path, shared: sharedFolders(test, path) }))
    .sort((a, b) => b.shared - a.shared)
  return first === undefined || first.shared === second?.shared ? undefined : first.path
}

const PARALLEL: ReadonlySet<string> = new Set([
  'src',
  'app',
  'lib',
  'test',
  'tests',
  'spec',
  'main',
])

/** How many folders two paths have in common, counted from their files upwards and from the root. */
function sharedFolders(one: string, other: string): number {
  const [a, b] = [one, other].map((path) =>
    folderOf(path)
      .split('/')
      .filter((name) => !PARALLEL.has(name) && name !== '__tests__'),
  )
  return (a ?? []).filter((name) => b?.includes(name)).length
}

function marked(one: FileDecision, subject: string): FileDecision {
  const mark = { signal: 'test', detail: `a test of ${subject}`, line: null }
  const others = one.reasons.filter(({ signal }) => signal !== 'test')
  const nothing = others.length === 1 && others[0]?.detail.startsWith('nothing that speaks')
  return { ...one, reasons: nothing ? [mark] : [...others, mark] }
}
