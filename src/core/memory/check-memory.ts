import { type CitedTexts, judgeEntries } from '#core/memory/entry-status'
import { findOrders } from '#core/memory/file-orders'
import {
  MAX_INDEX_LINES,
  MAX_MEMORY_FILE_BYTES,
  MEMORY_INDEX,
  type MemoryFile,
} from '#core/memory/memory'
import { normalise } from '#core/memory/memory-entry'
import { foldPath, memoryPathRefusal } from '#core/memory/memory-paths'
import { parseMemory } from '#core/memory/parse-memory'
import { hasHidden } from '#core/text/hidden-characters'
import { byteLength, splitLines } from '#core/text/lines'
import { redact } from '#core/text/redact'

/** What is wrong in a memory folder. `size` is what no reader loads; the rest speaks for itself. */
export type MemoryFault =
  | 'path'
  | 'size'
  | 'encoding'
  | 'hidden-characters'
  | 'html-comment'
  | 'secret'
  | 'instruction'
  | 'dead-citation'
  | 'dead-link'
  | 'duplicate'

/** One fault at its place. The words of the file are never repeated. */
export interface MemoryFinding {
  readonly fault: MemoryFault
  /** Below the folder. */
  readonly file: string
  /** 1-based; null where the whole file is meant. */
  readonly line: number | null
  readonly reason: string
}

/**
 * Looks at a memory folder as a careful colleague would before merging a change of it: what readers
 * cannot load, what hides, what orders, what leaks, what no longer holds, what is said twice.
 */
export function checkMemory(
  files: readonly MemoryFile[],
  texts: CitedTexts,
): readonly MemoryFinding[] {
  const findings = files.flatMap((file) => [
    ...checkWhole(file, files),
    ...checkLines(file),
    ...checkLinks(file, files),
  ])
  return [...findings, ...checkCitations(files, texts), ...checkDuplicates(files)].toSorted(
    (a, b) => compare(a.file, b.file) || (a.line ?? 0) - (b.line ?? 0) || compare(a.fault, b.fault),
  )
}

function checkWhole({ path, text }: MemoryFile, files: readonly MemoryFile[]): MemoryFinding[] {
  const whole = (fault: MemoryFault, reason: string) => ({ fault, file: path, line: null, reason })
  const found: MemoryFinding[] = []
  const refusal = memoryPathRefusal(path)
  if (refusal !== null) found.push(whole('path', refusal))
  const twin = files.find((one) => one.path !== path && foldPath(one.path) === foldPath(path))
  if (twin !== undefined) found.push(whole('path', `differs from ${twin.path} by case only`))
  if (/[\0\uFFFD]/.test(text)) found.push(whole('encoding', 'is not UTF-8 text'))
  const bytes = byteLength(text)
  if (bytes > MAX_MEMORY_FILE_BYTES) {
    found.push(whole('size', `${bytes} bytes; readers load ${MAX_MEMORY_FILE_BYTES}`))
  }
  const lines = splitLines(text).length
  if (path === MEMORY_INDEX && lines > MAX_INDEX_LINES) {
    const reason = `${lines} lines; readers load ${MAX_INDEX_LINES}: move details to topic files`
    found.push({ ...whole('size', reason), line: MAX_INDEX_LINES + 1 })
  }
  return found
}

/** An emoji's own selectors and joiners hide nothing. */
const EMOJI = /\p{Extended_Pictographic}(?:\uFE0F|\u200D\p{Extended_Pictographic})+/gu

function checkLines({ path: file, text }: MemoryFile): MemoryFinding[] {
  const whole = text.replace(/^\uFEFF/, '')
  const orders = new Map(findOrders(whole).map(({ line, means }) => [line, means]))
  const found = splitLines(whole).flatMap((words, index): MemoryFinding[] => {
    const line = index + 1
    const at = (fault: MemoryFault, reason: string) => [{ fault, file, line, reason }]
    const instruction = orders.get(line)
    return [
      ...(hasHidden(words.replace(EMOJI, ''))
        ? at('hidden-characters', 'invisible characters')
        : []),
      ...(redact(words).found ? at('secret', 'has the shape of a secret') : []),
      ...(instruction === undefined
        ? []
        : at('instruction', `an instruction to the reader: ${instruction}`)),
    ]
  })
  const comment = whole.indexOf('<!--')
  if (comment === -1) return found
  const line = whole.slice(0, comment).split('\n').length
  const reason = 'an HTML comment, which the rendered page hides'
  return [...found, { fault: 'html-comment', file, line, reason }]
}

function checkLinks(
  { path: file, text }: MemoryFile,
  files: readonly MemoryFile[],
): MemoryFinding[] {
  const folder = file.split('/').slice(0, -1)
  return parseMemory(text).links.flatMap(({ url, end }) => {
    const path = url.replace(/[#?].*$/, '')
    if (path === '' || /^[a-z][a-z0-9+.-]*:/i.test(path)) return []
    const line = text.slice(0, end).split('\n').length
    const target = resolved(folder, path)
    const exists = target !== null && files.some((one) => one.path === target)
    const reason =
      target === null ? 'the link leaves the folder' : 'the linked file is not in the folder'
    return exists ? [] : [{ fault: 'dead-link', file, line, reason } as const]
  })
}

function resolved(folder: readonly string[], path: string): string | null {
  if (path.startsWith('/')) return null
  const parts = [...folder]
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue
    if (part !== '..') parts.push(part)
    else if (parts.pop() === undefined) return null
  }
  return parts.join('/')
}

function checkCitations(files: readonly MemoryFile[], texts: CitedTexts): MemoryFinding[] {
  return judgeEntries(files, texts).flatMap(({ file, entry, status }) => {
    if (entry.citation === null) return []
    const { path } = entry.citation
    const gone = texts.get(path) === null
    if (status !== 'suspect' && !(status === 'retired' && gone)) return []
    const reason = gone
      ? `${entry.id} cites ${path}, which does not exist`
      : `${entry.id} cites a line of ${path} that has changed`
    return [{ fault: 'dead-citation', file, line: entry.startLine, reason } as const]
  })
}

function checkDuplicates(files: readonly MemoryFile[]): MemoryFinding[] {
  const seen = new Map<string, string>()
  return files.flatMap(({ path: file, text }) =>
    parseMemory(text).entries.flatMap((entry) => {
      const place = `${file}:${entry.startLine}`
      const names = [entry.id, normalise(entry.text)]
      const before = names.map((name) => seen.get(name)).find((one) => one !== undefined)
      for (const name of names) if (!seen.has(name)) seen.set(name, place)
      if (before === undefined) return []
      const reason = `says the same as ${before}`
      return [{ fault: 'duplicate', file, line: entry.startLine, reason } as const]
    }),
  )
}

function compare(a: string, b: string): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}
