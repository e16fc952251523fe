import type { FileDiff } from '#core/diff/diff'
import { familyHits } from '#core/filter/family'
import { handedOut, handHits, makerEdges } from '#core/filter/handed-out'
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
import { clientsNear, isWireType, wireHits } from '#core/filter/wire-types'
import type { PathNote } from '#core/memory/named-paths'
import type { Contents } from '#flow/ports'
import { fellowHits } from '#flow/widen-fellows'

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
  given: SelectionInput,
  alone: Selection,
  named: ReadonlyMap<string, PathNote>,
  contents: Contents,
): Promise<Widened> {
  const { paths } = await contents.list('head')
  const input = withFamilies(given, paths)
  const { selection, edges, uses } = await widenByImports(
    input,
    { given, alone, named },
    {
      paths,
      contents,
    },
  )
  const beside = await fellowHits(input, selection, paths, contents)
  const all = new Map(
    [...beside].map(([path, hits]) => [path, [...(uses.get(path) ?? []), ...hits]] as const),
  )
  return { selection: judgeAgain(input, selection, all), edges }
}

/** What is known when the imports are looked at. */
interface Before {
  readonly given: SelectionInput
  readonly alone: Selection
  readonly named: ReadonlyMap<string, PathNote>
}

async function widenByImports(
  input: SelectionInput,
  { given, alone, named }: Before,
  { paths, contents }: { readonly paths: readonly string[]; readonly contents: Contents },
): Promise<Widened & { readonly uses: ReadonlyMap<string, readonly Hit[]> }> {
  const first = input === given ? alone : judgeAgain(input, alone, input.hints ?? new Map())
  const { files, sources } = input
  const index = createPathIndex([...files.map(({ path }) => path), ...named.keys()])
  const settled = new Set(first.filter(isSettled).map(({ path }) => path))
  const readable = files.filter(
    ({ path, change }) => !settled.has(path) && (sources.has(path) || change === 'added'),
  )
  const edges = readable.flatMap((file) => readEdges(file, sources.get(file.path), index))
  const modules = new Map([...modulesOf(named, input), ...selectedModules(first)])
  const nearby = usesOf(readable, edges, modules)
  const near = judgeAgain(input, first, nearby)
  const doubtful = near.flatMap((one, at) => (isWorthALook(one, sources) ? (files[at] ?? []) : []))
  if (doubtful.length === 0) return { selection: near, edges, uses: nearby }

  const { outside, makers } = outsideEdges(doubtful, { ...input, near }, paths)
  const clients = clientsOf(doubtful, sources, paths)
  const read = await readOutside(
    [...[...outside, ...makers].map(({ to }) => to), ...clients],
    contents,
  )
  const judged = selectFiles({ ...input, files: read.files, sources: read.texts })
  const found = selectedModules(judged)
  const all = new Map([...found, ...modules])
  const back = read.files
    .filter(({ path }) => clients.includes(path))
    .flatMap((file) => readEdges(file, read.texts.get(file.path), index))
  const handed = handsOf([...first, ...judged], new Map([...sources, ...read.texts]))
  const taken = wireHits([...edges, ...back], all, (path) => sources.get(path))
  const inDoubt = new Set(doubtful)
  const again = files.filter((file) => inDoubt.has(file) || taken.has(file.path))
  const uses = joinedHits([
    usesOf(again, [...edges, ...outside], all),
    handsUsed(again, [...edges, ...makers], { handed, sources }),
    taken,
  ])
  return { selection: judgeAgain(input, near, uses), edges, uses: new Map([...nearby, ...uses]) }
}

/** What the neighbours of changed files say of them, beside what else is known. */
function withFamilies(input: SelectionInput, paths: readonly string[]): SelectionInput {
  const changed = input.files.map(({ path }) => path)
  const kin = familyHits(changed, paths, input.catalog)
  if (kin.size === 0) return input
  const hints = new Map(input.hints ?? [])
  for (const [path, hit] of kin) hints.set(path, [...(hints.get(path) ?? []), hit])
  return { ...input, hints }
}

function joinedHits(
  all: readonly ReadonlyMap<string, readonly Hit[]>[],
): ReadonlyMap<string, readonly Hit[]> {
  const joint = new Map<string, readonly Hit[]>()
  for (const [path, hits] of all.flatMap((one) => [...one])) {
    joint.set(path, [...(joint.get(path) ?? []), ...hits])
  }
  return joint
}

