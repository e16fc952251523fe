import type { Fact, FactKind, Language, Span } from '#core/facts/fact'
import { languageOf } from '#core/facts/language'
import { within } from '#core/facts/scopes'
import type { ModuleAliases } from '#core/inventory/module-aliases'
import { splitLines } from '#core/text/lines'
import type { SourceText } from '#core/text/source-text'

/** One scanned file: its text, its lines and its facts in the order of the text. */
export interface CodeFile {
  readonly path: string
  readonly language: Language
  readonly text: string
  readonly lines: readonly string[]
  readonly facts: readonly Fact[]
}

/** The files that a judgement may look at: those under review and what they import. */
export interface Code {
  readonly files: ReadonlyMap<string, CodeFile>
  /** Paths that were looked for and do not exist, or could not be read, are not in `files`. */
  /**
   * Those of them that the memory names as integration modules: an import whose module name leads
   * to no file may mean one of these.
   */
  readonly remembered?: ReadonlySet<string>
  /** What the repository calls its own modules; absent where that was not read. */
  readonly aliases?: ModuleAliases
}

/** Facts of one kind that are looked at in one file: more is not written by hand. */
const MAX_FACTS = 1_000
/** Calls are looked at by their names before anything else: no file that is scanned has more. */
const MAX_CALLS = 100_000
/** Characters around a fact that count as its surroundings. */
const MAX_SURROUNDINGS = 20_000

/** Puts sources and their facts together. Files in a language without packs are left out. */
export function codeOf(sources: readonly SourceText[], facts: readonly Fact[]): Code {
  const byPath = Map.groupBy(facts, (fact) => fact.path)
  const files = new Map<string, CodeFile>()
  for (const { path, text } of sources) {
    const language = languageOf(path)
    if (language === null) continue
    files.set(path, {
      path,
      language,
      text,
      lines: splitLines(text),
      facts: bounded(byPath.get(path) ?? []),
    })
  }
  return { files }
}

function bounded(facts: readonly Fact[]): readonly Fact[] {
  const counts = new Map<string, number>()
  return facts.filter(({ kind }) => {
    const count = (counts.get(kind) ?? 0) + 1
    counts.set(kind, count)
    return count <= (kind === 'call' ? MAX_CALLS : MAX_FACTS)
  })
}

export function isPython(file: { readonly language: Language }): boolean {
  return file.language === 'python'
}

/** Whether a language is one of JavaScript's. */
export function isScript(language: Language): boolean {
  return language === 'typescript' || language === 'tsx' || language === 'javascript'
}

/** Judgements ask for facts of one kind at each row: they are put apart once. */
const BY_KIND = new WeakMap<CodeFile, ReadonlyMap<Fact['kind'], readonly Fact[]>>()

/** The facts of one kind in the order of the text, within a span when one is given. */
export function factsOf(file: CodeFile, kind: FactKind, span?: Span): readonly Fact[] {
  const known = BY_KIND.get(file) ?? Map.groupBy(file.facts, (fact) => fact.kind)
  BY_KIND.set(file, known)
  const facts = known.get(kind) ?? []
  return span === undefined ? facts : facts.filter((fact) => within(fact, span))
}

/** The smallest function around a fact, or null at the top of the file. */
export function functionAround(file: CodeFile, fact: Span): Fact | null {
  return (
    factsOf(file, 'function')
      .filter((one) => one.captures['form'] === 'function' && one !== fact && within(fact, one))
      .at(-1) ?? null
  )
}

/** The lines of the smallest function around some lines; null at the top of the file. */
export function functionLines(
  file: CodeFile,
  from: number,
  to: number,
): { readonly startLine: number; readonly endLine: number } | null {
  const around = factsOf(file, 'function').findLast(
    ({ captures, line, endLine }) =>
      captures['form'] === 'function' && line <= from && to <= endLine,
  )
  return around === undefined ? null : { startLine: around.line, endLine: around.endLine }
}

/** The text around a fact that shares its variables: its function, or the nearby part of the file. */
export function surroundings(file: CodeFile, fact: Span): string {
  const around = functionAround(file, fact)
  const half = MAX_SURROUNDINGS / 2
  const from = Math.max(around?.start ?? 0, fact.start - half)
  return file.text.slice(from, Math.min(around?.end ?? file.text.length, fact.end + half))
}
