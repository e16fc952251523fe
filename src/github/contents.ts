import * as z from 'zod'
import { Problem } from '#core/problem'
import type { At, Contents, FileContent } from '#flow/ports'
import type { GitHubClient } from '#github/client'

/** Blobs in one GraphQL question. */
const BATCH = 100
/** Larger files are not read: no reviewer reads them either. Bytes. */
const MAX_BYTES = 1_000_000

const Tree = z.object({
  truncated: z.boolean(),
  tree: z.array(
    z.object({
      path: z.string(),
      mode: z.string(),
      type: z.string(),
      size: z.number().optional(),
      sha: z.string(),
    }),
  ),
})
const Blob = z
  .object({
    text: z.string().nullish(),
    isBinary: z.boolean().nullish(),
    isTruncated: z.boolean().nullish(),
  })
  .nullable()
const Raw = z.object({ content: z.string(), encoding: z.literal('base64') })

interface Entry {
  readonly mode: string
  readonly sha: string
  readonly size: number
}

interface Listing {
  readonly entries: ReadonlyMap<string, Entry>
  readonly complete: boolean
}

/** The repository that contents are read from: always the base one, also for forks. */
export interface ContentsRef {
  readonly owner: string
  readonly name: string
}

/** What stands in a repository at a commit, asked for once. */
interface Trees {
  of(commit: string): Promise<Listing>
  /** Asks before anybody waits for it. */
  begin(commit: string): void
}

export function createTrees(client: GitHubClient, ref: ContentsRef): Trees {
  const listings = new Map<string, Promise<Listing>>()
  const of = (commit: string) => {
    const known = listings.get(commit)
    if (known !== undefined) return known
    const listing = readListing(client, ref, commit)
    listings.set(commit, listing)
    // A listing that failed is asked for again by whoever needs it next.
    listing.catch(() => listings.delete(commit))
    return listing
  }
  return { of, begin: (commit) => void of(commit) }
}

/**
 * A repository at the commits of a review. Files are found in git's own tree, so no path can
 * lead out of it, and read by the sha of their blob; links and submodules are refused.
 */
export function createContents(
  client: GitHubClient,
  ref: ContentsRef,
  commits: Readonly<Record<At, string>>,
  trees: Trees = createTrees(client, ref),
): Contents {
  const blobs = new Map<string, Promise<FileContent>>()
  const listingAt = (at: At) => trees.of(commits[at])
  return {
    async list(at) {
      const { entries, complete } = await listingAt(at)
      const files = [...entries].filter(([, entry]) => isRegular(entry))
      return { paths: files.map(([path]) => path).sort(), complete }
    },
    async read(paths, at) {
      const { entries, complete } = await listingAt(at)
      const found = new Map(paths.map((path) => [path, entries.get(path)]))
      const wanted = [...found.values()].flatMap((entry) => (readable(entry) ? [entry.sha] : []))
      const missing = [...new Set(wanted)].filter((sha) => !blobs.has(sha))
      for (let start = 0; start < missing.length; start += BATCH) {
        // Whoever asks for one of these meanwhile waits for the same answer.
        const batch = missing.slice(start, start + BATCH).filter((sha) => !blobs.has(sha))
        if (batch.length > 0) await readInto(blobs, batch, readBlobs(client, ref, batch))
      }
      const read = new Map<string, FileContent>()
      for (const sha of wanted) read.set(sha, (await blobs.get(sha)) ?? { kind: 'missing' })
      return new Map(paths.map((path) => [path, answer(found.get(path), complete, read)]))
    },
  }
}

async function readInto(
  blobs: Map<string, Promise<FileContent>>,
  shas: readonly string[],
  reading: Promise<ReadonlyMap<string, FileContent>>,
): Promise<void> {
  for (const sha of shas) {
    const content = reading.then((read) => read.get(sha) ?? ({ kind: 'missing' } as const))
    blobs.set(sha, content)
    // What failed is asked for again by whoever needs it next.
    content.catch(() => blobs.delete(sha))
  }
  await reading
}

