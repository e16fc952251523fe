import type { FileDiff } from '#core/diff/diff'
import { type CodeReader, createCodeReader, SERVES_LDAP } from '#core/filter/code-hits'
import { configurationHits } from '#core/filter/configuration-hits'
import { declaredClient } from '#core/filter/declared-client'
import { isPartOf } from '#core/filter/family'
import { type FileKind, type PathFacts, pathFacts } from '#core/filter/file-kind'
import type { Hit, Signal } from '#core/filter/hit'
import { createNoise, type Noise } from '#core/filter/noise'
import { packageHits } from '#core/filter/package-hits'
import { pathHits } from '#core/filter/path-hits'
import { type CodeLine, readLines } from '#core/filter/read-lines'
import { drawsPage, refined } from '#core/filter/refine-facts'
import type { FileDecision, Reason, Selection } from '#core/filter/selection'
import {
  bestPerDetail,
  callsOut,
  discountOf,
  isLongCode,
  scoreOf,
  spreadOf,
  THRESHOLD,
} from '#core/filter/weigh'
import type { Catalog } from '#core/providers/catalog'
import { createPathMatcher } from '#core/settings/path-matcher'
import type { Settings } from '#core/settings/settings'

/** What the filter decides by. Everything but `files` and `sources` is the base's or ours. */
export interface SelectionInput {
  readonly files: readonly FileDiff[]
  /** Text at head by path, where it is known; a file without one is judged by its diff. */
  readonly sources: ReadonlyMap<string, string>
  readonly catalog: Catalog
  readonly settings: Pick<Settings, 'paths'>
  /** The text of `.gitattributes` at base; never the head's, which could hide its own files. */
  readonly attributes?: string
  /** Beginnings of the paths of libraries that are copied into the repository at base. */
  readonly copied?: readonly string[]
  /** Signals that are not listened to: what each is worth shows when it is missing. */
  readonly without?: ReadonlySet<Signal>
  /** What speaks for a file besides its own text, by path: memory, and what it imports. */
  readonly hints?: ReadonlyMap<string, readonly Hit[]>
}

/** As many reasons as a person reads. */
const MAX_REASONS = 6

interface Judge {
  readonly input: Omit<SelectionInput, 'sources'>
  readonly readCode: CodeReader
  readonly noise: Noise
  readonly included: (path: string) => boolean
  readonly excluded: (path: string) => boolean
  /** Folders whose manifest is among the changed files: it says what the lock file repeats. */
  readonly manifestFolders: ReadonlySet<string>
}

/**
 * Decides for each changed file whether it is about an integration, with a score and reasons.
 * One decision per file, in the order of the diff; pure, linear in what it is given, never throws.
 */
export function selectFiles(input: SelectionInput): Selection {
  const selector = createSelector(input)
  return input.files.map((file) => selector.decide(file, input.sources.get(file.path)))
}

/** Decides about the files of one change, one at a time. */
export interface Selector {
  /** What the path alone decides, without a look at the hunks; null when they must tell. */
  byPath(file: FileDiff): FileDecision | null
  /** @param text the file's text at head, where it is known */
  decide(file: FileDiff, text?: string): FileDecision
}

/** A selector remembers what it has looked up: one serves one change. */
export function createSelector(input: Omit<SelectionInput, 'sources'>): Selector {
  const judge = createJudge(input)
  return {
    byPath: (file) => byPath(file, judge),
    decide: (file, text) => byPath(file, judge) ?? byContent(file, text, judge),
  }
}

function createJudge(input: Judge['input']): Judge {
  return {
    input,
    readCode: createCodeReader(input.catalog),
    noise: createNoise(input.attributes ?? '', input.copied),
    included: createPathMatcher(input.settings.paths.include),
    excluded: createPathMatcher(input.settings.paths.exclude),
    manifestFolders: new Set(
      input.files
        .filter(({ path }) => pathFacts(path).kind === 'manifest')
        .map(({ path }) => folderOf(path)),
    ),
  }
}

const folderOf = (path: string) => path.slice(0, path.lastIndexOf('/') + 1)

function byPath({ path, content }: FileDiff, judge: Judge): FileDecision | null {
  if (judge.excluded(path)) return skipped(path, 'exclude', 'paths.exclude in the settings')
  if (judge.included(path)) return null
  const noise = judge.noise(path)
  if (noise) return skipped(path, noise.signal, noise.detail)
  const { kind } = pathFacts(path)
  const never = NEVER[kind]
  if (never !== undefined) return skipped(path, kind, never)
  return content === 'binary' ? skipped(path, 'binary', 'no text to read') : null
}

function byContent(file: FileDiff, text: string | undefined, judge: Judge): FileDecision {
  const decision = weighed(file, text, judge)
  return judge.included(file.path) ? forced(decision) : decision
}

/** Kinds of file that are never about an integration, whatever words they hold. */
const NEVER: Readonly<Partial<Record<FileKind, string>>> = {
  docs: 'documentation',
  translation: 'a translation',
  style: 'styling',
  asset: 'an image, font, data or archive',
}

function forced(decision: FileDecision): FileDecision {
  const reason = { signal: 'include', detail: 'paths.include in the settings', line: null }
  const others = decision.providers.length + decision.score > 0 ? decision.reasons : []
  const reasons = [reason, ...others].slice(0, MAX_REASONS)
  return { ...decision, decision: 'selected', score: 1, reasons }
}

