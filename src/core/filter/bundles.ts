import { pathFacts } from '#core/filter/file-kind'
import { FILE_ROLES, type FileRole, roleOf, subjectOf } from '#core/filter/file-role'
import { testedByName } from '#core/filter/mark-tests'
import { folderOf, nameOf } from '#core/filter/path-index'
import type { ImportEdge } from '#core/filter/read-edges'
import type { FileDecision, Selection } from '#core/filter/selection'

/** Selected files that make up one integration and are best read together. */
export interface Bundle {
  /** For people: `stripe, src/billing`. No two bundles of a change have the same name. */
  readonly name: string
  /** The provider that at least half of the files share; null where there is none. */
  readonly provider: string | null
  /** Two files or more: who is called, who calls, what is sent, then the rest. */
  readonly files: readonly { readonly path: string; readonly role: FileRole }[]
}

/** More files than this are no longer one thing to look at. */
const MAX_FILES = 8
/** Who imports more of the change than this is where everything meets. */
const MAX_USES = 4

/**
 * Groups the selected files that belong together: by imports among them, a test with its subject,
 * a contract with the code of its name, and what speaks to one provider in neighbouring folders.
 * Each file is in one bundle at most; the surest bundle comes first.
 */
export function bundlesOf(selection: Selection, edges: readonly ImportEdge[]): readonly Bundle[] {
  const selected = selection.filter(({ decision }) => decision === 'selected')
  const groups = createGroups(selected.map(({ path }) => path))
  const known = new Set(selected.map(({ path }) => path))
  const inside = edges.filter(({ from, to }) => known.has(from) && known.has(to) && from !== to)
  const uses = Map.groupBy(inside, ({ from }) => from)
  for (const { from, to } of inside) {
    const meets = pathFacts(from).catchAll || (uses.get(from)?.length ?? 0) > MAX_USES
    if (!meets && !pathFacts(to).catchAll) groups.join(from, to)
  }
  joinNamesakes(selected, groups)
  joinNeighbours(selected, groups)
  const bundles = groups
    .all(selected)
    .filter((files) => files.length > 1)
    .sort((a, b) => surest(b) - surest(a))
    .map(bundleOf)
  return distinct(bundles)
}

function joinNamesakes(selected: readonly FileDecision[], groups: Groups): void {
  const paths = selected.map(({ path }) => path)
  const subjects = Map.groupBy(
    paths.filter((path) => !pathFacts(path).test),
    subjectOf,
  )
  for (const one of selected) {
    const role = roleOf(one)
    if (role !== 'test' && role !== 'schema') continue
    const [namesake, another] = without(subjects.get(subjectOf(one.path)) ?? [], one.path)
    const only = another === undefined ? namesake : undefined
    const subject = role === 'test' ? testedByName(one.path, subjects) : only
    if (subject !== undefined) groups.join(one.path, subject)
  }
}

const without = (paths: readonly string[], path: string) => paths.filter((one) => one !== path)

function joinNeighbours(selected: readonly FileDecision[], groups: Groups): void {
  const touches = selected.flatMap(({ path, providers }) => providers.map((id) => ({ id, path })))
  for (const files of Map.groupBy(touches, ({ id }) => id).values()) {
    const byFolder = Map.groupBy(
      files.map(({ path }) => path),
      folderOf,
    )
    for (const [folder, here] of byFolder) {
      const above = folderOf(folder) === '' ? [] : (byFolder.get(folderOf(folder)) ?? [])
      joinAll([...above.slice(0, 1), ...here], groups)
    }
  }
}

function joinAll([first, ...others]: readonly string[], groups: Groups): void {
  for (const other of others) if (first !== undefined) groups.join(first, other)
}

interface Groups {
  /** Does nothing where the group would become too large. */
  join(one: string, other: string): void
  all(selected: readonly FileDecision[]): readonly (readonly FileDecision[])[]
}

function createGroups(paths: readonly string[]): Groups {
  const members = new Map(paths.map((path) => [path, new Set([path])]))
  return {
    join(one, other) {
      const [a, b] = [members.get(one), members.get(other)]
      if (a === undefined || b === undefined || a === b || a.size + b.size > MAX_FILES) return
      for (const path of b) {
        a.add(path)
        members.set(path, a)
      }
    },
    all: (selected) => [...Map.groupBy(selected, ({ path }) => members.get(path)).values()],
  }
}

const surest = (files: readonly FileDecision[]) => Math.max(...files.map(({ score }) => score))

function bundleOf(files: readonly FileDecision[]): Bundle {
  const rank = (role: FileRole) => FILE_ROLES.indexOf(role)
  const members = files
    .map((one) => ({ path: one.path, role: roleOf(one) }))
    .sort((a, b) => rank(a.role) - rank(b.role))
  const provider = sharedProvider(files)
  const folder = commonFolder(files.map(({ path }) => path))
  const lead = nameOf(members[0]?.path ?? '')
  return { name: [provider, folder || lead].filter(Boolean).join(', '), provider, files: members }
}

/** The provider that half of the files share or more; of equally frequent ones the first. */
function sharedProvider(files: readonly FileDecision[]): string | null {
  const ids = files.flatMap(({ providers }) => providers)
  const counts = [...Map.groupBy(ids, (id) => id)].map(([id, all]) => ({ id, count: all.length }))
  const [first] = counts.sort((a, b) => b.count - a.count)
  return first !== undefined && first.count * 2 >= files.length ? first.id : null
}

function commonFolder(paths: readonly string[]): string {
  const [first = [], ...others] = paths.map((path) => folderOf(path).split('/'))
  const end = first.findIndex((name, at) => others.some((folders) => folders[at] !== name))
  return (end === -1 ? first : first.slice(0, end)).join('/')
}

function distinct(bundles: readonly Bundle[]): readonly Bundle[] {
  const seen = new Map<string, number>()
  return bundles.map((bundle) => {
    const count = (seen.get(bundle.name) ?? 0) + 1
    seen.set(bundle.name, count)
    return count === 1 ? bundle : { ...bundle, name: `${bundle.name} (${count})` }
  })
}
