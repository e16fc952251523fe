import { wordsIn } from '#core/filter/code-vocabulary'
import { pathFacts } from '#core/filter/file-kind'
import type { Hit } from '#core/filter/hit'
import type { IntegrationModule } from '#core/filter/one-hop'
import { folderOf, nameOf } from '#core/filter/path-index'
import type { ImportEdge } from '#core/filter/read-edges'
import { isOnWire } from '#core/filter/wire-marks'

const NAMED_SHAPE =
  /^(?:schemas?|types?|dtos?|payloads?|contracts?|models?|responses?|requests?|\w*(?:Dto|Payload|Schema)|\w*[-_.](?:dtos?|payloads?|schemas?|types?))$/
const COMMON =
  /^(?:api|app|apps|base|common|config|core|data|domain|event|events|feature|features|file|handler|handlers|helper|helpers|index|internal|lib|libs|main|model|models|module|modules|package|packages|pkg|route|routes|schema|schemas|server|service|services|shared|source|src|store|test|type|types|user|util|utils|web|webhook|webhooks|client|clients|java|kotlin|com|org|php|impl)$/
const WEIGHT = 0.5

/** Whether a text declares what is sent over a wire and is not kept in a database. */
export const isWireType = (path: string, text: string) => isPlain(path) && isOnWire([{ text }])

function isPlain(path: string): boolean {
  const { kind, test, stand, migration } = pathFacts(path)
  return kind === 'source' && !(test || stand || migration)
}

const CLIENT = /(?:Api|API|Client|Gateway|_api|_client|-api|-client)$/
const MOST_CLIENTS = 6

/** The modules named as clients that stand nearest to a file and are written in its language. */
export function clientsNear(path: string, paths: readonly string[]): readonly string[] {
  const { language } = pathFacts(path)
  return paths
    .filter((one) => CLIENT.test(nameOf(one)) && pathFacts(one).language === language)
    .filter((one) => isPlain(one))
    .map((one) => ({ one, near: shared(folderOf(one), folderOf(path)) }))
    .sort((a, b) => b.near - a.near)
    .slice(0, MOST_CLIENTS)
    .map(({ one }) => one)
}

function shared(one: string, other: string): number {
  const [a, b] = [one.split('/'), other.split('/')]
  const end = a.findIndex((name, at) => name !== b[at])
  return end === -1 ? a.length : end
}

/**
 * What is said of the shapes of data by who uses them: a client that takes a type from a file sends
 * it or gets it. Of types that carry no marks, the two must also be about the same thing.
 */
export function wireHits(
  edges: readonly ImportEdge[],
  modules: ReadonlyMap<string, IntegrationModule>,
  textOf: (path: string) => string | undefined,
): ReadonlyMap<string, readonly Hit[]> {
  const hits = new Map<string, readonly Hit[]>()
  for (const { from, to } of edges) {
    if (modules.get(from)?.sure !== true || hits.has(to)) continue
    const text = textOf(to)
    if (text === undefined || !isPlain(to)) continue
    const marked = CLIENT.test(nameOf(from)) && isWireType(to, text)
    if (!marked && !(NAMED_SHAPE.test(nameOf(to)) && sharesMatter(from, to))) continue
    hits.set(to, [hitOf(from)])
  }
  return hits
}

/** Words of their folders and names that both have and not every path has. */
function sharesMatter(one: string, other: string): boolean {
  const words = (path: string) =>
    [...folderOf(path).split('/').slice(-3), nameOf(path)]
      .flatMap(wordsIn)
      .filter((word) => word.length > 3 && !COMMON.test(word))
  const known = new Set(words(one))
  return words(other).some((word) => known.has(word))
}

function hitOf(client: string): Hit {
  const detail = `is taken by ${client}`.slice(0, 200)
  return {
    ...{ signal: 'imports-integration', detail, weight: WEIGHT, reach: 'file' },
    ...{ line: null, changed: true, provider: null },
  }
}
