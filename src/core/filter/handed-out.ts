import type { FileDiff } from '#core/diff/diff'
import type { Hit, Signal } from '#core/filter/hit'
import { mayCall } from '#core/filter/one-hop'
import { folderOf, nameOf, type PathIndex } from '#core/filter/path-index'
import type { ImportEdge } from '#core/filter/read-edges'
import type { FileDecision } from '#core/filter/selection'

/** A client that a module makes once for the whole program. */
const HANDED =
  /^(?:export\s+(?:const|let)\s+|)([a-z]\w{1,40})\s*(?::[^=]{1,80})?=\s*(?:await\s+)?(?:new\s+[A-Z]|create[A-Z]|[A-Z]\w*\()/gm
/** What speaks of a client, as tokens and callbacks do not. */
const CLIENTS: ReadonlySet<string> = new Set<Signal>([
  'provider-sdk',
  'sdk',
  'http-client',
  'rpc-client',
  'queue',
  'mail',
  'storage',
])
const SURE = 0.6
/** A longer module does more than to make a client. */
const MAX_TEXT = 6_000
const WEIGHT = 0.52

/** The names of the clients that a module makes and gives away. */
export function handedOut(decision: FileDecision, text: string): readonly string[] {
  const { decision: verdict, score, reasons } = decision
  const isClient = reasons.some(({ signal }) => CLIENTS.has(signal))
  if (verdict !== 'selected' || score < SURE || !isClient || text.length > MAX_TEXT) return []
  return [...text.matchAll(HANDED)].flatMap(([, name]) => name ?? [])
}

/** Names of modules that make a client, or a folder's face, which may give one on. */
const MAKER = /^(?:index|__init__|client|api|sdk|\w*[-_]?client|\w*Client)$/

/** The edges of a file that may lead to a client; a folder's face stands for the client beside it. */
export function makerEdges(edges: readonly ImportEdge[], index: PathIndex): readonly ImportEdge[] {
  return edges
    .filter(({ to, typeOnly }) => !typeOnly && MAKER.test(nameOf(to)))
    .flatMap((edge) => {
      const beside = edge.to.replace(/\/index\.(\w+)$/, '/client.$1')
      const given = beside !== edge.to && index.has(beside) ? [{ ...edge, to: beside }] : []
      return [edge, ...given]
    })
}

/** What a file says by calling a client that another module made: it uses the library itself. */
export function handHits(
  file: Pick<FileDiff, 'path'>,
  text: string,
  edges: readonly ImportEdge[],
  handed: ReadonlyMap<string, readonly string[]>,
): readonly Hit[] {
  if (!mayCall(file.path)) return []
  return edges.flatMap(({ to, line }) => {
    const used = (handed.get(to) ?? []).find((name) => calls(text, name))
    if (used === undefined) return []
    const module = nameOf(to) === 'index' ? folderOf(to) : to
    const detail = `calls ${used}, a client made in ${module}`
    return [
      {
        ...{ signal: 'imports-integration', detail, weight: WEIGHT, reach: 'file' },
        ...{ line, changed: false, provider: null },
      } as const,
    ]
  })
}

/** The name is imported, not one's own of the same sound, and something is called on it. */
const calls = (text: string, name: string) =>
  new RegExp(`\\b(?:import|from|require)\\b[^;]{0,600}\\b${name}\\b`).test(text) &&
  new RegExp(`(?<![\\w.])${name}\\s*\\.\\s*\\w+(?:\\.\\w+)*\\s*(?:<[^>]{0,80}>)?\\(`).test(text)
