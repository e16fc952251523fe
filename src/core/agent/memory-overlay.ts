import type { MemoryInput } from '#core/agent/tool-inputs'
import type { MemoryEdit, MemoryFile } from '#core/memory/memory'
import { hasHidden } from '#core/text/hidden-characters'
import { byteLength, clip, splitLines } from '#core/text/lines'

/** What a tool says back; an error tells the model what to do instead. */
export interface ToolAnswer {
  readonly text: string
  readonly isError: boolean
}

/** The notes as one review sees and changes them. Nothing is written until the host decides. */
export interface MemoryOverlay {
  run(input: MemoryInput): ToolAnswer
  /** What differs from the notes as they were loaded, sorted by path. */
  edits(): readonly MemoryEdit[]
  files(): readonly MemoryFile[]
}

/** Claude Code loads 25 KB of an index; no topic file needs more. */
const MAX_MEMORY_FILE_BYTES = 25 * 1024
const MAX_FILES = 100
const MAX_EDITED_FILES = 20
const MAX_VIEW_LINES = 400
const ROOT = '/memories'
const FILE = /^(?:[A-Za-z0-9_-][A-Za-z0-9._-]{0,79}\/){0,2}[A-Za-z0-9_-][A-Za-z0-9._-]{0,79}\.md$/

class Refusal extends Error {}

/** @param isBarred whether a text holds what no note may: the shape of a secret, or our instructions */
export function createMemoryOverlay(
  loaded: readonly MemoryFile[],
  isBarred: (text: string) => boolean,
): MemoryOverlay {
  const notes = createNotes(loaded, isBarred)
  const commands = commandsOn(notes)
  return {
    edits: notes.edits,
    files: () => [...notes.all()].map(([path, text]) => ({ path, text })),
    run: (input) => {
      try {
        // The table has one entry per command, which the type of `input` cannot tell here.
        const command = commands[input.command] as (given: MemoryInput) => string
        return { text: command(input), isError: false }
      } catch (error) {
        if (error instanceof Refusal) return { text: error.message, isError: true }
        throw error
      }
    },
  }
}

interface Notes {
  all(): ReadonlyMap<string, string>
  read(path: string): string
  write(path: string, text: string): void
  remove(path: string): void
  edits(): readonly MemoryEdit[]
}

function createNotes(loaded: readonly MemoryFile[], isBarred: (text: string) => boolean): Notes {
  const before = new Map(loaded.map((file) => [file.path, file.text]))
  const now = new Map(before)
  const edits = (): readonly MemoryEdit[] => {
    const paths = [...new Set([...before.keys(), ...now.keys()])].sort()
    return paths.flatMap((path) => {
      const text = now.get(path) ?? null
      return text === (before.get(path) ?? null) ? [] : [{ path, text }]
    })
  }
  return {
    all: () => now,
    edits,
    read: (path) => {
      const text = now.get(path)
      if (text === undefined) throw new Refusal(`The path ${ROOT}/${path} does not exist.`)
      return text
    },
    write: (path, text) => {
      checkText(text, isBarred)
      const twin = [...now.keys()].find(
        (other) => other !== path && other.toLowerCase() === path.toLowerCase(),
      )
      if (twin !== undefined) throw new Refusal(`There is ${ROOT}/${twin} already; use that name.`)
      if (!now.has(path) && now.size >= MAX_FILES) throw new Refusal('There are too many files.')
      const edited = new Set(edits().map((edit) => edit.path)).add(path)
      if (edited.size > MAX_EDITED_FILES) {
        throw new Refusal(`One review may change at most ${MAX_EDITED_FILES} files.`)
      }
      now.set(path, text.normalize('NFC'))
    },
    remove: (path) => {
      now.delete(path)
    },
  }
}

type Commands = {
  readonly [C in MemoryInput as C['command']]: (input: C) => string
}

