import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Fact } from '#core/facts/fact'
import { GRAMMARS, languageOf, unreadBecause } from '#core/facts/language'
import type { Matcher } from '#core/facts/matcher'
import { isMetBy, type Need } from '#core/facts/need'
import { neededByRule } from '#core/facts/needed-by-rule'
import { withScopes } from '#core/facts/scopes'
import type { SourceText } from '#core/text/source-text'
import type { ScanResult } from '#flow/ports'
import { type Asked, factOfMatch, type LaidOut, offsetsOf } from '#scan/match'
import { runApart } from '#scan/run-apart'
import type { Caps } from '#scan/run-capped'
import { spellOutWords } from '#scan/word-class'

/** Bounds of a scan. Defaults fit a server; tests make them small. */
export interface FactLimits {
  /** A longer file is not scanned. ast-grep itself leaves out files of more than 3 MB. */
  readonly fileBytes: number
  /** Processor seconds for a run, on top of what its size earns. */
  readonly cpuSeconds: number
  readonly wallMs: number
  readonly memoryKb: number
  readonly outputBytes: number
}

export const FACT_LIMITS: FactLimits = {
  fileBytes: 500_000,
  cpuSeconds: 3,
  wallMs: 60_000,
  memoryKb: 2_000_000,
  outputBytes: 200_000_000,
}

/** Files that are written at once. */
const OPEN_FILES = 50
/** Files and bytes of one run: small enough that a crash costs little, large enough to be quick. */
const BATCH_FILES = 400
const BATCH_BYTES = 4_000_000
/** Files of one language that are searched for words before their rules are chosen. */
const FEW_BYTES = 300_000
/** What the rules need, worked out once. */
const NEEDS = new WeakMap<Matcher, Need>()
/** With a hundred rules ast-grep reads more than this in a processor second, on a slow machine. */
const BYTES_PER_CPU_SECOND = 250_000

/**
 * `ast-grep-ignore` comments silence matches: a stranger's file must not silence ours. The word is
 * replaced by one of the same length, and facts are cut from the true text.
 */
const SILENCER = /ast-grep-ignore/g
const SILENCED = 'ast-grep-1gnore'

type Failed = ScanResult['failed'][number]

interface Task {
  readonly program: string
  readonly home: string
  readonly matchers: ReadonlyMap<string, Matcher>
  readonly limits: FactLimits
}

interface Gathered {
  readonly facts: Fact[]
  readonly scanned: string[]
  readonly failed: Failed[]
}

/**
 * Reads the facts of source files with ast-grep: our rules and configuration in a private folder,
 * the files under generated names, no environment. One file that crashes or stalls the parser is
 * found by halving and named; the others keep their facts.
 */
export async function scanFacts(
  program: string,
  matchers: readonly Matcher[],
  sources: readonly SourceText[],
  limits: FactLimits,
): Promise<ScanResult> {
  const { readable, unsupported, failed } = sortOut(sources, matchers, limits)
  const gathered: Gathered = { facts: [], scanned: [], failed }
  if (readable.length > 0) {
    const home = await mkdtemp(join(tmpdir(), 'tech-lead-scan-'))
    try {
      await layOut(home, matchers, readable)
      const byId = new Map(matchers.map((matcher) => [matcher.id, matcher]))
      const task: Task = { program, home, matchers: byId, limits }
      for (const batch of batchesOf(readable)) await scanBatch(task, batch, gathered)
    } finally {
      await rm(home, { recursive: true, force: true })
    }
  }
  return { ...gathered, facts: scoped(gathered.facts), unsupported }
}

function sortOut(
  sources: readonly SourceText[],
  matchers: readonly Matcher[],
  limits: FactLimits,
): { readable: LaidOut[]; unsupported: Failed[]; failed: Failed[] } {
  const known = new Set(matchers.map((matcher) => matcher.language))
  const readable: LaidOut[] = []
  const unsupported: Failed[] = []
  const failed: Failed[] = []
  for (const [index, { path, text }] of sources.entries()) {
    const language = languageOf(path)
    const bytes = Buffer.byteLength(text)
    if (language === null || !known.has(language))
      unsupported.push({ path, because: unreadBecause(path) })
    else if (bytes > limits.fileBytes)
      failed.push({ path, because: `it is larger than ${limits.fileBytes} bytes` })
    else readable.push({ path, name: `${index}.${GRAMMARS[language].ext}`, language, text, bytes })
  }
  return { readable, unsupported, failed }
}

