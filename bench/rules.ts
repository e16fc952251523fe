import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { fileURLToPath } from 'node:url'
import { diffTexts } from '#core/diff/diff-texts'
import { isReadFor } from '#core/facts/fact'
import { GRAMMARS, languageOf } from '#core/facts/language'
import type { Matcher } from '#core/facts/matcher'
import { DEFAULT_SETTINGS } from '#core/settings/settings'
import type { SourceText } from '#core/text/source-text'
import { checkRules } from '#flow/check-rules'
import type { FileContent } from '#flow/ports'
import { readCases } from '#local/read-cases'
import { astGrepBinary } from '#scan/ast-grep-binary'
import { createScan } from '#scan/create-scan'
import { loadKnowledge } from '#wiring/load-knowledge'
import type { Case } from './case.ts'
import { median } from './measure.ts'

/** As many files as GitHub lists of a pull request. */
const FILES = 3_000
const RUNS = 3
const MOST_MS = 30_000
const MOST_RATIO = 1.3
/** A server answers others meanwhile. */
const MOST_PAUSE_MS = 100
const TODAY = '2026-11-22'
const CORPUS = fileURLToPath(new URL('../eval/rules/testdata/tuning', import.meta.url))

/** The rules on a pull request of 3,000 files, beside ast-grep's own command line on the same. */
export const rules: Case = {
  time: async () => {
    const { knowledge, matchers } = await loadKnowledge(TODAY)
    const sources = await madeSources()
    const scan = createScan({ matchers })
    const read = matchers.filter(({ kind }) => isReadFor(kind, 'rules'))
    const files = sources.map(({ path, text }) => diffTexts(path, null, text))
    const nothing = async (paths: readonly string[]) =>
      new Map(paths.map((path): [string, FileContent] => [path, { kind: 'missing' }]))
    const facts = await timed(async () => (await scan.facts(sources)).facts.length)
    const alone = await onCommandLine(read, sources)
    if (facts.value !== alone.value)
      throw new Error(`${facts.value} facts and ${alone.value} matches of ast-grep.`)
    const whole = await timed(() =>
      checkRules(
        { scan, contents: { read: nothing }, log: { info() {} } },
        { ...knowledge, files, head: sources, settings: DEFAULT_SETTINGS },
      ),
    )
    const baseline = { name: 'ast-grep on the command line', figure: alone.ms }
    return [
      {
        name: `facts of ${FILES} files`,
        figure: facts.ms,
        unit: 'ms',
        baseline,
        limit: { kind: 'ratio', most: MOST_RATIO },
      },
      {
        name: `rules on ${FILES} files`,
        figure: whole.ms,
        unit: 'ms',
        baseline,
        limit: { kind: 'figure', most: MOST_MS },
      },
    ]
  },
  hostile: async () => {
    const { knowledge, matchers } = await loadKnowledge(TODAY)
    const sources = hostileSources()
    const files = sources.map(({ path, text }) => diffTexts(path, null, text))
    const needs = {
      scan: createScan({ matchers }),
      contents: { read: async () => new Map() },
      log: { info() {} },
    }
    const pauses = monitorEventLoopDelay({ resolution: 5 })
    pauses.enable()
    const start = performance.now()
    await checkRules(needs, { ...knowledge, files, head: sources, settings: DEFAULT_SETTINGS })
    const whole = performance.now() - start
    pauses.disable()
    return [
      {
        name: 'longest pause on hostile files',
        figure: pauses.max / 1e6,
        unit: 'ms',
        baseline: { name: 'all of the work', figure: whole },
        limit: { kind: 'figure', most: MOST_PAUSE_MS },
      },
    ]
  },
}

/** Files that nobody wrote to be read: too long, too deep, or made for a slow pattern. */
function hostileSources(): readonly SourceText[] {
  const call = "fetch('https://api.x.io/' + token, { headers: { authorization: token } })\n"
  return [
    { path: 'src/line.ts', text: `const a = '${'x'.repeat(5_000_000)}'` },
    { path: 'src/deep.ts', text: `${'f('.repeat(60_000)}${')'.repeat(60_000)}\n` },
    { path: 'src/objects.ts', text: `push(${'{ a: '.repeat(40_000)}1${' }'.repeat(40_000)})\n` },
    { path: 'src/calls.ts', text: call.repeat(4_500) },
    { path: 'src/spaces.py', text: `token = ${' '.repeat(400_000)}!\n` },
    { path: 'src/words.py', text: `# ${'secret=token '.repeat(35_000)}\n` },
    { path: 'src/logs.ts', text: 'console.log(`a b c`, { d: e, f: g }, headers)\n'.repeat(10_000) },
    {
      path: 'src/signatures.ts',
      text: 'if (signature === expected) a(signature)\n'.repeat(12_000),
    },
    {
      path: 'src/loops.ts',
      text: `import axios from 'axios'\n${'while (true) { try { axios.get(x) } catch {}\n'.repeat(400)}${'}'.repeat(400)}`,
    },
    { path: 'app/hook.rb', text: `def webhook\n${'  a = b if c\n'.repeat(30_000)}end\n` },
  ]
}

/** Files of the labelled cases in all languages, as often as it takes; no two are alike. */
async function madeSources(): Promise<readonly SourceText[]> {
  const texts = (await readCases(CORPUS))
    .flatMap(({ head }) => head)
    .filter(({ path }) => languageOf(path) !== null)
  return Array.from({ length: FILES }, (_, index) => {
    const { path, text } = texts[index % texts.length] ?? { path: 'a.ts', text: '' }
    return { path: `part-${index}/${path}`, text: `${text}\n` }
  })
}

/** The middle of some runs; wall-clock time, because children do the work. */
async function timed<T>(work: () => Promise<T>): Promise<{ value: T; ms: number }> {
  const times: number[] = []
  let value = await work()
  for (let run = 0; run < RUNS; run += 1) {
    const start = performance.now()
    value = await work()
    times.push(performance.now() - start)
  }
  return { value, ms: median(times) }
}

/** The same rules on the same files, laid out for ast-grep once; gives the number of matches. */
async function onCommandLine(matchers: readonly Matcher[], sources: readonly SourceText[]) {
  const home = await mkdtemp(join(tmpdir(), 'bench-rules-'))
  try {
    await mkdir(join(home, 'rules'))
    await mkdir(join(home, 'files'))
    await writeFile(join(home, 'sgconfig.yml'), 'ruleDirs: [rules]\n')
    const documents = matchers.map(({ document }) => JSON.stringify(document))
    await writeFile(join(home, 'rules', 'rules.yml'), documents.join('\n---\n'))
    for (const [index, { path, text }] of sources.entries()) {
      const language = languageOf(path)
      if (language !== null)
        await writeFile(join(home, 'files', `${index}.${GRAMMARS[language].ext}`), text)
    }
    return await timed(() => countMatches(home))
  } finally {
    await rm(home, { recursive: true, force: true })
  }
}

async function countMatches(cwd: string): Promise<number> {
  const args = ['scan', '--config=sgconfig.yml', '--json=stream', '--threads=2', 'files']
  const child = spawn(astGrepBinary(), args, { cwd, stdio: ['ignore', 'pipe', 'inherit'] })
  let lines = 0
  child.stdout.on('data', (chunk: Buffer) => {
    for (let at = chunk.indexOf(10); at !== -1; at = chunk.indexOf(10, at + 1)) lines += 1
  })
  await once(child, 'close')
  return lines
}
