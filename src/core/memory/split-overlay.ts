import { diffArrays } from 'diff'
import { admitLearning } from '#core/memory/admit-learning'
import {
  type Citation,
  type Learning,
  MEMORY_INDEX,
  type MemoryEdit,
  type MemoryFile,
} from '#core/memory/memory'
import { foldPath, memoryPathRefusal } from '#core/memory/memory-paths'
import { parseMemory } from '#core/memory/parse-memory'
import type { PlannedMemoryEdit } from '#core/plan/plan'
import { splitLines } from '#core/text/lines'

/** Facts written into the index itself go to this topic: the index only links. */
const GENERAL_TOPIC = 'integrations'
/** A path may hold folders in brackets, as Next.js has them, and begins with a bracket for these only. */
const CITED =
  /[([`\s]((?:(?:\([\w-]+\)|\[[\w.-]+\]|[\w@.+-][\w@()[\].+-]*)\/)*[\w@.+-][\w@()[\].+-]*\.\w{1,10}):(\d{1,7})\b/
const CITATION_TAIL = /\s*[([]`?[\w@()[\]./+-]+:\d{1,7}(?:-\d{1,7})?`?[)\]]\.?$/

/**
 * Takes apart what the agent changed through its memory tool. What it added in words becomes
 * learnings, so that they pass the same gate, get a citation and an id, and wait for the merge
 * where they must; what is left are headings and removals, as edits on the text it saw.
 */
export function splitOverlay(
  files: readonly MemoryFile[],
  edits: readonly MemoryEdit[],
): { readonly learnings: Learning[]; readonly edits: PlannedMemoryEdit[] } {
  const texts = new Map(files.map((file) => [file.path, file.text]))
  const known = new Set(files.flatMap((file) => splitLines(file.text).map((line) => line.trim())))
  const learnings: Learning[] = []
  const rest: PlannedMemoryEdit[] = []
  for (const { path, text } of edits) {
    const base = texts.get(path) ?? ''
    if (memoryPathRefusal(path) !== null || text === base) continue
    if (text === null) {
      if (texts.has(path)) rest.push({ path, base, text })
      continue
    }
    const { kept, blocks } = takeWords(splitLines(base), splitLines(text), known)
    learnings.push(...blocks.flatMap((block) => learningOf(path, block)))
    const left = kept.map((line) => `${line}\n`).join('')
    if (texts.has(path) && left !== base) rest.push({ path, base, text: left })
  }
  const now = new Map([...texts, ...edits.map(({ path, text }) => [path, text ?? ''] as const)])
  return { learnings, edits: rest.map((edit) => keepMoved(edit, [...now.values()])) }
}

/** An entry that the agent moved to another place is not removed from where it stands. */
function keepMoved(edit: PlannedMemoryEdit, now: readonly string[]): PlannedMemoryEdit {
  const has = (text: string, id: string) => text.includes(`[${id}]`)
  const moved = parseMemory(edit.base).entries.filter(
    ({ id }) => !has(edit.text ?? '', id) && now.some((text) => has(text, id)),
  )
  if (moved.length === 0) return edit
  const bullets = moved.map(({ start, end }) => `${edit.base.slice(start, end)}\n`)
  return { ...edit, text: `${edit.text ?? ''}${bullets.join('')}` }
}

/** The new text without the words that were added, and these words, one block for each fact. */
function takeWords(
  base: readonly string[],
  text: readonly string[],
  known: ReadonlySet<string>,
): { readonly kept: string[]; readonly blocks: string[] } {
  const kept: string[] = []
  const blocks: string[][] = []
  let open: string[] | null = null
  for (const { line, added } of withoutFences(markAdded(base, text))) {
    const isStructure = line.trim() === '' || /^#{1,6}\s/.test(line)
    if (!added || isStructure || known.has(line.trim())) {
      if (!added || isHarmless(line)) kept.push(line)
      open = null
    } else {
      if (open === null || /^\s*(?:[-*+]|\d+[.)])\s/.test(line)) {
        open = []
        blocks.push(open)
      }
      open.push(line)
    }
  }
  return { kept, blocks: blocks.map((lines) => lines.join('\n')) }
}

/** Code blocks, tables and HTML that were added are not facts, and are left out. */
function withoutFences(lines: readonly MarkedLine[]): MarkedLine[] {
  let fenced = false
  return lines.filter(({ line, added }) => {
    const isFence = /^\s*(?:```|~~~)/.test(line)
    if (isFence) fenced = !fenced
    return !added || !(fenced || isFence || /^\s*[|<]/.test(line))
  })
}

interface MarkedLine {
  readonly line: string
  readonly added: boolean
}

/** A heading passes the same gate as a fact. */
function isHarmless(line: string): boolean {
  const text = line.replace(/^#+\s+/, '').trim()
  return text === '' || admitLearning({ topic: GENERAL_TOPIC, text, citation: null }).ok
}

function markAdded(base: readonly string[], text: readonly string[]): MarkedLine[] {
  const changes = diffArrays([...base], [...text], { maxEditLength: 2_000 })
  if (changes === undefined) {
    const old = new Set(base)
    return text.map((line) => ({ line, added: !old.has(line) }))
  }
  const kept = changes.filter((change) => !change.removed)
  return kept.flatMap(({ value, added }) => value.map((line) => ({ line, added })))
}

function learningOf(path: string, block: string): Learning[] {
  const words = block
    .replace(/^\s*(?:(?:[-*+]|\d+[.)])\s+)?/, '')
    .replace(/\s+/g, ' ')
    .trim()
  // A line that only links a file is the index's own business.
  if (/^\[[^\]]*\]\([^)]*\.md\)/.test(words)) return []
  const fact = factIn(words)
  return fact.text === '' ? [] : [{ topic: topicOf(path), ...fact, source: 'agent' }]
}

/** A sentence as somebody wrote it, and the line that it cites at its end or on the way. */
export function factIn(words: string): {
  readonly text: string
  readonly citation: Citation | null
} {
  const citation = citationIn(words)
  return { text: citation === null ? words : words.replace(CITATION_TAIL, '').trim(), citation }
}

function citationIn(words: string): Citation | null {
  const match = CITED.exec(` ${words}`)
  return match?.[1] === undefined ? null : { path: match[1], line: Number(match[2]) }
}

/** The topic of a file: its name as a slug, without the number of a continued file. */
function topicOf(path: string): string {
  if (foldPath(path) === foldPath(MEMORY_INDEX)) return GENERAL_TOPIC
  const name = foldPath(path.split('/').at(-1) ?? path).replace(/\.md$/, '')
  const slug = name.replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, '')
  return slug.replace(/-\d+$/, '').slice(0, 40) || GENERAL_TOPIC
}
