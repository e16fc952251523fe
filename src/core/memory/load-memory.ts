import { findOrders } from '#core/memory/file-orders'
import {
  MAX_INDEX_LINES,
  MAX_MEMORY_FILE_BYTES,
  MEMORY_INDEX,
  type MemoryFile,
} from '#core/memory/memory'
import { memoryPathRefusal } from '#core/memory/memory-paths'
import type { Complaint } from '#core/problem'
import { escapeHidden, hasHidden } from '#core/text/hidden-characters'
import { byteLength, clip, splitLines } from '#core/text/lines'
import { redact } from '#core/text/redact'

/** Topic files that are named in the prompt; the others can still be opened. */
const MAX_LISTED_FILES = 100

/** The memory as a review reads it. */
export interface LoadedMemory {
  /** For the system prompt: the index and the list of topic files. Empty without any memory. */
  readonly promptText: string
  /** What the agent's `memory` tool shows, word for word but for escapes and masked secrets. */
  readonly files: readonly MemoryFile[]
  /** What is wrong with the folder, for people. A review never fails because of it. */
  readonly warnings: readonly Complaint[]
}

/** Reads the folder at the trusted commit. A broken file is left out and named in `warnings`. */
export function loadMemory(files: readonly MemoryFile[]): LoadedMemory {
  const warnings: Complaint[] = []
  const parts: string[] = []
  const readable: MemoryFile[] = []
  for (const file of [...files].sort(indexFirst)) {
    const refusal = memoryPathRefusal(file.path) ?? contentRefusal(file)
    if (refusal !== null) {
      warnings.push({ file: escapeHidden(clip(file.path, 200)), line: null, reason: refusal })
      continue
    }
    const whole = file.text.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n')
    if (file.path !== MEMORY_INDEX) {
      readable.push({ path: file.path, text: clean(file.path, whole, warnings) })
      continue
    }
    const text = firstLines(clean(file.path, firstLines(whole), warnings))
    readable.push({ path: file.path, text })
    parts.push(text + cutNote(whole, text, warnings))
  }
  const topics = readable.filter((file) => file.path !== MEMORY_INDEX)
  if (topics.length > 0) parts.push(topicList(topics))
  return {
    promptText: parts.filter((part) => part !== '').join('\n'),
    files: readable,
    warnings,
  }
}

function indexFirst(a: MemoryFile, b: MemoryFile): number {
  if (a.path === MEMORY_INDEX || b.path === MEMORY_INDEX) return a.path === MEMORY_INDEX ? -1 : 1
  return a.path < b.path ? -1 : 1
}

function contentRefusal({ path, text }: MemoryFile): string | null {
  if (/[\0\uFFFD]/.test(text)) return 'is not UTF-8 text; it was not read'
  if (path === MEMORY_INDEX) return null
  const bytes = byteLength(text)
  if (bytes <= MAX_MEMORY_FILE_BYTES) return null
  return `has ${bytes} bytes, more than ${MAX_MEMORY_FILE_BYTES}; it was not read. Split it by subject`
}

/** Nothing invisible, no secret; every line keeps its number. */
function clean(path: string, text: string, warnings: Complaint[]): string {
  const warn = (line: number, reason: string) => warnings.push({ file: path, line, reason })
  let commentLine = 0
  const plain = text.replace(/<!--[\s\S]*?(?:-->|$)/g, (comment, offset: number) => {
    if (commentLine === 0) commentLine = text.slice(0, offset).split('\n').length
    return '\n'.repeat(comment.split('\n').length - 1)
  })
  if (commentLine > 0) {
    warn(commentLine, 'an HTML comment, which the rendered page hides, was left out')
  }
  const lines = plain.split('\n')
  const hidden = lines.findIndex(hasHidden)
  if (hidden !== -1) warn(hidden + 1, 'hidden characters were made visible')
  for (const { line, means } of findOrders(plain)) {
    warn(line, `reads as an instruction to the reviewer: ${means}`)
  }
  const safe = redact(escapeHidden(plain))
  if (safe.found) {
    const line = lines.findIndex((text) => redact(text).found)
    warn(Math.max(0, line) + 1, 'has the shape of a secret, which was masked')
  }
  return safe.text
}

/** As much of a text as is loaded: whole lines within both limits. */
function firstLines(text: string): string {
  let end = 0
  let bytes = 0
  for (let line = 0; line < MAX_INDEX_LINES && end < text.length; line += 1) {
    const newline = text.indexOf('\n', end)
    const next = newline === -1 ? text.length : newline + 1
    bytes += byteLength(text.slice(end, next))
    if (bytes > MAX_MEMORY_FILE_BYTES) break
    end = next
  }
  return text.slice(0, end)
}

function cutNote(whole: string, shown: string, warnings: Complaint[]): string {
  const total = splitLines(whole).length
  const kept = splitLines(shown).length
  if (kept === total) return ''
  const reason = `only the first ${kept} of ${total} lines are loaded; move details to topic files`
  warnings.push({ file: MEMORY_INDEX, line: kept + 1, reason })
  return `\n(${MEMORY_INDEX} has ${total} ${total === 1 ? 'line' : 'lines'}, of which ${kept} are shown.)\n`
}

function topicList(topics: readonly MemoryFile[]): string {
  const lines = topics
    .slice(0, MAX_LISTED_FILES)
    .map((file) => `- ${file.path}: ${description(file.text)}`)
  const left = topics.length - lines.length
  const more = left === 0 ? [] : [`- and ${left} more`]
  return ['Topic files, opened with the memory tool:', ...lines, ...more, ''].join('\n')
}

/** The first words of a file: its front matter's description, its heading, or its first line. */
function description(text: string): string {
  const front = /^---\n([\s\S]{0,4000}?)\n---(?:\n|$)/.exec(text)
  const described = /^description:[ \t]*(\S.*)$/m.exec(front?.[1] ?? '')?.[1]
  const body = front === null ? text : text.slice(front[0].length)
  const first = described ?? splitLines(body).find((line) => line.trim() !== '') ?? ''
  return clip(first.replace(/^[#>\-*\s"']+|["'\s]+$/g, ''), 100) || 'no description'
}
