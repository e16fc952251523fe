import { mkdir, rename, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { type DiffFile, readDiff } from './diff.ts'
import { createHistory, type Range } from './history.ts'
import { createObjectReader, type GitObject } from './object-reader.ts'
import { git, tryGit } from './run.ts'

/** New text, bytes, a file with a mode of its own, or `null` to delete the path. */
export type FileContent =
  | string
  | Uint8Array
  | { content: string | Uint8Array; mode: string }
  | null

export type Signature = { name: string; email: string }

type CommitOrder = {
  branch: string
  /** Parent commit; `null` starts a history. */
  parent: string | null
  files: Record<string, FileContent>
  /** `from` → `to`, done before `files`. */
  renames?: Record<string, string>
  message: string
  author: Signature
  committer?: Signature
  /** Milliseconds. */
  at: number
}

export type TreeEntry = {
  mode: string
  type: 'blob' | 'tree' | 'commit'
  oid: string
  size: number | null
  path: string
}

export type Commit = {
  oid: string
  tree: string
  parents: string[]
  author: Signature & { date: string }
  committer: Signature & { date: string }
  message: string
}

/** One real bare git repository. */
export type GitRepository = {
  folder: string
  /** The commit that a ref or id names, or null. */
  resolve: (ref: string) => Promise<string | null>
  read: (spec: string) => Promise<GitObject | null>
  commit: (order: CommitOrder) => Promise<string>
  readCommit: (ref: string) => Promise<Commit | null>
  tree: (treeish: string, recursive: boolean) => Promise<TreeEntry[]>
  /** Files changed from `base` to `head`, both commits. */
  diff: (base: string, head: string) => Promise<DiffFile[]>
  mergeBase: (a: string, b: string) => Promise<string | null>
  /** Commits reachable from `to` and not from `from`, newest first. */
  log: (to: string, options?: Range) => Promise<Commit[]>
  isAncestor: (ancestor: string, descendant: string) => Promise<boolean>
  /** The merge commit of `head` into `base`, or null on a conflict. Moves no ref. */
  merge: (order: MergeOrder) => Promise<string | null>
  canMerge: (base: string, head: string) => Promise<boolean>
  refs: (prefix: string) => Promise<{ ref: string; oid: string; type: string }[]>
  updateRef: (ref: string, oid: string) => Promise<void>
  deleteRef: (ref: string) => Promise<void>
  fetch: (from: GitRepository, refspec: string) => Promise<void>
  archive: (ref: string, prefix: string) => Promise<Buffer>
  /** Runs one change of refs at a time: reading a tip and moving it must not be interleaved. */
  exclusively: <T>(change: () => Promise<T>) => Promise<T>
  /** Runs any git command here: for tests that want to look themselves. */
  run: (args: string[]) => Promise<string>
  close: () => Promise<void>
}

type MergeOrder = {
  base: string
  head: string
  message: string
  author: Signature
  at: number
}

/** A path in the C-style quotes that fast-import reads. */
function quoted(path: string): string {
  const escaped = path.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')
  return `"${escaped}"`
}

function data(content: string | Uint8Array): Buffer {
  const bytes = Buffer.from(content)
  return Buffer.concat([Buffer.from(`data ${bytes.length}\n`), bytes, Buffer.from('\n')])
}

function stamp(signature: Signature, at: number): string {
  return `${signature.name} <${signature.email}> ${Math.floor(at / 1000)} +0000`
}

function fileCommands(path: string, file: FileContent): Buffer {
  if (file === null) return Buffer.from(`D ${quoted(path)}\n`)
  const isPlain = typeof file === 'string' || file instanceof Uint8Array
  const mode = isPlain ? '100644' : file.mode
  const content = isPlain ? file : file.content
  if (mode === '160000') return Buffer.from(`M 160000 ${Buffer.from(content)} ${quoted(path)}\n`)
  return Buffer.concat([Buffer.from(`M ${mode} inline ${quoted(path)}\n`), data(content)])
}

/** A stream for `git fast-import`: one process makes the whole commit without a work tree. */
function importStream(order: CommitOrder): Buffer {
  const renames = Object.entries(order.renames ?? {})
  return Buffer.concat([
    Buffer.from(`commit refs/heads/${order.branch}\nmark :1\n`),
    Buffer.from(`author ${stamp(order.author, order.at)}\n`),
    Buffer.from(`committer ${stamp(order.committer ?? order.author, order.at)}\n`),
    data(order.message),
    Buffer.from(order.parent === null ? '' : `from ${order.parent}\n`),
    ...renames.map(([from, to]) => Buffer.from(`R ${quoted(from)} ${quoted(to)}\n`)),
    ...Object.entries(order.files).map(([path, file]) => fileCommands(path, file)),
    Buffer.from('\nget-mark :1\ndone\n'),
  ])
}

async function commit(folder: string, order: CommitOrder): Promise<string> {
  // Left as a pack: taking it apart is a second process.
  const asPack = ['-c', 'fastimport.unpackLimit=0', '-c', 'core.fsync=none']
  const output = await git(folder, [...asPack, 'fast-import', '--quiet', '--force', '--done'], {
    input: importStream(order),
  })
  return output.toString('utf8').trim()
}

function parseSignature(line: string): Signature & { date: string } {
  const match = /^(.*) <(.*)> (\d+) [+-]\d{4}$/.exec(line)
  const [, name = '', email = '', seconds = '0'] = match ?? []
  const date = `${new Date(Number(seconds) * 1000).toISOString().slice(0, 19)}Z`
  return { name, email, date }
}

function parseCommit(object: GitObject): Commit {
  const text = object.content.toString('utf8')
  const end = text.indexOf('\n\n')
  const headers = text.slice(0, end).split('\n')
  const value = (key: string): string =>
    headers.find((line) => line.startsWith(`${key} `))?.slice(key.length + 1) ?? ''
  return {
    oid: object.oid,
    tree: value('tree'),
    parents: headers.filter((line) => line.startsWith('parent ')).map((line) => line.slice(7)),
    author: parseSignature(value('author')),
    committer: parseSignature(value('committer')),
    message: text.slice(end + 2).replace(/\n+$/, ''),
  }
}

function parseTree(output: string): TreeEntry[] {
  return output
    .split('\0')
    .filter((line) => line !== '')
    .map((line) => {
      const [meta = '', path = ''] = [
        line.slice(0, line.indexOf('\t')),
        line.slice(line.indexOf('\t') + 1),
      ]
      const [mode = '', type = '', oid = '', size = '-'] = meta.split(/ +/)
      // `git ls-tree` prints no other types.
      return {
        mode,
        type: type as TreeEntry['type'],
        oid,
        size: size === '-' ? null : Number(size),
        path,
      }
    })
}

/** The tree of a merge, or null on a conflict. */
async function mergedTree(folder: string, base: string, head: string): Promise<string | null> {
  const merged = await tryGit(folder, ['merge-tree', '--write-tree', base, head])
  return merged.code === 0 ? (merged.stdout.toString('utf8').split('\n')[0] ?? '') : null
}

async function merge(folder: string, order: MergeOrder): Promise<string | null> {
  const tree = await mergedTree(folder, order.base, order.head)
  if (tree === null) return null
  const date = `${Math.floor(order.at / 1000)} +0000`
  const args = ['commit-tree', tree, '-p', order.base, '-p', order.head, '-F', '-']
  const output = await git(folder, args, {
    input: Buffer.from(order.message),
    environment: {
      GIT_AUTHOR_NAME: order.author.name,
      GIT_AUTHOR_EMAIL: order.author.email,
      GIT_AUTHOR_DATE: date,
      GIT_COMMITTER_NAME: 'GitHub',
      GIT_COMMITTER_EMAIL: 'noreply@github.com',
      GIT_COMMITTER_DATE: date,
    },
  })
  return output.toString('utf8').trim()
}

/**
 * Creates an empty bare repository in `parent`: the files that `git init --bare` makes, without its
 * process.
 */
export async function createGitRepository(
  parent: string,
  name: string,
  branch: string,
): Promise<GitRepository> {
  const folder = join(parent, name)
  for (const each of ['objects/info', 'objects/pack', 'refs/heads', 'refs/tags'])
    await mkdir(join(folder, each), { recursive: true })
  await writeFile(join(folder, 'HEAD'), `ref: refs/heads/${branch}\n`)
  await writeFile(
    join(folder, 'config'),
    '[core]\n\trepositoryformatversion = 0\n\tfilemode = true\n\tbare = true\n',
  )
  return openGitRepository(folder)
}

/** Writes a ref as git does, whole or not at all; it names an object that is there. */
async function writeRef(folder: string, ref: string, oid: string): Promise<void> {
  const path = join(folder, ref)
  await mkdir(dirname(path), { recursive: true })
  const draft = `${path}.lock`
  await writeFile(draft, `${oid}\n`, { flag: 'wx' })
  await rename(draft, path)
}

function openGitRepository(folder: string): GitRepository {
  const reader = createObjectReader(folder)
  const diffs = new Map<string, Promise<DiffFile[]>>()
  let lastChange: Promise<unknown> = Promise.resolve()
  const run = async (args: string[]): Promise<string> => (await git(folder, args)).toString('utf8')
  const resolve = async (ref: string): Promise<string | null> =>
    (await reader.read(`${ref}^{commit}`))?.oid ?? null
  const commits = new Map<string, Promise<Commit | null>>()
  const readRef = async (ref: string): Promise<Commit | null> => {
    const object = await reader.read(`${ref}^{commit}`)
    return object === null ? null : parseCommit(object)
  }
  const readCommit = (ref: string): Promise<Commit | null> => {
    if (!/^[0-9a-f]{40}$/.test(ref)) return readRef(ref)
    // A commit never changes; one that is missing may still come.
    const known = commits.get(ref) ?? readRef(ref)
    commits.set(ref, known)
    void known.then((each) => each === null && commits.delete(ref))
    return known
  }
  const history = createHistory(run, resolve, async (oid) => (await readCommit(oid))?.parents ?? [])
  const isAncestor = async (ancestor: string, descendant: string): Promise<boolean> => {
    const seen = new Set([descendant])
    const waiting = [descendant]
    for (let oid = waiting.pop(); oid !== undefined; oid = waiting.pop()) {
      if (oid === ancestor) return true
      for (const parent of (await readCommit(oid))?.parents ?? []) {
        if (!seen.has(parent)) waiting.push(parent)
        seen.add(parent)
      }
    }
    return false
  }
  return {
    folder,
    run,
    readCommit,
    read: (spec) => reader.read(spec),
    resolve,
    commit: (order) => commit(folder, order),
    tree: async (treeish, recursive) =>
      parseTree(await run(['ls-tree', '-l', '-z', ...(recursive ? ['-r', '-t'] : []), treeish])),
    diff: (base, head) => {
      const key = `${base}..${head}`
      const known = diffs.get(key) ?? readDiff(folder, base, head)
      diffs.set(key, known)
      return known
    },
    mergeBase: async (a, b) => {
      if (await isAncestor(a, b)) return a
      const result = await tryGit(folder, ['merge-base', a, b])
      return result.code === 0 ? result.stdout.toString('utf8').trim() : null
    },
    log: async (to, options = {}) => {
      const commits = await Promise.all((await history(to, options)).map(readCommit))
      return commits.filter((each) => each !== null)
    },
    isAncestor,
    merge: (order) => merge(folder, order),
    canMerge: async (base, head) =>
      (await isAncestor(base, head)) || (await mergedTree(folder, base, head)) !== null,
    refs: async (prefix) => {
      const output = await run(['for-each-ref', '--format=%(refname) %(objectname) %(objecttype)'])
      const lines = output.split('\n').filter((line) => line.startsWith(prefix))
      return lines.map((line) => {
        const [ref = '', oid = '', type = ''] = line.split(' ')
        return { ref, oid, type }
      })
    },
    updateRef: (ref, oid) => writeRef(folder, ref, oid),
    deleteRef: async (ref) => void (await git(folder, ['update-ref', '-d', ref])),
    fetch: async (from, refspec) =>
      void (await git(folder, ['fetch', '--quiet', from.folder, refspec])),
    archive: (ref, prefix) =>
      git(folder, ['archive', '--format=tar.gz', `--prefix=${prefix}/`, ref]),
    exclusively: (change) => {
      const mine = lastChange.then(change)
      // A change that fails must not keep the next one from running.
      lastChange = mine.catch(() => undefined)
      return mine
    },
    close: () => reader.close(),
  }
}
