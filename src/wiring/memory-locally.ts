import { checkMemory, type MemoryFinding } from '#core/memory/check-memory'
import { citedPaths, type JudgedEntry, judgeEntries } from '#core/memory/entry-status'
import type { MemoryEdit, MemoryFile } from '#core/memory/memory'
import { entryIds } from '#core/memory/memory-entry'
import { findEntryId, removeEntries } from '#core/memory/remove-entries'
import { Problem } from '#core/problem'
import { parseSettings } from '#core/settings/parse-settings'
import { DEFAULT_SETTINGS, SETTINGS_PATH } from '#core/settings/settings'
import {
  type LocalMemoryFolder,
  readMemoryFolder,
  readPlainFile,
  writeMemoryFolder,
} from '#local/memory-folder'

/** Which checkout, and whose memory; null for the agent that its settings name. */
export interface MemoryRequest {
  readonly directory: string
  readonly agent: string | null
}

/** A memory folder of this machine, judged by the checkout around it. */
export interface LocalMemory {
  /** Below the root of the checkout. */
  readonly folder: string
  readonly files: readonly MemoryFile[]
  readonly entries: readonly JudgedEntry[]
  readonly findings: readonly MemoryFinding[]
}

/**
 * Reads and judges the memory folder of a checkout as it lies on disk.
 *
 * @throws Problem with one line for a person
 */
export async function memoryLocally({ directory, agent }: MemoryRequest): Promise<LocalMemory> {
  const read = await folderOf({ directory, agent })
  const { folder, files, refused } = read
  const texts = new Map(citedPaths(files).map((path) => [path, readPlainFile(read.root, path)]))
  const links = refused.map(({ file, reason }) => ({
    ...{ fault: 'path' as const, file, line: null, reason },
  }))
  return {
    folder,
    files,
    entries: judgeEntries(files, texts),
    findings: [...links, ...checkMemory(files, texts)],
  }
}

/**
 * Takes an entry out of the folder of a checkout. Gives its id and the files that were changed; null
 * where no single entry has the id.
 *
 * @throws Problem with one line for a person
 */
export async function forgetLocally(
  request: MemoryRequest,
  typed: string,
): Promise<{ readonly id: string; readonly changed: readonly string[] } | null> {
  const read = await folderOf(request)
  const known = read.files.flatMap(({ text }) => entryIds(text))
  const id = findEntryId(typed, known)
  if (id === null) return null
  const left = new Map(
    removeEntries(read.files, new Set([id])).files.map(({ path, text }) => [path, text]),
  )
  const edits = read.files.flatMap(({ path, text }): MemoryEdit[] => {
    const now = left.get(path) ?? null
    return now === text ? [] : [{ path, text: now }]
  })
  const unreadable = edits.find(({ text }) => text?.includes('\uFFFD') === true)
  if (unreadable !== undefined) {
    const file = `${read.folder}/${unreadable.path}`
    throw new Problem('memory.encoding', 'told', `${file} is not UTF-8 text; edit it by hand.`)
  }
  writeMemoryFolder(read, edits)
  return { id, changed: edits.map(({ path }) => `${read.folder}/${path}`) }
}

async function folderOf({ directory, agent }: MemoryRequest): Promise<LocalMemoryFolder> {
  if (agent !== null) return readMemoryFolder(directory, agent)
  const first = await readMemoryFolder(directory, DEFAULT_SETTINGS.agent)
  const text = readPlainFile(first.root, SETTINGS_PATH)
  const settings = text === null ? null : parseSettings({ path: SETTINGS_PATH, text })
  const named = settings?.ok === true ? settings.value.agent : DEFAULT_SETTINGS.agent
  return named === DEFAULT_SETTINGS.agent ? first : readMemoryFolder(directory, named)
}
