import type { Role } from '../state.ts'
import { roleOf } from '../state.ts'
import {
  type Call,
  GitHubError,
  notFound,
  page,
  pageReply,
  type Reply,
  type Route,
  unprocessable,
} from './call.ts'
import { fileView } from './pull-routes.ts'
import {
  commitView,
  repositoryApi,
  repositoryHtml,
  repositoryView,
  userView,
  type View,
} from './views.ts'

/** The permission endpoint knows four words only; finer roles are in `role_name`. */
const PERMISSION: Record<Role, string> = {
  admin: 'admin',
  maintain: 'write',
  write: 'write',
  triage: 'read',
  read: 'read',
  none: 'none',
}

function showPermission(call: Call): Reply {
  const { state, repository } = call
  const login = call.params['username'] ?? ''
  const user = state.users.get(login.toLowerCase())
  if (user === undefined) throw new GitHubError(404, `${login} is not a user`)
  const role = roleOf(repository, user)
  const permissions = {
    admin: role === 'admin',
    maintain: role === 'admin' || role === 'maintain',
    push: PERMISSION[role] === 'write' || role === 'admin',
    triage: role !== 'read' && role !== 'none',
    pull: role !== 'none',
  }
  return {
    status: 200,
    body: {
      permission: PERMISSION[role],
      user: { ...userView(state, user), permissions, role_name: role },
      role_name: role,
    },
  }
}

/** Files above this size come without content; above 100 MB not at all. */
const MAX_CONTENT_BYTES = 1_048_576
/** A directory listing stops here. */
const MAX_DIRECTORY = 1000

function contentLinks(
  call: Call,
  path: string,
  ref: string,
  place: { sha: string; type: string },
): View {
  const api = repositoryApi(call.state, call.repository)
  const html = repositoryHtml(call.state, call.repository)
  const encoded = path.split('/').map(encodeURIComponent).join('/')
  const url = `${api}/contents/${encoded}?ref=${ref}`
  const gitUrl = `${api}/git/${place.type === 'dir' ? 'trees' : 'blobs'}/${place.sha}`
  const page = `${html}/${place.type === 'dir' ? 'tree' : 'blob'}/${ref}/${encoded}`
  return {
    name: path.slice(path.lastIndexOf('/') + 1),
    path,
    sha: place.sha,
    url,
    html_url: page,
    git_url: gitUrl,
    download_url: place.type === 'dir' ? null : `${html}/raw/${ref}/${encoded}`,
    _links: { self: url, git: gitUrl, html: page },
  }
}

async function showContents(call: Call): Promise<Reply> {
  const { git, defaultBranch } = call.repository
  const ref = call.query['ref'] ?? defaultBranch
  const path = (call.params['path'] ?? '').replace(/^\/+|\/+$/g, '')
  const commit = await git.resolve(ref)
  if (commit === null) throw new GitHubError(404, `No commit found for the ref ${ref}`)
  const object = await git.read(`${commit}:${path}`)
  if (object === null) throw notFound()
  if (object.type === 'tree') {
    const entries = (await git.tree(object.oid, false)).slice(0, MAX_DIRECTORY)
    const body = entries.map((each) => {
      // A submodule looks like a file here.
      const type = each.type === 'tree' ? 'dir' : 'file'
      const child = path === '' ? each.path : `${path}/${each.path}`
      return {
        type,
        size: each.size ?? 0,
        ...contentLinks(call, child, ref, { sha: each.oid, type }),
      }
    })
    return { status: 200, body }
  }
  const isLarge = object.content.length > MAX_CONTENT_BYTES
  return {
    status: 200,
    body: {
      type: 'file',
      encoding: isLarge ? 'none' : 'base64',
      size: object.content.length,
      content: isLarge ? '' : object.content.toString('base64').replaceAll(/(.{60})/g, '$1\n'),
      ...contentLinks(call, path, ref, { sha: object.oid, type: 'file' }),
    },
  }
}

async function showTarball(call: Call): Promise<Reply> {
  const ref = call.params['ref'] ?? ''
  const commit = await call.repository.git.resolve(ref === '' ? call.repository.defaultBranch : ref)
  if (commit === null) throw notFound()
  const { owner, name } = call.repository
  const location = `${call.state.addresses.archive}/${owner.login}/${name}/legacy.tar.gz/${commit}`
  return { status: 302, headers: { location } }
}

async function showBranch(call: Call): Promise<Reply> {
  const { state, repository } = call
  const name = call.params['branch'] ?? ''
  const commit = await repository.git.readCommit(`refs/heads/${name}`)
  if (commit === null) throw new GitHubError(404, 'Branch not found')
  const url = `${repositoryApi(state, repository)}/branches/${name}`
  const rules = repository.rules.get(name) ?? []
  const isProtected = rules.length > 0
  const checks = rules.some((each) => each.classic && each.type === 'required_status_checks')
  const view = commitView(state, repository, commit)
  return {
    status: 200,
    body: {
      name,
      commit: view,
      _links: { self: url, html: `${repositoryHtml(state, repository)}/tree/${name}` },
      protected: isProtected,
      protection: {
        enabled: isProtected,
        required_status_checks: checks
          ? { enforcement_level: 'everyone', contexts: ['ci'], checks: [{ context: 'ci' }] }
          : { enforcement_level: 'off', contexts: [], checks: [] },
      },
      protection_url: `${url}/protection`,
    },
  }
}