async function layOut(
  home: string,
  matchers: readonly Matcher[],
  files: readonly LaidOut[],
): Promise<void> {
  await mkdir(join(home, 'files'))
  // Each run reads the rules of one language only: making them ready takes as long as many files.
  for (const [language, ofLanguage] of Map.groupBy(files, (file) => file.language)) {
    const ours = matchers.filter((matcher) => matcher.language === language)
    const useful = await usefulFor(ofLanguage, ours)
    const documents = useful.map((matcher) => JSON.stringify(matcher.document, plainRegex))
    await mkdir(join(home, language))
    await writeFile(join(home, `${language}.yml`), `ruleDirs: [${language}]\n`)
    await writeFile(join(home, language, 'rules.yml'), documents.join('\n---\n'))
  }
  const layOne = (file: LaidOut) =>
    writeFile(join(home, 'files', file.name), file.text.replace(SILENCER, SILENCED))
  for (let at = 0; at < files.length; at += OPEN_FILES)
    await Promise.all(files.slice(at, at + OPEN_FILES).map(layOne))
}

/**
 * The rules that can match in these files at all. Compiling the expressions of all rules takes ten
 * times as long as reading a few files; for many files a search for words would be the slower part.
 */
async function usefulFor(
  files: readonly LaidOut[],
  matchers: readonly Matcher[],
): Promise<readonly Matcher[]> {
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0)
  if (bytes > FEW_BYTES) return matchers
  const texts = files.map(({ text }) => text.toLowerCase())
  const useful: Matcher[] = []
  for (const matcher of matchers) {
    const need = NEEDS.get(matcher) ?? (await workOut(matcher))
    if (texts.some((text) => isMetBy(need, text))) useful.push(matcher)
  }
  return useful
}

/** The first scan works it out for hundreds of rules, and whoever else wants the thread waits. */
async function workOut(matcher: Matcher): Promise<Need> {
  const need = neededByRule(matcher.document)
  NEEDS.set(matcher, need)
  await nextTurn()
  return need
}

function plainRegex(key: string, value: unknown): unknown {
  return key === 'regex' && typeof value === 'string' ? spellOutWords(value) : value
}

function batchesOf(files: readonly LaidOut[]): LaidOut[][] {
  const byLanguage = Map.groupBy(files, (file) => file.language)
  return [...byLanguage.values()].flatMap(batchesOfOne)
}

function batchesOfOne(files: readonly LaidOut[]): LaidOut[][] {
  const batches: LaidOut[][] = []
  let bytes = BATCH_BYTES
  for (const file of files) {
    const last = batches.at(-1)
    bytes += file.bytes
    if (last === undefined || last.length >= BATCH_FILES || bytes > BATCH_BYTES) {
      batches.push([file])
      bytes = file.bytes
    } else last.push(file)
  }
  return batches
}

async function scanBatch(task: Task, batch: readonly LaidOut[], gathered: Gathered): Promise<void> {
  const answer = await runOnce(task, batch)
  if (answer.because === null) {
    for (const fact of answer.facts) gathered.facts.push(fact)
    for (const file of batch) gathered.scanned.push(file.path)
    return
  }
  const [only] = batch
  if (only !== undefined && batch.length === 1) {
    gathered.failed.push({ path: only.path, because: answer.because })
    return
  }
  const middle = Math.ceil(batch.length / 2)
  await scanBatch(task, batch.slice(0, middle), gathered)
  await scanBatch(task, batch.slice(middle), gathered)
}

async function runOnce(
  { program, home, matchers, limits }: Task,
  batch: readonly LaidOut[],
): Promise<{ facts: readonly Fact[]; because: string | null }> {
  const bytes = batch.reduce((sum, file) => sum + file.bytes, 0)
  const language = batch[0]?.language
  const caps: Caps = {
    ...limits,
    cpuSeconds: limits.cpuSeconds + Math.ceil(bytes / BYTES_PER_CPU_SECOND),
  }
  const asked: Asked = {
    files: new Map(batch.map((file) => [file.name, { ...file, offset: offsetsOf(file) }])),
    matchers,
  }
  const facts: Fact[] = []
  const ignore = ['hidden', 'dot', 'exclude', 'global', 'parent', 'vcs']
  const args = [
    'scan',
    `--config=${language}.yml`,
    '--json=stream',
    '--threads=2',
    ...ignore.map((kind) => `--no-ignore=${kind}`),
    ...batch.map((file) => `files/${file.name}`),
  ]
  const ending = await runApart({ file: program, args, cwd: home }, caps, (line) => {
    facts.push(factOfMatch(line, asked))
  })
  if (ending.kind === 'done') return { facts, because: null }
  if (ending.kind === 'killed') return { facts: [], because: ending.because }
  throw new Error(`ast-grep refused to run (exit ${ending.code}): ${ending.stderr.trim()}`)
}

function scoped(facts: readonly Fact[]): Fact[] {
  const byPath = Map.groupBy(facts, (fact) => fact.path)
  return [...byPath.values()].flatMap((ofFile) => withScopes(ofFile))
}
