import type { FileContent } from '#flow/ports'
import { MAX_FILE_BYTES, type PrivateGit } from '#local/private-git'
import { decode } from '#local/run-git'

/** Bytes that one call of git is asked for at most, so that memory stays bounded. */
const BATCH_BYTES = 64 * 1024 * 1024
const LFS_POINTER = 'version https://git-lfs.github.com/spec/v1\n'
/** Git looks at as many bytes to tell binary from text (buffer_is_binary in xdiff-interface.c). */
const BINARY_PROBE = 8000

/** Contents of blobs by id, two calls of git for all of them unless they are very many. */
export async function readBlobs(
  git: PrivateGit,
  ids: readonly string[],
): Promise<ReadonlyMap<string, FileContent>> {
  const contents = new Map<string, FileContent>()
  const sizes = await blobSizes(git, [...new Set(ids)])
  const wanted: [id: string, size: number][] = []
  for (const [id, size] of sizes) {
    if (size === null)
      contents.set(id, { kind: 'refused', because: 'its object is not in this clone' })
    else if (size > MAX_FILE_BYTES) contents.set(id, { kind: 'refused', because: TOO_LARGE })
    else wanted.push([id, size])
  }
  for (const batch of batches(wanted)) {
    for (const [id, bytes] of await blobBytes(git, batch)) contents.set(id, contentOf(bytes))
  }
  return contents
}

/** What is said of a file that is too large to be read. */
export const TOO_LARGE = 'larger than 1 MB'

/** What a blob's bytes are to a reader. Text that is not UTF-8 has U+FFFD where it is not. */
function contentOf(bytes: Uint8Array): FileContent {
  if (bytes.subarray(0, BINARY_PROBE).includes(0)) return { kind: 'refused', because: 'binary' }
  const text = decode(bytes)
  if (text.startsWith(LFS_POINTER)) {
    return { kind: 'refused', because: 'a Git LFS pointer; the content lies elsewhere' }
  }
  return { kind: 'text', text }
}

async function blobSizes(
  git: PrivateGit,
  ids: readonly string[],
): Promise<ReadonlyMap<string, number | null>> {
  if (ids.length === 0) return new Map()
  const { stdout } = await git.run({
    args: ['cat-file', '--batch-check=%(objectsize)', '--buffer'],
    input: ids.map((id) => `${id}\n`).join(''),
  })
  const lines = decode(stdout).split('\n')
  return new Map(ids.map((id, index) => [id, parseSize(lines[index])]))
}

function parseSize(line: string | undefined): number | null {
  return line !== undefined && /^\d+$/.test(line) ? Number(line) : null
}

function batches(wanted: readonly (readonly [string, number])[]): string[][] {
  const groups: string[][] = []
  let room = 0
  for (const [id, size] of wanted) {
    if (size > room || groups.length === 0) {
      groups.push([])
      room = BATCH_BYTES
    }
    groups.at(-1)?.push(id)
    room -= size
  }
  return groups
}

async function blobBytes(
  git: PrivateGit,
  ids: readonly string[],
): Promise<readonly (readonly [string, Uint8Array])[]> {
  const { stdout } = await git.run({
    args: ['cat-file', '--batch=%(objectsize)', '--buffer'],
    input: ids.map((id) => `${id}\n`).join(''),
  })
  const blobs: [string, Uint8Array][] = []
  let at = 0
  for (const id of ids) {
    const lineEnd = stdout.indexOf(0x0a, at)
    const size = Number(decode(stdout.subarray(at, lineEnd)))
    blobs.push([id, stdout.subarray(lineEnd + 1, lineEnd + 1 + size)])
    at = lineEnd + 1 + size + 1
  }
  return blobs
}
