import type { Span } from '#core/facts/fact'
import { within } from '#core/facts/scopes'
import type { Declared } from '#core/matrix/call-graph'
import { claimsByFailure } from '#core/matrix/caught-claims'
import { isClientOf, madeBefore, REMOTE_HEAD } from '#core/matrix/chain-context'
import { deadAssignments, effectsOf } from '#core/matrix/chain-effects'
import { mayBeWork } from '#core/matrix/chain-words'
import { type Chain, chainsIn } from '#core/matrix/chains'
import { deferredSpans, isRunAside } from '#core/matrix/deferred'
import { DELIVERY_SIGNS, type MomentKind } from '#core/matrix/delivery-signs'
import { bodyOf, functionsOf, namedIn } from '#core/matrix/functions-called'
import { looksIn } from '#core/matrix/looks'
import type { Moment, Part, Walk } from '#core/matrix/moment'
import { lineAt, quietOf, type Region } from '#core/matrix/region'

/** Functions are followed this deep. */
const MAX_DEPTH = 5
/** A region that is longer is not read: no handler is. */
const MAX_REGION = 60_000
/** Moments of one delivery: more is a program of its own. */
const MAX_MOMENTS = 800

interface Around {
  readonly visited: Set<string>
  readonly depth: number
  readonly part: Part
}

/** The moments of the regions, one region after the other, through the functions that they call. */
export function momentsOf(
  walk: Walk,
  regions: readonly Region[],
  part: Part,
  visited: Set<string>,
): readonly Moment[] {
  return regions
    .flatMap((region) => momentsIn(walk, region, { visited, depth: 0, part }))
    .slice(0, MAX_MOMENTS)
}

interface Placed {
  readonly offset: number
  readonly moments: readonly Moment[]
}

function momentsIn(walk: Walk, region: Region, around: Around): readonly Moment[] {
  const { file, start, end } = region
  const key = `${file.path}:${start}:${end}`
  if (start >= end || around.visited.has(key) || end - start > MAX_REGION) return []
  around.visited.add(key)
  const chains = chainsIn(region)
  const deferred = deferredSpans(region, chains)
  const isDeferred = (offset: number) =>
    deferred.some((one) => one.start <= offset && offset < one.end)
  const signs = signsIn(region).filter((one) => !isReadElsewhere(walk, region, one))
  const own = [...signs, ...effectsIn(walk, region, chains, around)].map(
    ({ kind, offset, text, remote = false, carries = false }): Placed => ({
      offset,
      moments: [
        {
          ...{ kind, file, path: file.path, line: lineAt(file, offset), offset, text },
          ...{ deferred: isDeferred(offset), remote, carries, part: around.part },
        },
      ],
    }),
  )
  const called = around.depth >= MAX_DEPTH ? [] : calledIn(walk, region, chains, around, isDeferred)
  const placed = [...own, ...called].sort((a, b) => a.offset - b.offset)
  return claimsByFailure(region, placed).flatMap(({ moments }) => moments)
}

type Seen = Pick<Moment, 'kind' | 'offset' | 'text'> & {
  readonly remote?: boolean
  readonly carries?: boolean
}

/** A check that is only named is read in its own function, where that is at hand. */
const NAMED_CHECK = /^(?:[vV]erify|[vV]alidate|is_?[vV]alid|check)\w*/

function isReadElsewhere({ graph }: Walk, { file }: Region, { kind, text, offset }: Seen): boolean {
  if (kind !== 'verify' || !NAMED_CHECK.test(text)) return false
  const name = /^\w+/.exec(text)?.[0] ?? ''
  const declared = graph.declared(file, name)
  if (declared === null) return false
  return bodyOf(declared) !== null && (declared.file !== file || offset !== declared.fact.start)
}

function signsIn({ file, start, end }: Region): readonly Seen[] {
  const quiet = quietOf(file)
  const code = quiet.code.slice(start, end)
  const text = quiet.text.slice(start, end)
  return DELIVERY_SIGNS.filter(
    ({ languages }) => languages === undefined || languages.includes(file.language),
  ).flatMap((sign) =>
    [...(sign.within === 'code' ? code : text).matchAll(sign.pattern)].map((match) => ({
      kind: sign.kind,
      offset: start + match.index + (/^\s*/.exec(match[0])?.[0].length ?? 0),
      text: match[0].trim(),
    })),
  )
}

/** What the calls of a region do, and what may be the work. */
function effectsIn(
  walk: Walk,
  region: Region,
  chains: readonly Chain[],
  { part }: Around,
): readonly Seen[] {
  const { file, start, end } = region
  const requests = walk.requestsIn(file).filter((span) => span.start >= start && span.end <= end)
  const checks = signsIn(region).filter(({ kind }) => kind === 'verify')
  const seen = chains.flatMap((chain): readonly Seen[] => {
    if (chain.isMade) return []
    const isRemote =
      REMOTE_HEAD.test(chain.head) ||
      (!isOfRecords(chain) && requests.some((one) => isOf(chain, one)))
    const effects = effectsOf(chain, madeBefore(chain, start))
    if (effects.length > 0)
      return effects.map(({ kind, offset, carries, remote }) => ({
        ...{ kind, offset, carries, text: chain.text.slice(0, 400) },
        remote: remote || (isRemote && kind !== 'enqueue'),
      }))
    const isCheck = checks.some(({ offset }) => offset < chain.end && offset >= chain.start)
    if (isCheck || (part === 'before' && !isRemote)) return []
    return workIn(walk, chain, isRemote)
  })
  const dead = deadAssignments(region).map((one): Seen => ({ kind: 'dead-letter', ...one }))
  return [...seen, ...looksIn(region, chains), ...dead]
}

