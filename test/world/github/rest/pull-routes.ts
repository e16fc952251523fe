import { pullFiles, pullNumbers } from '../domain/pull-data.ts'
import { closePull, editPull, openPull, reopenPull, retargetPull } from '../domain/pulls.ts'
import type { DiffFile } from '../git/diff.ts'
import { type PullRequest, type Repository, repositoryNamed, visible } from '../state.ts'
import {
  bodyOf,
  type Call,
  GitHubError,
  notFound,
  numberParam,
  page,
  pageReply,
  type Reply,
  type Route,
  validationFailed,
} from './call.ts'
import { pullView, repositoryApi, repositoryHtml, simplePullView } from './views.ts'

/** The files list stops here, whatever the pull request really changes. */
const MAX_FILES = 3000

export function pullOfPath(call: Call): PullRequest {
  const number = numberParam(call, 'pull_number')
  const found = call.repository.pulls.find((each) => each.number === number)
  if (found === undefined) throw notFound()
  return found
}

async function show(call: Call, pull: PullRequest, status = 200): Promise<Reply> {
  const numbers = await pullNumbers(call.repository, pull)
  return { status, body: pullView(call.state, call.repository, pull, numbers), created: pull }
}

function list(call: Call): Promise<Reply> {
  const { state, repository, query } = call
  const wanted = query['state'] ?? 'open'
  const matches = (each: PullRequest): boolean =>
    (wanted === 'all' || each.state === wanted) &&
    (query['base'] === undefined || each.base.branch === query['base']) &&
    (query['head'] === undefined || headLabel(call, each) === query['head'])
  const found = visible(state, repository.pulls.filter(matches)).toReversed()
  return pageReply(call, found, (each) => simplePullView(state, repository, each))
}

function headLabel(call: Call, pull: PullRequest): string {
  const head = call.state.repositories.find((each) => each.id === pull.head.repositoryId)
  return `${head?.owner.login ?? ''}:${pull.head.branch}`
}

type NewPullBody = { title?: string; head: string; base: string; body?: string; draft?: boolean }

/** `branch` or `owner:branch` of a fork. */
function headOf(call: Call, head: string): { repository: Repository; branch: string } {
  const colon = head.indexOf(':')
  const owner = colon === -1 ? call.repository.owner.login : head.slice(0, colon)
  const branch = head.slice(colon + 1)
  const repository = repositoryNamed(call.state, owner, call.repository.name) ?? call.repository
  return { repository, branch }
}

async function create(call: Call): Promise<Reply> {
  const body = bodyOf<NewPullBody>(call)
  const head = headOf(call, body.head)
  const result = await openPull(call.state, call.repository, {
    author: call.actor,
    title: body.title ?? '',
    body: body.body ?? null,
    isDraft: body.draft ?? false,
    head,
    base: body.base,
  })
  if (result.ok) return show(call, result.pull, 201)
  const resource = 'PullRequest'
  const label = `${head.repository.owner.login}:${head.branch}`
  const errors = {
    'no-head': { resource, field: 'head', code: 'invalid' },
    'no-base': { resource, field: 'base', code: 'invalid' },
    'no-commits': {
      resource,
      code: 'custom',
      message: `No commits between ${body.base} and ${head.branch}`,
    },
    exists: { resource, code: 'custom', message: `A pull request already exists for ${label}.` },
  }
  throw validationFailed([errors[result.because]])
}

type PullEditBody = { title?: string; body?: string; state?: 'open' | 'closed'; base?: string }

async function edit(call: Call): Promise<Reply> {
  const body = bodyOf<PullEditBody>(call)
  const pull = pullOfPath(call)
  const act = { state: call.state, repository: call.repository, pull, sender: call.actor }
  if (body.title !== undefined || body.body !== undefined) await editPull(act, body)
  if (body.base !== undefined && !(await retargetPull(act, body.base))) {
    throw validationFailed([{ resource: 'PullRequest', field: 'base', code: 'invalid' }])
  }
  if (body.state === 'closed' && pull.state === 'open') await closePull(act)
  if (body.state === 'open' && pull.state === 'closed') {
    if (pull.merged !== null) {
      throw validationFailed([{ resource: 'PullRequest', field: 'state', code: 'invalid' }])
    }
    await reopenPull(act)
  }
  return show(call, pull)
}

export function fileView(call: Call, ref: string, file: DiffFile): Record<string, unknown> {
  const api = repositoryApi(call.state, call.repository)
  const html = repositoryHtml(call.state, call.repository)
  const path = file.path.split('/').map(encodeURIComponent).join('/')
  return {
    sha: file.blob,
    filename: file.path,
    status: file.status,
    additions: file.additions,
    deletions: file.deletions,
    changes: file.additions + file.deletions,
    blob_url: `${html}/blob/${ref}/${path}`,
    raw_url: `${html}/raw/${ref}/${path}`,
    contents_url: `${api}/contents/${path}?ref=${ref}`,
    ...(file.patch === null ? {} : { patch: file.patch }),
    ...(file.previousPath === null ? {} : { previous_filename: file.previousPath }),
  }
}

async function listFiles(call: Call): Promise<Reply> {
  const pull = pullOfPath(call)
  const files = (await pullFiles(call.repository, pull)).slice(0, MAX_FILES)
  const { items, headers } = page(call, files)
  return { status: 200, body: items.map((each) => fileView(call, pull.head.sha, each)), headers }
}

/** A locked conversation refuses everybody's words, the app's too. */
export function refuseWhenLocked(pull: { locked: boolean }): void {
  if (pull.locked) throw new GitHubError(403, 'Unable to create comment because issue is locked.')
}

export const pullRoutes: Route[] = [
  {
    operation: 'GET /repos/{owner}/{repo}/pulls',
    access: [{ pull_requests: 'read' }],
    handle: list,
  },
  {
    operation: 'POST /repos/{owner}/{repo}/pulls',
    access: [{ pull_requests: 'write' }],
    handle: create,
  },
  {
    operation: 'GET /repos/{owner}/{repo}/pulls/{pull_number}',
    access: [{ pull_requests: 'read' }],
    handle: (call) => show(call, pullOfPath(call)),
  },
  {
    operation: 'PATCH /repos/{owner}/{repo}/pulls/{pull_number}',
    access: [{ pull_requests: 'write' }],
    handle: edit,
  },
  {
    operation: 'GET /repos/{owner}/{repo}/pulls/{pull_number}/files',
    access: [{ pull_requests: 'read' }],
    handle: listFiles,
  },
]
