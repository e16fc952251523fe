import matter from 'gray-matter'
import { isMap, isScalar, LineCounter, type Pair, parseDocument, visit } from 'yaml'
import type { Complaint, Read } from '#core/problem'
import { byteLength } from '#core/text/lines'
import type { SourceText } from '#core/text/source-text'

/** The header of a markdown file between two `---` lines, and what follows it. */
export interface FrontMatter {
  /** Plain data, deep-frozen: nothing that one reader does to it can reach another. */
  readonly data: unknown
  readonly body: string
  /** The line of a top-level key; null when the header does not have it. */
  lineOf(key: string): number | null
}

/** Nobody writes a header or a file near these sizes by hand. */
const MAX_HEADER_BYTES = 16 * 1024
const MAX_HEADER_LINES = 400
const MAX_FILE_BYTES = 256 * 1024
/** A header needs no aliases; a few are harmless, chains of them are a memory bomb. */
const MAX_ALIASES = 10
const MAX_DEPTH = 12
const POISONED_KEYS = new Set(['__proto__', 'constructor', 'prototype'])

/**
 * Reads the YAML header of a markdown file. gray-matter by itself evaluates a header that starts
 * with `---js` and caches what it parsed without options, so the first line must be exactly `---`,
 * every engine but YAML throws, and options are always passed.
 */
export function readFrontMatter({ path, text }: SourceText): Read<FrontMatter> {
  const complain = (line: number | null, reason: string): Read<never> => ({
    ok: false,
    complaints: [{ file: path, line, reason }],
  })
  const fault = faultOfFence(text)
  if (fault !== null) return complain(fault.line, fault.reason)
  const header: { read: Header | null } = { read: null }
  try {
    const file = matter(text, {
      language: 'yaml',
      engines: {
        yaml: (source: string) => {
          header.read = readHeader(source, path)
          return {}
        },
        json: refuse,
        javascript: refuse,
        js: refuse,
        coffee: refuse,
        coffeescript: refuse,
        cson: refuse,
        toml: refuse,
      },
    })
    const read = header.read ?? EMPTY
    if (read.complaints.length > 0) return { ok: false, complaints: read.complaints }
    const lineOf = (key: string) => read.lines.get(key) ?? null
    return { ok: true, value: { data: freeze(read.data), body: file.content, lineOf } }
  } catch {
    // What is left are stack overflows and refused engines; their messages help nobody.
    return complain(1, 'the header cannot be read as YAML')
  }
}

interface Header {
  readonly data: unknown
  readonly lines: ReadonlyMap<string, number>
  readonly complaints: readonly Complaint[]
}

const EMPTY: Header = { data: {}, lines: new Map(), complaints: [] }

function refuse(): never {
  throw new Error('only YAML headers are read')
}

function faultOfFence(text: string): { line: number | null; reason: string } | null {
  if (byteLength(text) > MAX_FILE_BYTES) {
    return { line: null, reason: `the file is larger than ${MAX_FILE_BYTES / 1024} KB` }
  }
  if (!/^---\r?\n/.test(text)) {
    return { line: 1, reason: 'the first line must be exactly "---", followed by a YAML header' }
  }
  const lines = text.slice(0, MAX_HEADER_BYTES + 8).split('\n')
  const close = lines.findIndex((line, index) => index > 0 && line.startsWith('---'))
  if (close === -1 || close > MAX_HEADER_LINES) {
    const limit = `${MAX_HEADER_BYTES / 1024} KB and ${MAX_HEADER_LINES} lines`
    return { line: 1, reason: `the header is not closed by a line "---" within ${limit}` }
  }
  if (!/^---\r?$/.test(lines[close] ?? '')) {
    return { line: close + 1, reason: 'the line that closes the header must be exactly "---"' }
  }
  return null
}

/** gray-matter hands over the header with the rest of the `---` line, so line numbers agree. */
function readHeader(source: string, file: string): Header {
  const counter = new LineCounter()
  const document = parseDocument(source, {
    schema: 'core',
    version: '1.2',
    merge: false,
    lineCounter: counter,
    prettyErrors: false,
    logLevel: 'silent',
  })
  const lineAt = (offset: number | undefined) =>
    offset === undefined ? 1 : counter.linePos(offset).line
  const complaints: Complaint[] = document.errors.map((error) => ({
    file,
    line: lineAt(error.pos[0]),
    reason: error.message,
  }))
  visit(document, {
    Pair: (_, pair, ancestors) => {
      const key = keyOf(pair)
      if (POISONED_KEYS.has(key.name)) {
        complaints.push({
          file,
          line: lineAt(key.offset),
          reason: `the key "${key.name}" is refused`,
        })
      }
      if (ancestors.length <= MAX_DEPTH * 2) return undefined
      complaints.push({ file, line: lineAt(key.offset), reason: 'nested too deeply' })
      return visit.BREAK
    },
    Seq: (_, seq, ancestors) => {
      if (ancestors.length <= MAX_DEPTH * 2) return undefined
      complaints.push({ file, line: lineAt(seq.range?.[0]), reason: 'nested too deeply' })
      return visit.BREAK
    },
  })
  if (complaints.length > 0) return { ...EMPTY, complaints }
  const lines = new Map<string, number>()
  if (isMap(document.contents)) {
    for (const pair of document.contents.items) {
      const key = keyOf(pair)
      lines.set(key.name, lineAt(key.offset))
    }
  }
  try {
    return { data: document.toJS({ maxAliasCount: MAX_ALIASES }), lines, complaints }
  } catch {
    const reason = `more than ${MAX_ALIASES} aliases, or an alias that cannot be resolved`
    return { ...EMPTY, complaints: [{ file, line: 1, reason }] }
  }
}

function keyOf(pair: Pair<unknown, unknown>): { name: string; offset: number | undefined } {
  return isScalar(pair.key)
    ? { name: String(pair.key.value), offset: pair.key.range?.[0] }
    : { name: '', offset: undefined }
}

function freeze(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value
  Object.freeze(value)
  for (const inner of Object.values(value)) freeze(inner)
  return value
}
