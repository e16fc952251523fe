import {
  MAX_FILES_PER_COMMIT,
  MAX_INDEX_LINES,
  MAX_MEMORY_FILE_BYTES,
  MEMORY_INDEX,
  type MemoryEdit,
  type MemoryFile,
} from '#core/memory/memory'
import { hasHidden } from '#core/text/hidden-characters'
import { byteLength, splitLines } from '#core/text/lines'
import { redact } from '#core/text/redact'

const PATH = /^[A-Za-z0-9._-]{1,100}(?:\/[A-Za-z0-9._-]{1,100}){0,3}$/
const AGENT = /^[a-z0-9][a-z0-9-]{0,63}$/
/** Names that Windows keeps for devices, with any ending: a checkout there would break. */
const DEVICE = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i

/** Why a path below the memory folder may not be read or written; null when it may. */
export function memoryPathRefusal(path: string): string | null {
  if (!path.endsWith('.md')) return 'only .md files belong in the memory folder'
  if (!PATH.test(path)) return 'the path has other characters than letters, digits, ".", "_", "-"'
  const segments = path.split('/')
  if (segments.some((segment) => /^\.+$/.test(segment) || segment.endsWith('.'))) {
    return 'the path leaves the memory folder or ends a name with a dot'
  }
  return segments.some((segment) => DEVICE.test(segment)) ? 'the name is kept by Windows' : null
}

/** One set of paths that a case-insensitive disk takes for the same file. */
export function foldPath(path: string): string {
  return path.normalize('NFC').toLowerCase()
}

/**
 * The last look at a change set, right before it is committed: why it may not be written, or null.
 * Contents permission covers a whole repository, so nothing but this keeps us in one folder.
 */
export function refuseEdits(change: {
  readonly agent: string
  readonly files: readonly MemoryFile[]
  readonly edits: readonly MemoryEdit[]
}): string | null {
  if (!AGENT.test(change.agent)) return `the agent's name "${change.agent}" is not a slug`
  if (change.edits.length > MAX_FILES_PER_COMMIT) {
    return `${change.edits.length} files in one commit; at most ${MAX_FILES_PER_COMMIT} are written`
  }
  const before = new Map(change.files.map((file) => [file.path, file.text]))
  for (const edit of change.edits) {
    const refusal = memoryPathRefusal(edit.path) ?? textRefusal(edit, before.get(edit.path))
    if (refusal !== null) return `${edit.path}: ${refusal}`
  }
  return collision(before, change.edits)
}

function textRefusal(edit: MemoryEdit, before: string | undefined): string | null {
  if (edit.text === null) return before === undefined ? 'there is no such file to remove' : null
  if (byteLength(edit.text) > MAX_MEMORY_FILE_BYTES) {
    return `larger than ${MAX_MEMORY_FILE_BYTES} bytes`
  }
  const lines = splitLines(edit.text)
  if (edit.path === MEMORY_INDEX && lines.length > MAX_INDEX_LINES) {
    return `more than ${MAX_INDEX_LINES} lines`
  }
  const known = new Set(splitLines(before ?? ''))
  const added = lines.filter((line) => !known.has(line)).join('\n')
  if (added !== added.normalize('NFC')) return 'a new line is not in Unicode normal form C'
  if (hasHidden(added)) return 'a new line has hidden characters'
  return redact(added).found ? 'a new line has the shape of a secret' : null
}

function collision(
  before: ReadonlyMap<string, string>,
  edits: readonly MemoryEdit[],
): string | null {
  const removed = new Set(edits.flatMap((edit) => (edit.text === null ? [edit.path] : [])))
  const written = edits.flatMap((edit) => (edit.text === null ? [] : [edit.path]))
  const seen = new Map([...before.keys()].map((path) => [foldPath(path), path]))
  for (const path of written) {
    const other = seen.get(foldPath(path))
    if (other !== undefined && other !== path && !removed.has(other)) {
      return `${path}: differs from ${other} by case only`
    }
    seen.set(foldPath(path), path)
  }
  return null
}