function commandsOn(notes: Notes): Commands {
  return {
    view: ({ path, view_range: range }) =>
      isFolder(path, notes.all())
        ? listing(path, notes.all())
        : viewed(notes.read(filePath(path)), range),
    create: ({ path, file_text: text }) => {
      notes.write(filePath(path), text)
      return `File created successfully at: ${path}`
    },
    str_replace: ({ path, old_str: old, new_str: fresh }) => {
      const parts = notes.read(filePath(path)).split(old)
      if (parts.length === 1) throw new Refusal(`The text was not found in ${path}.`)
      if (parts.length > 2) {
        throw new Refusal(`The text occurs ${parts.length - 1} times in ${path}.`)
      }
      notes.write(filePath(path), parts.join(fresh))
      return 'The memory file has been edited.'
    },
    insert: ({ path, insert_line: at, insert_text: text }) => {
      const lines = notes.read(filePath(path)).split('\n')
      if (lines.at(-1) === '') lines.pop()
      if (at > lines.length) {
        throw new Refusal(`insert_line must be between 0 and ${lines.length}.`)
      }
      lines.splice(at, 0, text.replace(/\n$/, ''))
      notes.write(filePath(path), `${lines.join('\n')}\n`)
      return `The file ${path} has been edited.`
    },
    delete: ({ path }) => {
      notes.read(filePath(path))
      notes.remove(filePath(path))
      return `Successfully deleted ${path}`
    },
    rename: ({ old_path: from, new_path: to }) => renamed(notes, from, to),
  }
}

function renamed(notes: Notes, from: string, to: string): string {
  const text = notes.read(filePath(from))
  if (notes.all().has(filePath(to))) throw new Refusal(`The destination ${to} already exists.`)
  notes.write(filePath(to), text)
  notes.remove(filePath(from))
  return `Successfully renamed ${from} to ${to}`
}

/** The path below the folder, or a refusal that says what a path must look like. */
function filePath(path: string): string {
  const below = path.startsWith(`${ROOT}/`) ? path.slice(ROOT.length + 1) : ''
  if (!FILE.test(below) || below.includes('..')) {
    throw new Refusal(`A path must look like ${ROOT}/stripe.md or ${ROOT}/topics/stripe.md.`)
  }
  return below
}

function isFolder(path: string, files: ReadonlyMap<string, string>): boolean {
  const below = folderPrefix(path)
  return (
    below === '' || (below !== null && [...files.keys()].some((file) => file.startsWith(below)))
  )
}

function folderPrefix(path: string): string | null {
  const trimmed = path.replace(/\/$/, '')
  if (trimmed === ROOT) return ''
  return trimmed.startsWith(`${ROOT}/`) ? `${trimmed.slice(ROOT.length + 1)}/` : null
}

function listing(path: string, files: ReadonlyMap<string, string>): string {
  const prefix = folderPrefix(path) ?? ''
  const rows = [...files]
    .filter(([file]) => file.startsWith(prefix))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([file, text]) => `${byteLength(text)} bytes\t${ROOT}/${file}`)
  return rows.length === 0 ? `${ROOT} is empty.` : [`Files in ${path}:`, ...rows].join('\n')
}

function viewed(text: string, range: readonly [number, number] | undefined): string {
  const lines = splitLines(text)
  const first = Math.max(1, range?.[0] ?? 1)
  const asked = range === undefined || range[1] === -1 ? lines.length : range[1]
  const last = Math.min(lines.length, asked, first + MAX_VIEW_LINES - 1)
  if (lines.length === 0) return 'The file is empty.'
  if (first > last) throw new Refusal(`The file has ${lines.length} lines.`)
  const rows = lines
    .slice(first - 1, last)
    .map((line, index) => `${String(first + index).padStart(6)}\t${clip(line, 2_000)}`)
  return last < lines.length
    ? [...rows, `(${lines.length} lines in all)`].join('\n')
    : rows.join('\n')
}

function checkText(text: string, isBarred: (text: string) => boolean): void {
  if (byteLength(text) > MAX_MEMORY_FILE_BYTES) {
    throw new Refusal(`A memory file may have at most ${MAX_MEMORY_FILE_BYTES / 1024} KB.`)
  }
  if (hasHidden(text.replaceAll('\r\n', '\n'))) {
    throw new Refusal('The text has characters that people cannot see. Write it without them.')
  }
  if (isBarred(text)) {
    throw new Refusal(
      'The text holds what looks like a secret, or repeats your instructions. Name the place, not the value.',
    )
  }
}
