import { inRepository, type LocalRepository } from '#local/locate-repository'
import { decode } from '#local/run-git'

/** The branch that others build on, as this repository knows it. */
export interface DefaultBranch {
  /** As in `refs/remotes/origin/main`. */
  readonly ref: string
  /** As a person would type it: `origin/main`. */
  readonly name: string
  readonly commit: string
}

const NAMES = ['main', 'master', 'trunk', 'develop']
const REMOTE_HEADS = 'refs/remotes/*/HEAD'

/**
 * Finds the default branch: what the remote says, else the usual names, the remote's before our
 * own; a bare repository's HEAD; at last the only branch there is. Null when nothing tells.
 */
export async function findDefaultBranch(
  repository: LocalRepository,
): Promise<DefaultBranch | null> {
  const refs = await listRefs(repository)
  const remoteNames = NAMES.map((name) => `refs/remotes/origin/${name}`)
  const localNames = NAMES.map((name) => `refs/heads/${name}`)
  const head = repository.bare ? await symbolicHead(repository) : []
  const candidates = [...remoteHeads(refs), ...remoteNames, ...head, ...localNames]
  const branches = [...refs.keys()].filter((ref) => ref.startsWith('refs/heads/'))
  if (branches.length === 1) candidates.push(...branches)
  for (const ref of candidates) {
    const found = refs.get(ref)
    if (found) return { ref, name: shortName(ref), commit: found.commit }
  }
  return null
}

/** Every branch and tag as a person would type it, for suggestions. */
export async function listRefNames(repository: LocalRepository): Promise<readonly string[]> {
  const { stdout } = await inRepository(repository.directory, [
    'for-each-ref',
    '--count=20000',
    '--format=%(refname)',
    'refs/heads',
    'refs/tags',
    'refs/remotes',
  ])
  return decode(stdout).split('\n').filter(Boolean).map(shortName)
}

interface Ref {
  readonly commit: string
  readonly target: string
}

async function listRefs(repository: LocalRepository): Promise<ReadonlyMap<string, Ref>> {
  const { stdout } = await inRepository(repository.directory, [
    'for-each-ref',
    '--format=%(refname)%00%(objectname)%00%(symref)',
    'refs/heads',
    REMOTE_HEADS,
    ...NAMES.map((name) => `refs/remotes/*/${name}`),
  ])
  const lines = decode(stdout).split('\n').filter(Boolean)
  const refs = new Map<string, Ref>()
  for (const line of lines) {
    const [name = '', commit = '', target = ''] = line.split('\0')
    refs.set(name, { commit, target })
    // The target of a remote's HEAD may have any name, so it need not be listed by itself.
    if (target.startsWith('refs/remotes/') && !refs.has(target)) {
      refs.set(target, { commit, target: '' })
    }
  }
  return refs
}

function remoteHeads(refs: ReadonlyMap<string, Ref>): readonly string[] {
  const heads = [...refs].filter(([name, { target }]) => name.endsWith('/HEAD') && target !== '')
  const rank = (name: string) => (name === 'refs/remotes/origin/HEAD' ? 0 : 1)
  return heads.sort(([a], [b]) => rank(a) - rank(b)).map(([, { target }]) => target)
}

async function symbolicHead(repository: LocalRepository): Promise<readonly string[]> {
  const answer = await inRepository(
    repository.directory,
    ['symbolic-ref', '--quiet', 'HEAD'],
    [0, 1, 128],
  )
  return answer.code === 0 ? [decode(answer.stdout).trimEnd()] : []
}

function shortName(ref: string): string {
  return ref.replace(/^refs\/(heads|tags|remotes)\//, '')
}
