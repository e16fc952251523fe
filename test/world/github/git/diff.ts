import { git } from './run.ts'

/** One file of a diff as `GET pulls/{n}/files` describes it. */
export type DiffFile = {
  path: string
  previousPath: string | null
  status: 'added' | 'removed' | 'modified' | 'renamed' | 'changed'
  /** Blob at the head; for a removed file the blob at the base. */
  blob: string
  additions: number
  deletions: number
  /** Hunks only; null for binary files, pure renames and files beyond GitHub's limits. */
  patch: string | null
}

/** Beyond these a single file's diff is not shown: docs.github.com, "Repository limits". */
const MAX_PATCH_LINES = 20_000
const MAX_PATCH_BYTES = 500_000

const STATUS: Record<string, DiffFile['status']> = {
  A: 'added',
  D: 'removed',
  M: 'modified',
  R: 'renamed',
  T: 'changed',
}

type RawFile = Omit<DiffFile, 'additions' | 'deletions' | 'patch'>
type Counts = { additions: number; deletions: number }

function parseRaw(fields: string[]): { files: RawFile[]; counts: Counts[] } {
  const files: RawFile[] = []
  const counts: Counts[] = []
  for (let at = 0; at < fields.length; at += 1) {
    const field = fields[at] ?? ''
    if (field.startsWith(':')) {
      const [, , before = '', after = '', letter = ''] = field.split(' ')
      const status = STATUS[letter.charAt(0)] ?? 'modified'
      const isRename = status === 'renamed'
      const first = fields[at + 1] ?? ''
      const path = isRename ? (fields[at + 2] ?? '') : first
      at += isRename ? 2 : 1
      const blob = status === 'removed' ? before : after
      files.push({ path, previousPath: isRename ? first : null, status, blob })
    } else if (field !== '') {
      const [additions = '0', deletions = '0', path = ''] = field.split('\t')
      if (path === '') at += 2
      counts.push({ additions: Number(additions) || 0, deletions: Number(deletions) || 0 })
    }
  }
  return { files, counts }
}

/** The hunks of one `diff --git` section, without headers and without the last line end. */
function hunksOf(section: string): string | null {
  const start = section.indexOf('\n@@ ')
  if (start === -1) return null
  const patch = section.slice(start + 1).replace(/\n$/, '')
  const tooLong = patch.split('\n').length > MAX_PATCH_LINES
  return tooLong || Buffer.byteLength(patch) > MAX_PATCH_BYTES ? null : patch
}

/** Reads the diff between two commits with renames, in git's own order. */
export async function readDiff(folder: string, base: string, head: string): Promise<DiffFile[]> {
  const args = ['diff', '-M', '--no-color', '--no-ext-diff', '--no-textconv', '--no-abbrev']
  const shown = ['--raw', '--numstat', '-z', '--patch']
  const output = (await git(folder, [...args, ...shown, base, head])).toString('utf8')
  // The summary ends with an empty field, and has none within.
  const end = output.indexOf('\0\0')
  const summary = output.slice(0, end + 1)
  const text = output.slice(end + 2)
  const { files, counts } = parseRaw(summary.split('\0'))
  // A line of a file always carries a mark in front, so this cannot match inside a hunk.
  const sections = `\n${text}`.split('\ndiff --git ').slice(1)
  return files.map((file, index) => ({
    ...file,
    ...(counts[index] ?? { additions: 0, deletions: 0 }),
    patch: hunksOf(sections[index] ?? ''),
  }))
}
