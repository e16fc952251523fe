import { branchMoved } from '../domain/branches.ts'
import {
  bodyOf,
  type Call,
  GitHubError,
  notFound,
  type Reply,
  type Route,
  validationFailed,
} from './call.ts'
import { commitView, gitCommitView, repositoryApi, type View } from './views.ts'

async function showBlob(call: Call): Promise<Reply> {
  const sha = call.params['file_sha'] ?? ''
  const object = /^[0-9a-f]{40}$/.test(sha) ? await call.repository.git.read(sha) : null
  if (object?.type !== 'blob') throw notFound()
  return {
    status: 200,
    body: {
      sha: object.oid,
      node_id: `B_${object.oid.slice(0, 20)}`,
      size: object.content.length,
      url: `${repositoryApi(call.state, call.repository)}/git/blobs/${object.oid}`,
      content: object.content.toString('base64').replaceAll(/(.{60})/g, '$1\n'),
      encoding: 'base64',
    },
  }
}

/** A recursive tree stops at this many entries and says so. */
const MAX_TREE_ENTRIES = 100_000

async function showTree(call: Call): Promise<Reply> {
  const { git } = call.repository
  const tree = await git.read(`${call.params['tree_sha'] ?? ''}^{tree}`)
  if (tree === null) throw notFound()
  const api = `${repositoryApi(call.state, call.repository)}/git`
  const entries = await git.tree(tree.oid, call.query['recursive'] !== undefined)
  const shown = entries.slice(0, MAX_TREE_ENTRIES).map((each) => ({
    path: each.path,
    mode: each.mode,
    type: each.type,
    sha: each.oid,
    ...(each.size === null ? {} : { size: each.size }),
    ...(each.type === 'commit' ? {} : { url: `${api}/${each.type}s/${each.oid}` }),
  }))
  return {
    status: 200,
    body: {
      sha: tree.oid,
      url: `${api}/trees/${tree.oid}`,
      tree: shown,
      truncated: entries.length > shown.length,
    },
  }
}

async function showCommit(call: Call): Promise<Reply> {
  const sha = call.params['commit_sha'] ?? ''
  const commit = /^[0-9a-f]{40}$/.test(sha) ? await call.repository.git.readCommit(sha) : null
  if (commit === null) throw notFound()
  return { status: 200, body: gitCommitView(call.state, call.repository, commit) }
}

type Ref = { ref: string; oid: string; type: string }

function refView(call: Call, ref: Ref): View {
  const api = `${repositoryApi(call.state, call.repository)}/git`
  return {
    ref: ref.ref,
    node_id: `REF_${Buffer.from(ref.ref).toString('base64url')}`,
    url: `${api}/${ref.ref}`,
    object: { sha: ref.oid, type: ref.type, url: `${api}/${ref.type}s/${ref.oid}` },
  }
}

async function showRef(call: Call): Promise<Reply> {
  const name = `refs/${call.params['ref'] ?? ''}`
  const found = (await call.repository.git.refs(name)).find((each) => each.ref === name)
  if (found === undefined) throw notFound()
  return { status: 200, body: refView(call, found) }
}

async function listRefs(call: Call): Promise<Reply> {
  const found = await call.repository.git.refs(`refs/${call.params['ref'] ?? ''}`)
  return { status: 200, body: found.map((each) => refView(call, each)) }
}

/** Words of a ruleset's refusal. */
export const RULE_VIOLATIONS = 'Repository rule violations found'

function refuseByRules(call: Call, branch: string): void {
  const types = (call.repository.rules.get(branch) ?? []).map((each) => each.type)
  if (types.length > 0) throw new GitHubError(422, `${RULE_VIOLATIONS}\n\n${types.join('\n')}`)
}

function moved(
  call: Call,
  ref: string,
  before: string | null,
  after: string | null,
): Promise<void> {
  const { state, repository, actor } = call
  const branch = ref.replace('refs/heads/', '')
  return branchMoved({ state, repository, branch, before, after, sender: actor })
}

