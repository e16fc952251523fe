import type { Change, FileDiff } from '#core/diff/diff'
import { parseGitDiff } from '#core/diff/parse-diff'
import { Problem } from '#core/problem'
import type { PrivateGit } from '#local/private-git'
import { readBlobs, TOO_LARGE } from '#local/read-blobs'
import { readTree } from '#local/read-tree'
import { decode, nulParts } from '#local/run-git'

/** The text of one comparison is taken up to this size. */
const MAX_DIFF_BYTES = 128 * 1024 * 1024
const DIFF_TIMEOUT_MS = 180_000

const MISSING_OBJECT = /unable to read|bad object|missing blob/

const DIFF = ['diff-tree', '-r', '-M', '--no-color', '--no-ext-diff', '--no-textconv']
const PATCH = ['-p', '--full-index', '--src-prefix=a/', '--dst-prefix=b/']

/** What changed between two trees. A text that is too large to compare is `missing`. */
export async function compareTrees(
  git: PrivateGit,
  base: string,
  head: string,
): Promise<readonly FileDiff[]> {
  try {
    const { stdout } = await git.run({
      args: [...DIFF, ...PATCH, base, head],
      maxBytes: MAX_DIFF_BYTES,
      timeoutMs: DIFF_TIMEOUT_MS,
    })
    return await tellLargeFromBinary(git, { base, head }, parseGitDiff(decode(stdout)))
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    if (error.code === 'git.output') return compareNames(git, base, head)
    if (MISSING_OBJECT.test(error.message)) throw incompleteClone(error)
    throw error
  }
}

/** A partial clone, as with `--filter=blob:none`; nothing is fetched on behalf of a review. */
function incompleteClone(cause: Problem): Problem {
  const message = 'This clone lacks contents of the change: clone again without --filter.'
  return new Problem('git.incomplete', 'told', message, { cause })
}

/** Git calls a large text binary without looking at it; its size tells the two apart. */
async function tellLargeFromBinary(
  git: PrivateGit,
  trees: { base: string; head: string },
  files: readonly FileDiff[],
): Promise<readonly FileDiff[]> {
  if (!files.some(({ content }) => content === 'binary')) return files
  const [base, head] = await Promise.all([readTree(git, trees.base), readTree(git, trees.head)])
  const idsOf = ({ path, previousPath }: FileDiff) =>
    [base.get(previousPath ?? path)?.id, head.get(path)?.id].filter((id) => id !== undefined)
  const binaries = files.filter(({ content }) => content === 'binary')
  const blobs = await readBlobs(git, binaries.flatMap(idsOf))
  return files.map((file) => {
    if (file.content !== 'binary') return file
    const answers = idsOf(file).map((id) => blobs.get(id))
    const large = answers.some(
      (answer) => answer?.kind === 'refused' && answer.because === TOO_LARGE,
    )
    return large ? { ...file, content: 'missing' } : file
  })
}

/** Every changed file by name alone, where the whole comparison is too large to be taken. */
async function compareNames(
  git: PrivateGit,
  base: string,
  head: string,
): Promise<readonly FileDiff[]> {
  const { stdout } = await git.run({ args: [...DIFF, '--name-status', '-z', base, head] })
  const parts = nulParts(stdout)
  const files: FileDiff[] = []
  for (let index = 0; index < parts.length; ) {
    const status = parts[index] ?? ''
    const renamed = status.startsWith('R')
    const first = parts[index + 1] ?? ''
    const path = renamed ? (parts[index + 2] ?? '') : first
    const previousPath = renamed ? first : null
    files.push({ path, previousPath, change: changeOf(status), content: 'missing', hunks: [] })
    index += renamed ? 3 : 2
  }
  return files
}

function changeOf(status: string): Change {
  if (status.startsWith('R')) return 'renamed'
  if (status === 'A') return 'added'
  return status === 'D' ? 'removed' : 'modified'
}