function listRules(call: Call): Promise<Reply> {
  const all = call.repository.rules.get(call.params['branch'] ?? '') ?? []
  const rules = all.filter((each) => !each.classic)
  const source = {
    ruleset_source_type: 'Repository',
    ruleset_source: call.params['repo'],
    ruleset_id: 1,
  }
  return pageReply(call, rules, ({ bypass, classic, ...each }) => ({ ...each, ...source }))
}

async function listCommits(call: Call): Promise<Reply> {
  const { state, repository, query } = call
  const tip = await repository.git.resolve(query['sha'] ?? repository.defaultBranch)
  if (tip === null) throw notFound()
  const path = query['path']
  const commits = await repository.git.log(tip, path === undefined ? {} : { path })
  const author = query['author']?.toLowerCase()
  const isWanted = (name: string, email: string): boolean =>
    author === undefined || [name, email].some((each) => each.toLowerCase() === author)
  const found = commits.filter((each) => isWanted(each.author.name, each.author.email))
  return pageReply(call, found, (each) => commitView(state, repository, each))
}

async function showCommit(call: Call): Promise<Reply> {
  const { state, repository } = call
  const commit = await repository.git.readCommit(call.params['ref'] ?? '')
  if (commit === null) throw unprocessable([`No commit found for SHA: ${call.params['ref']}`])
  const [parent] = commit.parents
  const files = parent === undefined ? [] : await repository.git.diff(parent, commit.oid)
  const additions = files.reduce((sum, each) => sum + each.additions, 0)
  const deletions = files.reduce((sum, each) => sum + each.deletions, 0)
  return {
    status: 200,
    body: {
      ...commitView(state, repository, commit),
      stats: { additions, deletions, total: additions + deletions },
      files: files.map((each) => fileView(call, commit.oid, each)),
    },
  }
}

/** A comparison stops at this many files. */
const MAX_COMPARED_FILES = 300

async function compare(call: Call): Promise<Reply> {
  const { state, repository } = call
  const { git } = repository
  const [from = '', to = ''] = (call.params['basehead'] ?? '').split('...')
  const [base, head] = await Promise.all([git.readCommit(from), git.readCommit(to)])
  const mergeBase = base === null || head === null ? null : await git.mergeBase(base.oid, head.oid)
  const common = mergeBase === null ? null : await git.readCommit(mergeBase)
  if (base === null || head === null || common === null) throw notFound()
  const [ahead, behind] = await Promise.all([
    git.log(head.oid, { from: base.oid }),
    git.log(base.oid, { from: head.oid }),
  ])
  const files = (await git.diff(common.oid, head.oid)).slice(0, MAX_COMPARED_FILES)
  const { items, headers } = page(call, ahead.toReversed())
  const url = `${repositoryApi(state, repository)}/compare/${from}...${to}`
  const html = `${repositoryHtml(state, repository)}/compare/${from}...${to}`
  return {
    status: 200,
    headers,
    body: {
      url,
      html_url: html,
      permalink_url: html,
      diff_url: `${html}.diff`,
      patch_url: `${html}.patch`,
      base_commit: commitView(state, repository, base),
      merge_base_commit: commitView(state, repository, common),
      status: comparison(ahead.length, behind.length),
      ahead_by: ahead.length,
      behind_by: behind.length,
      total_commits: ahead.length,
      commits: items.map((each) => commitView(state, repository, each)),
      files: files.map((each) => fileView(call, head.oid, each)),
    },
  }
}

function comparison(ahead: number, behind: number): string {
  if (ahead === 0 && behind === 0) return 'identical'
  if (ahead > 0 && behind > 0) return 'diverged'
  return ahead > 0 ? 'ahead' : 'behind'
}

const REPO = '/repos/{owner}/{repo}'
const METADATA: Route['access'] = [{ metadata: 'read' }]
const CONTENTS: Route['access'] = [{ contents: 'read' }]

export const repositoryRoutes: Route[] = [
  {
    operation: `GET ${REPO}`,
    access: METADATA,
    handle: (call) => ({
      status: 200,
      body: {
        ...repositoryView(call.state, call.repository),
        network_count: 0,
        subscribers_count: 0,
      },
    }),
  },
  {
    operation: `GET ${REPO}/collaborators/{username}/permission`,
    access: METADATA,
    handle: showPermission,
  },
  { operation: `GET ${REPO}/contents/{path}`, access: CONTENTS, handle: showContents },
  { operation: `GET ${REPO}/tarball/{ref}`, access: CONTENTS, handle: showTarball },
  { operation: `GET ${REPO}/branches/{branch}`, access: CONTENTS, handle: showBranch },
  { operation: `GET ${REPO}/rules/branches/{branch}`, access: METADATA, handle: listRules },
  { operation: `GET ${REPO}/commits`, access: CONTENTS, handle: listCommits },
  { operation: `GET ${REPO}/commits/{ref}`, access: CONTENTS, handle: showCommit },
  { operation: `GET ${REPO}/compare/{basehead}`, access: CONTENTS, handle: compare },
]
