import type { FileDiff } from '#core/diff/diff'
import type { Hit } from '#core/filter/hit'
import { providerOfNote, tellsOfIntegration } from '#core/filter/memory-hits'
import { isSettled } from '#core/filter/needs-text'
import {
  hopHits,
  type IntegrationModule,
  isInDoubt,
  isWorker,
  mayCall,
  selectedModules,
} from '#core/filter/one-hop'
import { createPathIndex } from '#core/filter/path-index'
import { hasBase } from '#core/filter/read-bases'
import { type ImportEdge, readEdges } from '#core/filter/read-edges'
import { type SelectionInput, selectFiles } from '#core/filter/select-files'
import type { FileDecision, Selection } from '#core/filter/selection'
import type { PathNote } from '#core/memory/named-paths'
import type { Contents } from '#flow/ports'

/** A selection, and which of the changed files use which. */
export interface Widened {
  readonly selection: Selection
  readonly edges: readonly ImportEdge[]
}

/** Files outside of the change that are read to see whether they are integrations. */
const MAX_READ = 50

/**
 * Looks one import further: a file that uses an integration of this repository is likelier to be
 * about it. Integrations are changed files that are so by themselves, paths that memory names, and,
 * where a file is still in doubt, unchanged files, which are read in one go and judged like all others.
 */
export async function widen(
  input: SelectionInput,
  first: Selection,
  named: ReadonlyMap<string, PathNote>,
  contents: Contents,
): Promise<Widened> {
  const { files, sources } = input
  const index = createPathIndex([...files.map(({ path }) => path), ...named.keys()])
  const settled = new Set(first.filter(isSettled).map(({ path }) => path))
  const readable = files.filter(
    ({ path, change }) => !settled.has(path) && (sources.has(path) || change === 'added'),
  )
  const edges = readable.flatMap((file) => readEdges(file, sources.get(file.path), index))
  const modules = new Map([...modulesOf(named, input), ...selectedModules(first)])
  const near = judgeAgain(input, first, usesOf(readable, edges, modules))
  const doubtful = near.flatMap((one, at) => (isWorthALook(one, sources) ? (files[at] ?? []) : []))
  if (doubtful.length === 0) return { selection: near, edges }

  const outside = await outsideEdges(doubtful, { ...input, near }, contents)
  const read = await readOutside(outside, contents)
  const found = selectedModules(selectFiles({ ...input, files: read.files, sources: read.texts }))
  const all = new Map([...found, ...modules])
  return {
    selection: judgeAgain(input, near, usesOf(doubtful, [...edges, ...outside], all)),
    edges,
  }
}

/** In doubt, or built on a class that may be an integration. */
function isWorthALook(one: FileDecision, sources: ReadonlyMap<string, string>): boolean {
  if (isInDoubt(one)) return true
  const text = sources.get(one.path)
  return one.decision === 'skipped' && mayCall(one.path) && text !== undefined && hasBase(text)
}

/** Modules that memory names, unless they are among the changed files and speak for themselves. */
function modulesOf(
  named: ReadonlyMap<string, PathNote>,
  { catalog }: SelectionInput,
): readonly [string, IntegrationModule][] {
  return [...named]
    .filter(([, note]) => tellsOfIntegration(note, catalog))
    .map(([path, note]) => {
      const because = `memory names: ${note.text}`
      return [path, { because, provider: providerOfNote(note, catalog), sure: false }]
    })
}

function usesOf(
  files: readonly FileDiff[],
  edges: readonly ImportEdge[],
  modules: ReadonlyMap<string, IntegrationModule>,
): ReadonlyMap<string, readonly Hit[]> {
  const telling = withoutHubs(edges)
  const byFile = Map.groupBy(telling, ({ from }) => from)
  return new Map(
    files.flatMap((file) => {
      const hits = hopHits(file, byFile.get(file.path) ?? [], modules)
      return hits.length === 0 ? [] : [[file.path, hits]]
    }),
  )
}

/** Changed files that use a module; from more on it is what everybody uses and tells nobody apart. */
const HUB = 4

function withoutHubs(edges: readonly ImportEdge[]): readonly ImportEdge[] {
  const users = new Map<string, Set<string>>()
  for (const { from, to } of edges) users.set(to, (users.get(to) ?? new Set()).add(from))
  return edges.filter(
    ({ from, to, heir }) => heir || isWorker(from) || (users.get(to)?.size ?? 0) <= HUB,
  )
}

/** Judges only the files anew for which there is something new to say. */
function judgeAgain(
  input: SelectionInput,
  before: Selection,
  uses: ReadonlyMap<string, readonly Hit[]>,
): Selection {
  if (uses.size === 0) return before
  const hints = new Map(
    [...uses].map(([path, hits]) => [path, [...(input.hints?.get(path) ?? []), ...hits]]),
  )
  const files = input.files.filter(({ path }) => uses.has(path))
  const again = new Map(
    selectFiles({ ...input, files, hints }).map((decision) => [decision.path, decision]),
  )
  return before.map((decision) => again.get(decision.path) ?? decision)
}

/** What doubtful files use outside of the change. The listing of the head is at hand already. */
async function outsideEdges(
  doubtful: readonly FileDiff[],
  { sources, files, near }: SelectionInput & { readonly near: Selection },
  contents: Contents,
): Promise<readonly ImportEdge[]> {
  const { paths } = await contents.list('head')
  const changed = new Set(files.map(({ path }) => path))
  const index = createPathIndex(paths.filter((path) => !changed.has(path)))
  const decisions = new Map(near.map((one) => [one.path, one]))
  const scoreOf = ({ path }: FileDiff) => decisions.get(path)?.score ?? 0
  return doubtful
    .toSorted((a, b) => scoreOf(b) - scoreOf(a))
    .flatMap((file) => {
      const one = decisions.get(file.path)
      const found = readEdges(file, sources.get(file.path), index)
      return one !== undefined && isInDoubt(one) ? found : found.filter(({ heir }) => heir)
    })
}

/** The files that the edges lead to, as if they were unchanged files of the change. */
async function readOutside(
  edges: readonly ImportEdge[],
  contents: Contents,
): Promise<{ readonly files: readonly FileDiff[]; readonly texts: ReadonlyMap<string, string> }> {
  const paths = [...new Set(edges.map(({ to }) => to))].slice(0, MAX_READ)
  if (paths.length === 0) return { files: [], texts: new Map() }
  const answers = await contents.read(paths, 'head')
  const texts = new Map(
    [...answers].flatMap(([path, content]) =>
      content.kind === 'text' ? [[path, content.text] as const] : [],
    ),
  )
  const files = [...texts.keys()].map(
    (path): FileDiff => ({
      ...{ path, previousPath: null, hunks: [] },
      ...{ change: 'modified', content: 'text' },
    }),
  )
  return { files, texts }
}