/** A model of Rails that is called like a provider: `StripeEvent.find_or_initialize_by`. */
const isOfRecords = ({ names, file }: Chain): boolean =>
  file.language === 'ruby' &&
  names.some((name) => /^(?:find_or_\w+|find_by\w*|where|exists\?|create_or_\w+)!?$/.test(name))

/** Whether a request is made by a chain. */
function isOf(chain: Chain, { start, end }: Span): boolean {
  const overlaps = start < chain.end && end > chain.start
  return overlaps && start >= chain.start - 30 && chain.start >= start - 2
}

function workIn({ graph }: Walk, chain: Chain, isRemote: boolean): readonly Seen[] {
  // What a function of the repository does is read in it.
  if (!isRemote && functionsOf(graph, chain).some((one) => bodyOf(one) !== null)) return []
  const isClient = isClientOf(chain)
  if (!isRemote && !mayBeWork(chain, isClient)) return []
  const { start, text } = chain
  return [
    { kind: 'process', offset: start, text: text.slice(0, 200), remote: isRemote || isClient },
  ]
}

/** What a function does that makes it more than work: it is read line by line. */
const MORE: ReadonlySet<MomentKind> = new Set<MomentKind>([
  'claim',
  'look',
  'verify',
  'enqueue',
  'beside',
  'acknowledge',
  'raw',
])
const KEEPS =
  /^_?(?:record|save|store|insert|persist|create|log|mark|remember|write|add|upsert|load|find|get|fetch|build|parse|to|is|has|verify|check|valid|ensure|require|compute|expected)(?=_|[A-Z]|$)/

/** The functions of the repository that a region calls, each where it is called. */
function calledIn(
  walk: Walk,
  region: Region,
  chains: readonly Chain[],
  around: Around,
  isDeferred: (offset: number) => boolean,
): readonly Placed[] {
  const { file } = region
  const span = { start: region.start, end: region.end, line: 1, endLine: 1 }
  // What is handed to a queue is read as the worker's.
  const isHanded = (chain: Chain) =>
    effectsOf(chain, '').some(({ kind }) => kind === 'enqueue' || kind === 'beside')
  const byChain = chains.flatMap((chain) =>
    isHanded(chain)
      ? []
      : functionsOf(walk.graph, chain).map((declared) => ({
          offset: chain.start,
          declared,
          chain,
        })),
  )
  const isWrapper = region.role === 'wrapper'
  // In Ruby a name alone calls a method; of another class it would have an owner.
  const byName =
    isWrapper || file.language === 'ruby'
      ? namedIn(walk.graph, region).filter(({ declared }) => isWrapper || declared.file === file)
      : []
  return [...byChain, ...byName.map((one) => ({ ...one, chain: null }))].flatMap(
    ({ offset, declared, chain }) => {
      if (
        declared.file === file &&
        within(declared.fact, span) &&
        declared.fact.start !== region.start
      )
        return []
      const target = bodyOf(declared)
      if (target === null) return []
      const inner = momentsIn(walk, target, { ...around, depth: around.depth + 1 })
      if (inner.length === 0) return []
      const aside = isDeferred(offset) || isRunAside(declared)
      const moments = aside ? inner.map((one) => ({ ...one, deferred: true })) : inner
      const whole =
        chain === null || isRunAside(declared)
          ? []
          : asWork(chain, declared, inner, aside, around.part)
      return [{ offset: offset + 1, moments: [...whole, ...moments] }]
    },
  )
}

/** A function that only works is the work, where it is called. */
function asWork(
  chain: Chain,
  { fact }: Declared,
  inner: readonly Moment[],
  deferred: boolean,
  part: Part,
): readonly Moment[] {
  const handsOn =
    /^(?:perform_?later|perform_async|perform_in|delay|apply_async|dispatch|add_task|enqueue\w*|Enqueue\w*|new|submit|create_task|spawn|send_with_options)$/.test(
      chain.names.at(-1) ?? '',
    )
  if (part === 'before' || handsOn || inner.some(({ kind }) => MORE.has(kind))) return []
  const works = inner.filter(({ kind }) => kind === 'process' || kind === 'store')
  if (works.length === 0) return []
  const name = fact.captures['name'] ?? ''
  if (KEEPS.test(name) && !works.some(({ kind, remote }) => kind === 'process' && remote)) return []
  const { file, start, text } = chain
  return [
    {
      ...{ kind: 'process', file, path: file.path, line: lineAt(file, start), offset: start },
      ...{ text: text.slice(0, 200), deferred, remote: false, carries: false, part },
    },
  ]
}
