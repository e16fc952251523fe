import picomatch from 'picomatch'
import type { FileDiff } from '#core/diff/diff'
import { codeHits } from '#core/filter/code-hits'
import { configurationHits } from '#core/filter/configuration-hits'
import { type FileKind, type PathFacts, pathFacts } from '#core/filter/file-kind'
import type { Hit } from '#core/filter/hit'
import { createNoise, type Noise } from '#core/filter/noise'
import { packageHits } from '#core/filter/package-hits'
import { pathHits } from '#core/filter/path-hits'
import { type CodeLine, readLines } from '#core/filter/read-lines'
import type { FileDecision, Reason, Selection } from '#core/filter/selection'
import { bestPerDetail, discountOf, scoreOf, THRESHOLD } from '#core/filter/weigh'
import type { Catalog } from '#core/providers/catalog'
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
}

/** As many reasons as a person reads. */
const MAX_REASONS = 6

interface Judge {
  readonly input: SelectionInput
  readonly noise: Noise
  readonly included: (path: string) => boolean
  readonly excluded: (path: string) => boolean
}

/**
 * Decides for each changed file whether it is about an integration, with a score and reasons.
 * One decision per file, in the order of the diff; pure, linear in what it is given, never throws.
 */
export function selectFiles(input: SelectionInput): Selection {
  const judge: Judge = {
    input,
    noise: createNoise(input.attributes ?? ''),
    included: matcher(input.settings.paths.include),
    excluded: matcher(input.settings.paths.exclude),
  }
  return input.files.map((file) => decide(file, judge))
}

function matcher(globs: readonly string[]): (path: string) => boolean {
  const patterns = globs.map((glob) => picomatch(glob, { dot: true, nonegate: true }))
  return (path) => patterns.some((matches) => matches(path))
}

function decide(file: FileDiff, judge: Judge): FileDecision {
  const { path } = file
  if (judge.excluded(path)) return skipped(path, 'exclude', 'paths.exclude in the settings')
  if (judge.included(path)) return forced(file, judge)
  const noise = judge.noise(path)
  if (noise) return skipped(path, noise.signal, noise.detail)
  const facts = pathFacts(path)
  const never = NEVER[facts.kind]
  if (never !== undefined) return skipped(path, facts.kind, never)
  if (file.content === 'binary') return skipped(path, 'binary', 'no text to read')
  return weighed(file, facts, judge)
}

/** Kinds of file that are never about an integration, whatever words they hold. */
const NEVER: Readonly<Partial<Record<FileKind, string>>> = {
  docs: 'documentation',
  translation: 'a translation',
  style: 'styling',
  asset: 'an image, font, data or archive',
}

function forced(file: FileDiff, judge: Judge): FileDecision {
  const weighedFile = weighed(file, pathFacts(file.path), judge)
  const reason = { signal: 'include', detail: 'paths.include in the settings', line: null }
  const reasons = [reason, ...weighedFile.reasons].slice(0, MAX_REASONS)
  return { ...weighedFile, decision: 'selected', score: 1, reasons }
}

function weighed(file: FileDiff, facts: PathFacts, judge: Judge): FileDecision {
  const { sources, catalog } = judge.input
  const lines = readLines(file, sources.get(file.path), facts.comments)
  const isView = facts.kind === 'view' && drawsPage(file.path, lines)
  const hits = hitsOf(file, facts, lines, catalog)
  const score = scoreOf(hits, facts, isView)
  const heaviest = [...bestPerDetail(hits)].sort(byWeight)
  const providers = [...new Set(heaviest.flatMap(({ provider }) => provider ?? []))]
  const decision = score >= THRESHOLD ? 'selected' : 'skipped'
  const discount = discountOf(facts, isView).reason
  const against = discount ? [{ ...discount, line: null }] : []
  const reasons = [...heaviest.slice(0, MAX_REASONS - 1).map(reasonOf), ...against]
  const told = reasons.length > 0 ? reasons : [nothingFound(facts)]
  return { path: file.path, decision, score, reasons: told, providers }
}

/** Templates always draw; a script that may hold markup does where markup is seen. */
function drawsPage(path: string, lines: readonly CodeLine[]): boolean {
  if (!/\.[tj]sx$/i.test(path)) return true
  return lines.some(({ text }) =>
    /<\/[A-Za-z>]|\/>\s*[)},;]?\s*$|\breturn\s*\(?\s*<|<[A-Z]\w*\s*$/.test(text),
  )
}

function hitsOf(
  file: FileDiff,
  facts: PathFacts,
  lines: readonly CodeLine[],
  catalog: Catalog,
): readonly Hit[] {
  switch (facts.kind) {
    case 'manifest':
    case 'lockfile':
      return packageHits(file.path, lines, catalog)
    case 'source':
    case 'view':
      return [...pathHits(file.path, catalog), ...codeHits(lines, facts, catalog)]
    case 'contract':
    case 'configuration':
    case 'infrastructure':
    case 'workflow':
    case 'env-sample':
      return [
        ...pathHits(file.path, catalog).map(halved),
        ...configurationHits(facts.kind, lines, catalog),
      ]
    default:
      return []
  }
}

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
