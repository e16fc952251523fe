import type { Fact, Span } from '#core/facts/fact'
import { within } from '#core/facts/scopes'
import type { CallGraph, Declared } from '#core/matrix/call-graph'
import { claimsByFailure } from '#core/matrix/caught-claims'
import { deadAssignments, effectsOf } from '#core/matrix/chain-effects'
import { mayBeWork } from '#core/matrix/chain-words'
import { type Chain, chainsIn } from '#core/matrix/chains'
import { DELIVERY_SIGNS, type MomentKind } from '#core/matrix/delivery-signs'
import { bodyOf, functionsOf, namedIn, typeOf } from '#core/matrix/functions-called'
import { looksIn } from '#core/matrix/looks'
import { lineAt, quietOf, type Region } from '#core/matrix/region'
import { statementAt } from '#core/matrix/statement'
import { type CodeFile, factsOf } from '#core/rules/code'

/** Something that happens to a delivery, in the order in which it happens. */
export interface Moment {
  readonly kind: MomentKind
  readonly file: CodeFile
  readonly path: string
  readonly line: number
  readonly offset: number
  /** What was matched. */
  readonly text: string
  /** It runs after the answer or beside it. */
  readonly deferred: boolean
  /** It goes to another system. */
  readonly remote: boolean
  /** What is stored or handed on is more than an id. */
  readonly carries: boolean
  /** Who does it: what runs before the handler, the handler, or who works off what it keeps. */
  readonly part: Part
}

export type Part = 'before' | 'handler' | 'worker' | 'declared'

/** What a walk knows besides the code. */
export interface Walk {
  readonly graph: CallGraph
  /** Calls of a file that go to another system. */
  readonly requestsIn: (file: CodeFile) => readonly Span[]
}

/** Functions are followed this deep. */
const MAX_DEPTH = 5
/** A region that is longer is not read: no handler is. */
const MAX_REGION = 60_000
/** Moments of one delivery: more is a program of its own. */
const MAX_MOMENTS = 800

/** What runs beside the answer or after it, by who is told to run it. */
const DEFERS =
  /(?:^|\.|::)(?:setImmediate|setTimeout|nextTick|queueMicrotask|waitUntil|after|create_task|ensure_future|add_task|submit|runAsync|supplyAsync|StartNew|spawn|spawn_blocking|launch|afterResponse|dispatchAfterResponse|terminating|defer|Thread\.new|Thread|start_soon|after_this_request|call_on_close)$|^(?:_?\w+\.)?Task\.Run$|^Concurrent::|^(?:async|launch)$/
const GO_STATEMENT = /\bgo\s+(?:func\b|[\w.]+\()/g
const RUNS_ASIDE = /@Async\b|@async\b/

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
  const signs = signsIn(region)
  const seen = chains.flatMap((chain): readonly Seen[] => {
    const isRemote =
      REMOTE_HEAD.test(chain.head) ||
      requests.some(
        (one) =>
          one.start < chain.end &&
          one.end > chain.start &&
          one.start >= chain.start - 30 &&
          chain.start >= one.start - 2,
      )
    if (chain.isMade) return []
    const effects = effectsOf(chain, madeBefore(chain, start))
    if (effects.length > 0)
      return effects.map(({ kind, offset, carries, remote }) => ({
        ...{ kind, offset, carries, text: chain.text.slice(0, 400) },
        remote: remote || (isRemote && kind !== 'enqueue'),
      }))
    if (part === 'before' && !isRemote) return []
    // What a function of the repository does is read in it.
    if (!isRemote && functionsOf(walk.graph, chain).some((one) => bodyOf(one) !== null)) return []
    const isClient = isClientOf(chain)
    if (!isRemote && !mayBeWork(chain, isClient)) return []
    if (
      signs.some(
        (one) => one.kind === 'verify' && one.offset < chain.end && one.offset >= chain.start,
      )
    )
      return []
    return [
      {
        kind: 'process',
        offset: chain.start,
        text: chain.text.slice(0, 200),
        remote: isRemote || isClient,
      },
    ]
  })
  const dead = deadAssignments(region).map((one): Seen => ({ kind: 'dead-letter', ...one }))
  return [...seen, ...looksIn(region, chains), ...dead]
}