function isRegular(entry: Entry): boolean {
  return entry.mode === '100644' || entry.mode === '100755'
}

function readable(entry: Entry | undefined): entry is Entry {
  return entry !== undefined && isRegular(entry) && entry.size <= MAX_BYTES
}

function answer(
  entry: Entry | undefined,
  complete: boolean,
  blobs: ReadonlyMap<string, FileContent>,
): FileContent {
  if (entry === undefined) {
    return complete
      ? { kind: 'missing' }
      : { kind: 'refused', because: 'the listing of the repository was cut' }
  }
  if (entry.mode === '120000') return { kind: 'refused', because: 'it is a symbolic link' }
  if (entry.mode === '160000') return { kind: 'refused', because: 'it is a submodule' }
  if (!isRegular(entry)) return { kind: 'refused', because: 'it is a folder' }
  if (entry.size > MAX_BYTES) return { kind: 'refused', because: `it has ${entry.size} bytes` }
  return blobs.get(entry.sha) ?? { kind: 'missing' }
}

async function readListing(
  client: GitHubClient,
  ref: ContentsRef,
  commit: string,
): Promise<Listing> {
  const tree = await client.read(async (octokit) => {
    const { data } = await octokit.rest.git.getTree({
      owner: ref.owner,
      repo: ref.name,
      tree_sha: commit,
      recursive: '1',
    })
    return Tree.parse(data)
  })
  const entries = tree.tree.map(({ path, mode, sha, size }): [string, Entry] => [
    path,
    { mode, sha, size: size ?? 0 },
  ])
  return { entries: new Map(entries), complete: !tree.truncated }
}

async function readBlobs(
  client: GitHubClient,
  ref: ContentsRef,
  shas: readonly string[],
): Promise<ReadonlyMap<string, FileContent>> {
  const fields = shas.map(
    (_, i) => `b${i}: object(oid: $o${i}) { ... on Blob { text isBinary isTruncated } }`,
  )
  const parameters = shas.map((_, i) => `, $o${i}: GitObjectID!`).join('')
  const query = `query Blobs($owner: String!, $name: String!${parameters}) { repository(owner: $owner, name: $name) { ${fields.join(' ')} } }`
  const { owner, name } = ref
  const variables = { owner, name, ...Object.fromEntries(shas.map((sha, i) => [`o${i}`, sha])) }
  const { repository } = await client.read(async (octokit) =>
    z
      .object({ repository: z.record(z.string(), Blob) })
      .parse(await octokit.graphql(query, variables)),
  )
  const read = new Map<string, FileContent>()
  for (const [i, sha] of shas.entries()) {
    const blob = repository[`b${i}`]
    if (blob === undefined)
      throw new Problem('github.unreachable', 'retry', 'GitHub left out a blob')
    read.set(sha, await contentOf(client, ref, sha, blob))
  }
  return read
}

async function contentOf(
  client: GitHubClient,
  ref: ContentsRef,
  sha: string,
  blob: z.infer<typeof Blob>,
): Promise<FileContent> {
  if (blob === null) return { kind: 'missing' }
  if (blob.isBinary === true) return { kind: 'refused', because: 'it is binary' }
  if (typeof blob.text === 'string' && blob.isTruncated !== true) return textOf(blob.text)
  const raw = await client.read(async (octokit) => {
    const { data } = await octokit.rest.git.getBlob({
      owner: ref.owner,
      repo: ref.name,
      file_sha: sha,
    })
    return Raw.parse(data)
  })
  const bytes = Buffer.from(raw.content, 'base64')
  return bytes.includes(0)
    ? { kind: 'refused', because: 'it is binary' }
    : textOf(bytes.toString('utf8'))
}

function textOf(text: string): FileContent {
  const pointer = text.startsWith('version https://git-lfs.github.com/spec/')
  return pointer ? { kind: 'refused', because: 'it is stored in Git LFS' } : { kind: 'text', text }
}