function handsOf(
  decisions: Selection,
  texts: ReadonlyMap<string, string>,
): ReadonlyMap<string, readonly string[]> {
  return new Map(
    decisions.map((one) => [one.path, handedOut(one, texts.get(one.path) ?? '')] as const),
  )
}

function handsUsed(
  files: readonly FileDiff[],
  edges: readonly ImportEdge[],
  { handed, sources }: HandedOut,
): ReadonlyMap<string, readonly Hit[]> {
  const byFile = Map.groupBy(edges, ({ from }) => from)
  return new Map(
    files.map((file) => {
      const text = sources.get(file.path) ?? ''
      return [file.path, handHits(file, text, byFile.get(file.path) ?? [], handed)]
    }),
  )
}

interface HandedOut {
  readonly handed: ReadonlyMap<string, readonly string[]>
  readonly sources: ReadonlyMap<string, string>
}

/** Modules that may use the types that doubtful files declare. */
function clientsOf(
  files: readonly FileDiff[],
  sources: ReadonlyMap<string, string>,
  paths: readonly string[],
): readonly string[] {
  const types = files.filter(({ path }) => isWireType(path, sources.get(path) ?? ''))
  return [...new Set(types.slice(0, MAX_TYPES).flatMap(({ path }) => clientsNear(path, paths)))]
}
const MAX_TYPES = 20

/** In doubt, or built on a class that may be an integration. */
function isWorthALook(one: FileDecision, sources: ReadonlyMap<string, string>): boolean {
  if (isInDoubt(one)) return true
  const text = sources.get(one.path)
  if (one.decision === 'selected' || isSettled(one) || !mayCall(one.path)) return false
  if (text === undefined) return false
  return hasBase(text) || isWireType(one.path, text) || mayUseClient(one)
}

const mayUseClient = ({ path, reasons }: FileDecision) =>
  /\.(?:[cm]?[jt]s|py)$/.test(path) &&
  !reasons.some(({ signal }) => signal === 'front-end' || signal === 'view')

/** Modules that memory names, unless they are among the changed files and speak for themselves. */
function modulesOf(
  named: ReadonlyMap<string, PathNote>,
  { catalog }: SelectionInput,
): readonly [string, IntegrationModule][] {
  return [...named]
    .filter(([, note]) => tellsOfIntegration(note, catalog))
    .map(([path, note]) => {
      const because = `memory names: ${note.text}`
      const provider = providerOfNote(note, catalog)
      return [path, { because, provider, sure: false, byFolder: false }]
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

/** What files use outside of the change. */
interface Outside {
  readonly outside: readonly ImportEdge[]
  /** Modules that may make a client; many use one, so that it is counted apart. */
  readonly makers: readonly ImportEdge[]
}

/** What doubtful files use outside of the change. The listing of the head is at hand already. */
function outsideEdges(
  doubtful: readonly FileDiff[],
  { sources, files, near }: SelectionInput & { readonly near: Selection },
  paths: readonly string[],
): Outside {
  const changed = new Set(files.map(({ path }) => path))
  const index = createPathIndex(paths.filter((path) => !changed.has(path)))
  const decisions = new Map(near.map((one) => [one.path, one]))
  const scoreOf = ({ path }: FileDiff) => decisions.get(path)?.score ?? 0
  const found = doubtful
    .toSorted((a, b) => scoreOf(b) - scoreOf(a))
    .map((file) => {
      const one = decisions.get(file.path)
      const all = readEdges(file, sources.get(file.path), index)
      const outside = one !== undefined && isInDoubt(one) ? all : all.filter(({ heir }) => heir)
      const mayUse = one !== undefined && mayUseClient(one)
      return { outside, makers: mayUse ? makerEdges(all, index) : [] }
    })
  return {
    outside: found.flatMap(({ outside }) => outside),
    makers: found.flatMap(({ makers }) => makers),
  }
}

/** The files that the edges lead to, as if they were unchanged files of the change. */
async function readOutside(
  wanted: readonly string[],
  contents: Contents,
): Promise<{ readonly files: readonly FileDiff[]; readonly texts: ReadonlyMap<string, string> }> {
  const paths = [...new Set(wanted)].slice(0, MAX_READ)
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
