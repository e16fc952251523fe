import type { FileDiff } from '#core/diff/diff'
import { pathFacts } from '#core/filter/file-kind'
import type { PathIndex } from '#core/filter/path-index'
import { baseFile, basesOn, type NumberedLine } from '#core/filter/read-bases'
import { importsOn } from '#core/filter/read-imports'
import { resolveModule } from '#core/filter/resolve-module'
import type { ImportLanguage } from '#core/providers/provider'

/** One file of the repository uses another one. */
export interface ImportEdge {
  readonly from: string
  readonly to: string
  /** At head; null where the change removed the import. */
  readonly line: number | null
  /** Only a type is taken: it tells what data looks like, not that somebody is called. */
  readonly typeOnly: boolean
  /** The file is a kind of what the other one is: its class extends that one's. */
  readonly heir: boolean
}

/** A line of an import, as the code names it. */
interface Named {
  readonly module: string
  readonly line: number | null
  readonly typeOnly: boolean
}

/** Larger texts are generated or data. */
const MAX_TEXT = 512 * 1024
const MAX_LINE = 2_000
const MAX_IMPORTS = 300
const COMMENT = /^\s*(?:\/\/|\/?\*|#(?!\w)|--)/

/** Which files of the index a file uses, each once, at the first line that says so. */
export function readEdges(
  file: Pick<FileDiff, 'path' | 'hunks'>,
  text: string | undefined,
  index: PathIndex,
): readonly ImportEdge[] {
  const { language } = pathFacts(file.path)
  if (language === null || (text?.length ?? 0) > MAX_TEXT) return []
  const here = text === undefined ? shownLines(file) : numbered(text)
  const lines = [...here, ...removedLines(file)]
  const words = lazyWords(lines)
  const edges = new Map<string, ImportEdge>()
  for (const { module, line, typeOnly } of modulesIn(lines, language)) {
    const asked = {
      from: file.path,
      language,
      module,
      mentions: (name: string) => words().has(name),
    }
    for (const to of resolveModule(asked, index)) {
      const known = edges.get(to)
      if (known === undefined || (known.typeOnly && !typeOnly)) {
        edges.set(to, { from: file.path, to, line, typeOnly, heir: false })
      }
    }
  }
  addHeirs(file.path, lines, edges, index)
  return [...edges.values()]
}

function addHeirs(
  from: string,
  lines: readonly NumberedLine[],
  edges: Map<string, ImportEdge>,
  index: PathIndex,
): void {
  for (const { name, line } of basesOn(lines)) {
    const to = baseFile(from, name, [...edges.keys()], index)
    if (to !== undefined) edges.set(to, { from, to, line, typeOnly: false, heir: true })
  }
}

type Line = NumberedLine

const numbered = (text: string): readonly Line[] =>
  text.split('\n').map((line, index) => [index + 1, line] as const)

/** Without its text, a file is known by the lines of the head that its hunks show. */
function shownLines({ hunks }: Pick<FileDiff, 'hunks'>): readonly Line[] {
  return hunks.flatMap((hunk) =>
    hunk.lines
      .filter((line) => !line.startsWith('-'))
      .map((line, index) => [hunk.newStart + index, line.slice(1)] as const),
  )
}

/** What a change took out tells as much of what it is about as what it put in. */
function removedLines({ hunks }: Pick<FileDiff, 'hunks'>): readonly Line[] {
  return hunks.flatMap(({ lines }) =>
    lines.filter((line) => line.startsWith('-')).map((line) => [null, line.slice(1)] as const),
  )
}

function modulesIn(lines: readonly Line[], language: ImportLanguage): readonly Named[] {
  const found: Named[] = []
  for (const [line, text] of lines) {
    if (text.length > MAX_LINE || COMMENT.test(text)) continue
    const typeOnly = /^\s*(?:import|export)\s+type\b/.test(text)
    for (const module of modulesOn(text, language)) found.push({ module, line, typeOnly })
    if (found.length > MAX_IMPORTS) break
  }
  return found
}

const CONSTANT = /(?<![\w:.'"])[A-Z]\w{0,60}(?:::[A-Z]\w{0,60}){0,6}/g
const PYTHON_NAMES = /^\s*from\s+([\w.]{1,200})\s+import\s+\(?\s*(\w[\w\s,]{0,300})/

function modulesOn(text: string, language: ImportLanguage): readonly string[] {
  if (language === 'ruby') {
    const relative = /\brequire_relative\s*\(?\s*['"]([\w./-]{1,200})['"]/.exec(text)?.[1]
    if (relative !== undefined) return [relative.startsWith('.') ? relative : `./${relative}`]
    return [...text.matchAll(CONSTANT)].map(([name]) => name)
  }
  if (language !== 'python') return importsOn(text, language)
  // `from app.services import billing` takes a module that the line names last.
  const [, folder = '', names = ''] = PYTHON_NAMES.exec(text) ?? []
  const inner = names.split(',').flatMap((part) => /^\s*(\w+)/.exec(part)?.[1] ?? [])
  const joint = folder.endsWith('.') ? '' : '.'
  return [...inner.map((name) => `${folder}${joint}${name}`), ...importsOn(text, language)]
}

function lazyWords(lines: readonly Line[]): () => ReadonlySet<string> {
  let words: Set<string> | null = null
  return () => {
    words ??= new Set(
      lines.flatMap(([, text]) => text.slice(0, MAX_LINE).match(/\b[A-Z]\w*/g) ?? []),
    )
    return words
  }
}
