import type { FileDiff } from '#core/diff/diff'
import { type Fellows, fellowHit, fellowsOf } from '#core/filter/fellows'
import type { Hit } from '#core/filter/hit'
import { isSettled } from '#core/filter/needs-text'
import { type IntegrationModule, selectedModules } from '#core/filter/one-hop'
import { type SelectionInput, selectFiles } from '#core/filter/select-files'
import type { FileDecision, Selection } from '#core/filter/selection'
import type { Contents } from '#flow/ports'

/** Files outside of the change that are read because a changed one shares their folder. */
const MAX_READ = 40

/**
 * What the folders of files that were not selected say of them: beside clients of one system stand
 * its settings, its types and its interfaces, which do not speak for themselves.
 */
export async function fellowHits(
  input: SelectionInput,
  selection: Selection,
  paths: readonly string[],
  contents: Contents,
): Promise<ReadonlyMap<string, readonly Hit[]>> {
  const open = selection.filter(isOpen).map(({ path }) => path)
  const fellows = fellowsOf(open, paths, input.catalog)
  if (fellows.size === 0) return new Map()
  const modules = new Map([
    ...(await readModules(input, fellows, contents)),
    ...selectedModules(selection),
  ])
  return new Map(
    [...fellows].flatMap(([path, own]) => {
      const hit = fellowHit(own, modules)
      return hit === null ? [] : [[path, [hit]] as const]
    }),
  )
}

const isOpen = (one: FileDecision) =>
  one.decision === 'skipped' &&
  !isSettled(one) &&
  !one.reasons.some(({ signal }) => signal === 'view' || signal === 'front-end')

/** The fellows that the change leaves alone, judged by their whole text. */
async function readModules(
  input: SelectionInput,
  fellows: ReadonlyMap<string, Fellows>,
  contents: Contents,
): Promise<ReadonlyMap<string, IntegrationModule>> {
  const changed = new Set(input.files.map(({ path }) => path))
  const all = new Set([...fellows.values()].flatMap((own) => own.paths))
  const wanted = [...all].filter((path) => !changed.has(path)).slice(0, MAX_READ)
  if (wanted.length === 0) return new Map()
  const answers = await contents.read(wanted, 'head')
  const sources = new Map(
    [...answers].flatMap(([path, content]) =>
      content.kind === 'text' ? [[path, content.text] as const] : [],
    ),
  )
  const files = [...sources.keys()].map(unchanged)
  return selectedModules(selectFiles({ ...input, files, sources }))
}

/** A file as if it stood in the change without a changed line. */
const unchanged = (path: string): FileDiff => ({
  ...{ path, previousPath: null, hunks: [] },
  ...{ change: 'modified', content: 'text' },
})