async function createRef(call: Call): Promise<Reply> {
  const { git } = call.repository
  const { ref, sha } = bodyOf<{ ref: string; sha: string }>(call)
  if (!/^refs\/[^/]+\/.+/.test(ref))
    throw new GitHubError(
      422,
      'Reference name must start with "refs/" and have at least two slashes.',
    )
  if ((await git.resolve(ref)) !== null) throw new GitHubError(422, 'Reference already exists')
  if ((await git.resolve(sha)) !== sha) throw new GitHubError(422, 'Object does not exist')
  refuseByRules(call, ref.replace('refs/heads/', ''))
  await git.updateRef(ref, sha)
  if (ref.startsWith('refs/heads/')) await moved(call, ref, null, sha)
  return { status: 201, body: refView(call, { ref, oid: sha, type: 'commit' }) }
}

async function updateRef(call: Call): Promise<Reply> {
  const { git } = call.repository
  const ref = `refs/${call.params['ref'] ?? ''}`
  const { sha, force } = bodyOf<{ sha: string; force?: boolean }>(call)
  const before = await git.resolve(ref)
  if (before === null) throw new GitHubError(422, 'Reference does not exist')
  if ((await git.resolve(sha)) !== sha)
    throw validationFailed([{ resource: 'Reference', field: 'sha', code: 'invalid' }])
  if (force !== true && !(await git.isAncestor(before, sha))) {
    throw new GitHubError(422, 'Update is not a fast forward')
  }
  refuseByRules(call, ref.replace('refs/heads/', ''))
  await git.updateRef(ref, sha)
  await moved(call, ref, before, sha)
  return { status: 200, body: refView(call, { ref, oid: sha, type: 'commit' }) }
}

async function deleteRef(call: Call): Promise<Reply> {
  const { git } = call.repository
  const ref = `refs/${call.params['ref'] ?? ''}`
  const before = await git.resolve(ref)
  if (before === null) throw new GitHubError(422, 'Reference does not exist')
  await git.deleteRef(ref)
  await moved(call, ref, before, null)
  return { status: 204 }
}

/** Merges one branch into another, as the button on a pull request does, without one. */
async function mergeBranch(call: Call): Promise<Reply> {
  const { state, repository, actor } = call
  const { git } = repository
  const { base, head } = bodyOf<{ base: string; head: string }>(call)
  const ref = `refs/heads/${base}`
  const before = await git.resolve(ref)
  const tip = (await git.resolve(`refs/heads/${head}`)) ?? (await git.resolve(head))
  if (before === null) throw new GitHubError(404, 'Base does not exist')
  if (tip === null) throw new GitHubError(404, 'Head does not exist')
  if (await git.isAncestor(tip, before)) return { status: 204 }
  refuseByRules(call, base)
  const after = await git.merge({
    ...{ base: before, head: tip, message: `Merge ${head} into ${base}` },
    author: { name: actor.login, email: actor.email },
    at: state.now(),
  })
  if (after === null) throw new GitHubError(409, 'Merge conflict')
  await git.updateRef(ref, after)
  await moved(call, ref, before, after)
  const commit = await git.readCommit(after)
  if (commit === null) throw notFound()
  return { status: 201, body: commitView(state, repository, commit) }
}

/** Moves refs one at a time, so that what was checked still holds when the ref moves. */
function exclusive(handle: (call: Call) => Promise<Reply>): Route['handle'] {
  return (call) => call.repository.git.exclusively(() => handle(call))
}

const GIT = '/repos/{owner}/{repo}/git'
const READ: Route['access'] = [{ contents: 'read' }]
const WRITE: Route['access'] = [{ contents: 'write' }]

export const gitRoutes: Route[] = [
  { operation: `GET ${GIT}/blobs/{file_sha}`, access: READ, handle: showBlob },
  { operation: `GET ${GIT}/trees/{tree_sha}`, access: READ, handle: showTree },
  { operation: `GET ${GIT}/commits/{commit_sha}`, access: READ, handle: showCommit },
  { operation: `GET ${GIT}/ref/{ref}`, access: READ, handle: showRef },
  { operation: `GET ${GIT}/matching-refs/{ref}`, access: READ, handle: listRefs },
  { operation: `POST ${GIT}/refs`, access: WRITE, handle: exclusive(createRef) },
  { operation: `PATCH ${GIT}/refs/{ref}`, access: WRITE, handle: exclusive(updateRef) },
  { operation: `DELETE ${GIT}/refs/{ref}`, access: WRITE, handle: exclusive(deleteRef) },
  {
    operation: 'POST /repos/{owner}/{repo}/merges',
    access: WRITE,
    handle: exclusive(mergeBranch),
  },
]