function weighed(file: FileDiff, text: string | undefined, judge: Judge): FileDecision {
  const { path } = file
  const { catalog } = judge.input
  const byPath = pathFacts(path)
  const read = isMute(path, byPath, judge) ? [] : readLines(file, text, byPath.comments)
  const lines = byPath.language === 'rust' ? withoutTests(read) : read
  const named = pathHits(path, catalog).filter(
    ({ detail }) => !(/ldap/i.test(detail) && read.some(({ text }) => SERVES_LDAP.test(text))),
  )
  const known = refined(byPath, named, lines)
  const isView = known.kind === 'view' && drawsPage(path, lines)
  const hints = judge.input.hints?.get(path) ?? []
  const hits = [...hitsOf({ path, facts: known, lines, named }, judge), ...hints].filter(
    ({ signal }) =>
      judge.input.without?.has(signal) !== true &&
      !(signal === 'credentials' && OWN_ROUTES.test(path)),
  )
  const meets = known.catchAll || (FACE.test(path) && onlyNames(lines))
  const facts = { ...known, catchAll: meets && !(callsOut(hits, lines) || isKin(path, hints)) }
  const spread = spreadOf(hits, lines)
  const score = scoreOf(hits, { facts, isView, spread, isLong: isLongCode(lines, facts) })
  const heaviest = [...bestPerDetail(hits)].sort(byWeight)
  const providers = [...new Set(heaviest.flatMap(({ provider }) => provider ?? []))]
  const decision = score >= THRESHOLD ? 'selected' : 'skipped'
  const discount = discountOf(facts, isView).reason
  const against = discount ? [{ ...discount, line: null }] : []
  const reasons = [...heaviest.slice(0, MAX_REASONS - 1).map(reasonOf), ...against]
  const told = reasons.length > 0 ? reasons : [nothingFound(facts)]
  return { path, decision, score, reasons: told, providers }
}

/** A route is called after what its callers bring; that is no key to another system. */
const OWN_ROUTES = /(?:^|\/)config\/routes(?:\.rb$|\/)/
/** The face of a folder; what it says itself may be more than the names of what is in it. */
const FACE = /(?:^|\/)(?:mod\.rs|index\.[cm]?[jt]s)$/
const NAMES_MODULE =
  /^\s*(?:(?:(?:pub(?:\(\w+\))?\s+)?(?:mod|use)\s[^{}]{0,200};|export\s+\*|\}?\s*$))/

/** A change that only adds or takes a name of a module from the list of a folder's modules. */
function onlyNames(lines: readonly CodeLine[]): boolean {
  const changed = lines.filter((line) => line.changed)
  return changed.length > 0 && changed.every(({ text }) => NAMES_MODULE.test(text))
}

/** Among adapters each of which has a folder, constants are those of the adapter. */
const isKin = (path: string, hints: readonly Hit[]) =>
  hints.some(({ signal, weight }) => signal === 'path' && weight >= (isPartOf(path) ? 0.42 : 0.5))

const RUST_TESTS = /^\s*#\[cfg\(test\)\]/

/** Rust keeps a module's tests at its end. */
function withoutTests(lines: readonly CodeLine[]): readonly CodeLine[] {
  const start = lines.findIndex(
    ({ text }, at) => RUST_TESTS.test(text) && opensModule(lines, at + 1),
  )
  if (start < 0) return lines
  return lines.filter(({ line }, at) => at < start || line === null)
}

/** Below the mark stand other marks, then the module. */
function opensModule(lines: readonly CodeLine[], from: number): boolean {
  const below = lines.slice(from, from + 5).find(({ text }) => !/^\s*(?:#\[.*)?$/.test(text))
  return below !== undefined && /^\s*mod\b.*\{/.test(below.text)
}

/** Whether nothing that the lines may hold changes the decision, so that they need no reading. */
function isMute(path: string, { kind, language }: PathFacts, judge: Judge): boolean {
  if (kind === 'lockfile') return judge.manifestFolders.has(folderOf(path))
  return (kind === 'other' || kind === 'query') && language === null
}

interface Read {
  readonly path: string
  readonly facts: PathFacts
  readonly lines: readonly CodeLine[]
  readonly named: readonly Hit[]
}

function hitsOf({ path, facts, lines, named }: Read, judge: Judge): readonly Hit[] {
  const { catalog } = judge.input
  switch (facts.kind) {
    case 'lockfile':
      return judge.manifestFolders.has(folderOf(path))
        ? []
        : packageHits(path, lines, catalog).map(asLock)
    case 'manifest':
      return packageHits(path, lines, catalog)
    case 'source':
    case 'view':
      return [...named, ...judge.readCode(lines, facts.language)]
    case 'contract':
    case 'configuration':
    case 'infrastructure':
    case 'workflow':
    case 'env-sample':
      return [
        ...named.map(halved),
        ...configurationHits(facts.kind, lines, catalog),
        ...(facts.kind === 'configuration' ? declaredClient(lines) : []),
      ]
    default:
      return []
  }
}

/** A lock file repeats in full what one line of a manifest says; it is worth less to a reader. */
const LOCK_WEIGHT = 0.55
const asLock = (hit: Hit): Hit => ({ ...hit, weight: LOCK_WEIGHT })

/** In a declarative file the name of a folder says less than the changed lines. */
const halved = (hit: Hit): Hit => ({ ...hit, weight: hit.weight / 2 })

const byWeight = (a: Hit, b: Hit) => Number(b.changed) - Number(a.changed) || b.weight - a.weight

const reasonOf = ({ signal, detail, line }: Hit): Reason => ({
  signal,
  detail: detail.slice(0, 200),
  line,
})

const nothingFound = ({ kind }: PathFacts): Reason => ({
  signal: kind,
  detail: 'nothing that speaks of another system',
  line: null,
})

function skipped(path: string, signal: string, detail: string): FileDecision {
  return {
    path,
    decision: 'skipped',
    score: 0,
    reasons: [{ signal, detail, line: null }],
    providers: [],
  }
}