/** Calls that by their name go to another system. */
const REMOTE_HEAD =
  /^(?:Http::|Mail::|Storage::disk|axios\b|fetch$|ky\b|got\b|requests\.|httpx\.|aiohttp\.|HTTParty\.|Faraday\.|RestClient\.|Net::HTTP|reqwest::|http\.(?:Get|Post|PostForm|Do)$)/

/** What is called through something that by its type or name speaks to another system. */
function isClientOf({ file, head }: Chain): boolean {
  const owner = head.split(/\?\.|!\.|\.|->|::|&\./).at(-2) ?? ''
  const type = typeOf(file, owner) ?? ''
  return (
    /(?:Client|Api|API|Gateway|Sdk|SDK|Mailer|Fetcher)$/.test(type) ||
    /(?:[a-z]Client|[a-z]Api|_client|_api|[mM]ailer|[gG]ateway)$/.test(owner)
  )
}

/** What was put together before it is stored: `db.Add(new Delivery { Payload = body })`, `const row = { … }`. */
function madeBefore(chain: Chain, start: number): string {
  const { text, code } = quietOf(chain.file)
  const last = chain.names.at(-1) ?? ''
  if (/^(?:SaveChanges\w*|commit|flush|save!?|save_\w+)$/.test(last))
    return text.slice(Math.max(start, chain.start - 700), chain.start)
  const names = [...chain.text.matchAll(/[(,]\s*&?([a-z_$]\w*)\s*(?=[,)])/g)].map(
    ([, name = '']) => name,
  )
  const before = code.slice(Math.max(start, chain.start - 2_500), chain.start)
  const from = Math.max(start, chain.start - 2_500)
  return names
    .flatMap((name) => {
      const at = before.search(
        new RegExp(`(?<![\\w$])${RegExp.escape(name)}\\b[^=\\n]{0,40}=(?!=)`),
      )
      if (at < 0) return []
      const made = statementAt('function', chain.file, from + at)
      return [text.slice(made.start, Math.min(made.end, chain.start))]
    })
    .join('\n')
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
  const isListed =
    around.part !== 'handler' || file.language === 'ruby' || region.role === 'wrapper'
  const byName =
    (isListed && region.role === 'wrapper') || file.language === 'ruby'
      ? namedIn(walk.graph, region)
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

function isRunAside({ file, fact }: Declared): boolean {
  const { code } = quietOf(file)
  const before =
    code
      .slice(Math.max(0, fact.start - 120), fact.start)
      .split(/[;}]/)
      .at(-1) ?? ''
  const head = code.slice(fact.start, fact.start + 200).split('{')[0] ?? ''
  return RUNS_ASIDE.test(`${before}${head}`)
}

function deferredSpans(
  { file, start, end }: Region,
  chains: readonly Chain[],
): readonly Pick<Span, 'start' | 'end'>[] {
  const code = quietOf(file).code.slice(start, end)
  const begun = chains.filter(
    ({ head, names }) => DEFERS.test(head) || DEFERS.test(names.at(-1) ?? ''),
  )
  const calls = factsOf(file, 'call', { start, end, line: 1, endLine: 1 }).filter(
    ({ captures }: Fact) => DEFERS.test(captures['callee'] ?? ''),
  )
  // A promise that nobody waits for: `void handle(event)`, `handle(event).catch(log)`.
  const loose = chains.filter(
    ({ alone, awaited, names, start: at }) =>
      alone &&
      !awaited &&
      (/\bvoid\s*$/.test(quietOf(file).code.slice(Math.max(0, at - 8), at)) ||
        (names.length > 1 && names.at(-1) === 'catch')),
  )
  const started =
    file.language === 'go'
      ? [...code.matchAll(GO_STATEMENT)].map(({ index }) =>
          statementAt('function', file, start + index),
        )
      : []
  return [...begun, ...calls, ...loose, ...started]
}
