import { randomUUID } from 'node:crypto'
import {
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { type MemoryEdit, type MemoryFile, memoryFolder } from '#core/memory/memory'
import { memoryPathRefusal } from '#core/memory/memory-paths'
import { Problem } from '#core/problem'
import { locateRepository } from '#local/locate-repository'

/** A memory folder in a checkout, as it lies on disk. */
export interface LocalMemoryFolder {
  /** Root of the checkout. */
  readonly root: string
  /** The folder, below the root. */
  readonly folder: string
  readonly files: readonly MemoryFile[]
  /** What lies in the folder and was not read, below the folder, and why. */
  readonly refused: readonly { readonly file: string; readonly reason: string }[]
}

const MAX_FILES = 500
const MAX_BYTES = 1_000_000

/**
 * Reads the memory folder of a checkout. Links are not followed, whatever they point at.
 *
 * @throws Problem where there is no checkout
 */
export async function readMemoryFolder(
  directory: string,
  agent: string,
): Promise<LocalMemoryFolder> {
  const root = await checkoutOf(directory)
  const folder = memoryFolder(agent)
  const files: MemoryFile[] = []
  const refused: { file: string; reason: string }[] = []
  for (const entry of isPlain(root, folder) ? listed(join(root, folder)) : []) {
    const { file, kind } = entry
    if (kind === 'link') refused.push({ file, reason: 'is a symbolic link; it was not read' })
    else if (file.endsWith('.md') && files.length < MAX_FILES) {
      const text = readText(join(root, folder, file))
      if (text === null) refused.push({ file, reason: `is larger than ${MAX_BYTES} bytes` })
      else files.push({ path: file, text })
    }
  }
  return { root, folder, files, refused }
}

async function checkoutOf(directory: string): Promise<string> {
  const { worktree } = await locateRepository(directory)
  if (worktree !== null) return worktree
  throw new Problem(
    'memory.no-checkout',
    'told',
    `${directory} is a bare repository. The memory commands work on a checkout.`,
  )
}

/** The text of a file of the checkout; null where there is none, or a link on the way to it. */
export function readPlainFile(root: string, path: string): string | null {
  return isPlain(root, path) ? readText(join(root, path)) : null
}

/** Whether a path leads to something below the root without a link on the way. */
function isPlain(root: string, path: string): boolean {
  const parts = path.split('/')
  if (parts.some((part) => part === '' || part === '.' || part === '..' || part.includes('\\')))
    return false
  return parts.every((_, index) => {
    const found = lstatSync(join(root, ...parts.slice(0, index + 1)), { throwIfNoEntry: false })
    return found !== undefined && !found.isSymbolicLink()
  })
}

function readText(path: string): string | null {
  const found = lstatSync(path, { throwIfNoEntry: false })
  return found?.isFile() === true && found.size <= MAX_BYTES ? readFileSync(path, 'utf8') : null
}

function listed(folder: string): readonly { file: string; kind: 'file' | 'link' }[] {
  const entries = readdirSync(folder, { withFileTypes: true, recursive: true })
  return entries
    .filter((entry) => entry.isFile() || entry.isSymbolicLink())
    .map((entry) => ({
      file: join(entry.parentPath, entry.name)
        .slice(folder.length + 1)
        .replaceAll('\\', '/'),
      kind: entry.isSymbolicLink() ? ('link' as const) : ('file' as const),
    }))
    .toSorted((a, b) => (a.file < b.file ? -1 : 1))
}

/** Writes changed files of the folder, each whole or not at all; one without text goes. */
export function writeMemoryFolder(
  { root, folder }: Pick<LocalMemoryFolder, 'root' | 'folder'>,
  edits: readonly MemoryEdit[],
): void {
  for (const { path, text } of edits) {
    const refusal = memoryPathRefusal(path)
    const above = dirname(`${folder}/${path}`)
    if (refusal !== null || !isPlain(root, above)) {
      throw new Problem(
        'memory.path',
        'told',
        `${folder}/${path} is not written: ${refusal ?? 'there is a link on the way'}.`,
      )
    }
    const file = join(root, folder, path)
    if (text === null) rmSync(file, { force: true })
    else replaceFile(file, text)
  }
}

function replaceFile(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true })
  // A name that nobody can have put a link under.
  const fresh = `${file}.${randomUUID().slice(0, 8)}.tmp`
  writeFileSync(fresh, text, { flag: 'wx' })
  renameSync(fresh, file)
}
