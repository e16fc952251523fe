import type { Commit } from '../git/repository.ts'
import {
  type App,
  fullName,
  type Installation,
  type Issue,
  type IssueComment,
  iso,
  nodeId,
  type PullRequest,
  type Reaction,
  type Repository,
  type Role,
  repositoryById,
  roleOf,
  type State,
  type User,
} from '../state.ts'

/** A JSON object as GitHub's REST API and webhooks write it. */
export type View = Record<string, unknown>

export function userView(state: State, user: User): View {
  const { api, html } = state.addresses
  const slug = encodeURIComponent(user.login)
  const url = `${api}/users/${slug}`
  return {
    login: user.login,
    id: user.id,
    node_id: nodeId(user.type === 'Bot' ? 'BOT' : 'U', user.id),
    avatar_url: `${html}/avatars/u/${user.id}?v=4`,
    gravatar_id: '',
    url,
    html_url:
      user.type === 'Bot' ? `${html}/apps/${user.login.replace('[bot]', '')}` : `${html}/${slug}`,
    followers_url: `${url}/followers`,
    following_url: `${url}/following{/other_user}`,
    gists_url: `${url}/gists{/gist_id}`,
    starred_url: `${url}/starred{/owner}{/repo}`,
    subscriptions_url: `${url}/subscriptions`,
    organizations_url: `${url}/orgs`,
    repos_url: `${url}/repos`,
    events_url: `${url}/events{/privacy}`,
    received_events_url: `${url}/received_events`,
    type: user.type,
    user_view_type: 'public',
    site_admin: false,
  }
}

/** URL templates of a repository: field name → path below the repository's API address. */
const REPOSITORY_URLS = {
  archive_url: '/{archive_format}{/ref}',
  assignees_url: '/assignees{/user}',
  blobs_url: '/git/blobs{/sha}',
  branches_url: '/branches{/branch}',
  collaborators_url: '/collaborators{/collaborator}',
  comments_url: '/comments{/number}',
  commits_url: '/commits{/sha}',
  compare_url: '/compare/{base}...{head}',
  contents_url: '/contents/{+path}',
  contributors_url: '/contributors',
  deployments_url: '/deployments',
  downloads_url: '/downloads',
  events_url: '/events',
  forks_url: '/forks',
  git_commits_url: '/git/commits{/sha}',
  git_refs_url: '/git/refs{/sha}',
  git_tags_url: '/git/tags{/sha}',
  hooks_url: '/hooks',
  issue_comment_url: '/issues/comments{/number}',
  issue_events_url: '/issues/events{/number}',
  issues_url: '/issues{/number}',
  keys_url: '/keys{/key_id}',
  labels_url: '/labels{/name}',
  languages_url: '/languages',
  merges_url: '/merges',
  milestones_url: '/milestones{/number}',
  notifications_url: '/notifications{?since,all,participating}',
  pulls_url: '/pulls{/number}',
  releases_url: '/releases{/id}',
  stargazers_url: '/stargazers',
  statuses_url: '/statuses/{sha}',
  subscribers_url: '/subscribers',
  subscription_url: '/subscription',
  tags_url: '/tags',
  teams_url: '/teams',
  trees_url: '/git/trees{/sha}',
}

export function repositoryApi(state: State, repository: Repository): string {
  return `${state.addresses.api}/repos/${fullName(repository)}`
}

export function repositoryHtml(state: State, repository: Repository): string {
  return `${state.addresses.html}/${fullName(repository)}`
}

export function repositoryView(state: State, repository: Repository): View {
  const url = repositoryApi(state, repository)
  const html = repositoryHtml(state, repository)
  const templates = Object.entries(REPOSITORY_URLS).map(([key, path]) => [key, url + path])
  const open = repository.pulls.filter((each) => each.state === 'open').length
  return {
    id: repository.id,
    node_id: nodeId('R', repository.id),
    name: repository.name,
    full_name: fullName(repository),
    private: repository.isPrivate,
    owner: userView(state, repository.owner),
    html_url: html,
    description: null,
    fork: repository.fork !== null,
    url,
    ...Object.fromEntries(templates),
    created_at: iso(repository.createdAt),
    updated_at: iso(repository.pushedAt),
    pushed_at: iso(repository.pushedAt),
    git_url: html.replace(/^http/, 'git').concat('.git'),
    ssh_url: `git@localhost:${fullName(repository)}.git`,
    clone_url: `${html}.git`,
    svn_url: html,
    homepage: null,
    size: 1,
    stargazers_count: 0,
    watchers_count: 0,
    language: null,
    has_issues: true,
    has_projects: true,
    has_downloads: true,
    has_wiki: true,
    has_pages: false,
    has_discussions: false,
    forks_count: 0,
    mirror_url: null,
    archived: repository.isArchived,
    disabled: repository.isDisabled,
    open_issues_count: open,
    license: null,
    allow_forking: true,
    is_template: false,
    web_commit_signoff_required: false,
    topics: [],
    visibility: repository.isPrivate ? 'private' : 'public',
    forks: 0,
    open_issues: open,
    watchers: 0,
    default_branch: repository.defaultBranch,
  }
}

/** What installation events carry about a repository. */
export function minimalRepositoryView(repository: Repository): View {
  return {
    id: repository.id,
    node_id: nodeId('R', repository.id),
    name: repository.name,
    full_name: fullName(repository),
    private: repository.isPrivate,
  }
}

const TEAM_ROLES = new Set<Role>(['admin', 'maintain', 'write', 'triage'])

/** How GitHub describes an author to everybody: it says nothing about what the person may do. */
export function associationOf(repository: Repository, user: User): string {
  if (user.id === repository.owner.id) return 'OWNER'
  if (user.type === 'User' && TEAM_ROLES.has(roleOf(repository, user))) {
    return repository.owner.type === 'Organization' ? 'MEMBER' : 'COLLABORATOR'
  }
  const hasMerged = repository.pulls.some(
    (each) => each.author.id === user.id && each.merged !== null,
  )
  return hasMerged ? 'CONTRIBUTOR' : 'NONE'
}

function endView(state: State, repository: Repository, branch: string, sha: string): View {
  return {
    label: `${repository.owner.login}:${branch}`,
    ref: branch,
    sha,
    user: userView(state, repository.owner),
    repo: repositoryView(state, repository),
  }
}

/** A pull request as lists show it. */
export function simplePullView(state: State, repository: Repository, pull: PullRequest): View {
  const url = `${repositoryApi(state, repository)}/pulls/${pull.number}`
  const issue = `${repositoryApi(state, repository)}/issues/${pull.number}`
  const html = `${repositoryHtml(state, repository)}/pull/${pull.number}`
  const statuses = `${repositoryApi(state, repository)}/statuses/${pull.head.sha}`
  const head = repositoryById(state, pull.head.repositoryId)
  const reviewComment = `${repositoryApi(state, repository)}/pulls/comments{/number}`
  return {
    url,
    id: pull.id,
    node_id: nodeId('PR', pull.id),
    html_url: html,
    diff_url: `${html}.diff`,
    patch_url: `${html}.patch`,
    issue_url: issue,
    number: pull.number,
    state: pull.state,
    locked: pull.locked,
    title: pull.title,
    user: userView(state, pull.author),
    body: pull.body,
    created_at: iso(pull.createdAt),
    updated_at: iso(pull.updatedAt),
    closed_at: pull.closedAt === null ? null : iso(pull.closedAt),
    merged_at: pull.merged === null ? null : iso(pull.merged.at),
    merge_commit_sha: pull.merged?.commit ?? null,
    assignee: null,
    assignees: [],
    requested_reviewers: [],
    requested_teams: [],
    labels: [],
    milestone: null,
    draft: pull.isDraft,
    commits_url: `${url}/commits`,
    review_comments_url: `${url}/comments`,
    review_comment_url: reviewComment,
    comments_url: `${issue}/comments`,
    statuses_url: statuses,
    head: endView(state, head, pull.head.branch, pull.head.sha),
    base: endView(state, repository, pull.base.branch, pull.base.sha),
    _links: {
      self: { href: url },
      html: { href: html },
      issue: { href: issue },
      comments: { href: `${issue}/comments` },
      review_comments: { href: `${url}/comments` },
      review_comment: { href: reviewComment },
      commits: { href: `${url}/commits` },
      statuses: { href: statuses },
    },
    author_association: associationOf(repository, pull.author),
    auto_merge: null,
    active_lock_reason: null,
  }
}

/** Numbers about a pull request that come from git. */
export type PullNumbers = {
  commits: number
  additions: number
  deletions: number
  changedFiles: number
  mergeable: boolean | null
}

/** A pull request as `GET pulls/{n}` and `pull_request` events show it. */
export function pullView(
  state: State,
  repository: Repository,
  pull: PullRequest,
  numbers: PullNumbers,
): View {
  const submitted = new Set(
    pull.reviews.filter((each) => each.state !== 'PENDING').map((each) => each.id),
  )
  const reviewComments = pull.threads.flatMap((each) => each.comments)
  return {
    ...simplePullView(state, repository, pull),
    merged: pull.merged !== null,
    mergeable: numbers.mergeable,
    rebaseable: numbers.mergeable,
    mergeable_state: mergeableState(pull, numbers),
    merged_by: pull.merged === null ? null : userView(state, pull.merged.by),
    comments: repository.issueComments.filter((each) => each.number === pull.number).length,
    review_comments: reviewComments.filter((each) => submitted.has(each.reviewId)).length,
    maintainer_can_modify: false,
    commits: numbers.commits,
    additions: numbers.additions,
    deletions: numbers.deletions,
    changed_files: numbers.changedFiles,
  }
}

function mergeableState(pull: PullRequest, numbers: PullNumbers): string {
  if (numbers.mergeable === null) return 'unknown'
  if (!numbers.mergeable) return 'dirty'
  return pull.isDraft ? 'draft' : 'clean'
}

/** An issue, or a pull request seen as one: then with a `pull_request` key. */
export function issueView(state: State, repository: Repository, issue: Issue): View {
  const url = `${repositoryApi(state, repository)}/issues/${issue.number}`
  const pull = repository.pulls.find((each) => each.number === issue.number)
  const place = pull === undefined ? 'issues' : 'pull'
  const html = `${repositoryHtml(state, repository)}/${place}/${issue.number}`
  const pullUrl = `${repositoryApi(state, repository)}/pulls/${issue.number}`
  return {
    url,
    repository_url: repositoryApi(state, repository),
    labels_url: `${url}/labels{/name}`,
    comments_url: `${url}/comments`,
    events_url: `${url}/events`,
    html_url: html,
    id: issue.id,
    node_id: nodeId(pull === undefined ? 'I' : 'PR', issue.id),
    number: issue.number,
    title: issue.title,
    user: userView(state, issue.author),
    labels: [],
    state: issue.state,
    locked: issue.locked,
    assignee: null,
    assignees: [],
    milestone: null,
    comments: repository.issueComments.filter((each) => each.number === issue.number).length,
    created_at: iso(issue.createdAt),
    updated_at: iso(issue.updatedAt),
    closed_at: issue.closedAt === null ? null : iso(issue.closedAt),
    author_association: associationOf(repository, issue.author),
    active_lock_reason: null,
    body: issue.body,
    reactions: reactionCounts(`${url}/reactions`, []),
    timeline_url: `${url}/timeline`,
    performed_via_github_app: null,
    state_reason: null,
    ...(pull === undefined
      ? {}
      : {
          draft: pull.isDraft,
          pull_request: {
            url: pullUrl,
            html_url: html,
            diff_url: `${html}.diff`,
            patch_url: `${html}.patch`,
            merged_at: pull.merged === null ? null : iso(pull.merged.at),
          },
        }),
  }
}

export function reactionCounts(url: string, reactions: Reaction[]): View {
  const count = (content: string): number =>
    reactions.filter((each) => each.content === content).length
  return {
    url,
    total_count: reactions.length,
    '+1': count('+1'),
    '-1': count('-1'),
    laugh: count('laugh'),
    hooray: count('hooray'),
    confused: count('confused'),
    heart: count('heart'),
    rocket: count('rocket'),
    eyes: count('eyes'),
  }
}

export function reactionView(state: State, reaction: Reaction): View {
  return {
    id: reaction.id,
    node_id: nodeId('REA', reaction.id),
    user: userView(state, reaction.author),
    content: reaction.content,
    created_at: iso(reaction.createdAt),
  }
}

export function issueCommentView(
  state: State,
  repository: Repository,
  comment: IssueComment,
): View {
  const url = `${repositoryApi(state, repository)}/issues/comments/${comment.id}`
  const isPull = repository.pulls.some((each) => each.number === comment.number)
  const page = `${repositoryHtml(state, repository)}/${isPull ? 'pull' : 'issues'}/${comment.number}`
  return {
    url,
    html_url: `${page}#issuecomment-${comment.id}`,
    issue_url: `${repositoryApi(state, repository)}/issues/${comment.number}`,
    id: comment.id,
    node_id: nodeId('IC', comment.id),
    user: userView(state, comment.author),
    created_at: iso(comment.createdAt),
    updated_at: iso(comment.updatedAt),
    body: comment.body,
    author_association: associationOf(repository, comment.author),
    reactions: reactionCounts(`${url}/reactions`, comment.reactions),
    performed_via_github_app: comment.byApp ? appView(state, state.app) : null,
  }
}

export function appView(state: State, app: App): View {
  return {
    id: app.id,
    slug: app.slug,
    client_id: app.clientId,
    node_id: nodeId('A', app.id),
    owner: userView(state, app.owner),
    name: app.name,
    description: '',
    external_url: `${state.addresses.html}/apps/${app.slug}`,
    html_url: `${state.addresses.html}/apps/${app.slug}`,
    created_at: iso(app.createdAt),
    updated_at: iso(app.createdAt),
    permissions: app.permissions,
    events: app.events,
  }
}

export function installationView(state: State, installation: Installation): View {
  const { api, html } = state.addresses
  const suspended = installation.suspendedAt
  return {
    id: installation.id,
    client_id: state.app.clientId,
    account: userView(state, installation.account),
    repository_selection: installation.repositoryIds === null ? 'all' : 'selected',
    access_tokens_url: `${api}/app/installations/${installation.id}/access_tokens`,
    repositories_url: `${api}/installation/repositories`,
    html_url: `${html}/settings/installations/${installation.id}`,
    app_id: state.app.id,
    app_slug: state.app.slug,
    target_id: installation.account.id,
    target_type: installation.account.type,
    permissions: installation.permissions,
    events: state.app.events,
    created_at: iso(installation.createdAt),
    updated_at: iso(installation.createdAt),
    single_file_name: null,
    has_multiple_single_files: false,
    single_file_paths: [],
    suspended_by: suspended === null ? null : userView(state, installation.account),
    suspended_at: suspended === null ? null : iso(suspended),
  }
}

const UNSIGNED = {
  verified: false,
  reason: 'unsigned',
  signature: null,
  payload: null,
  verified_at: null,
}

/** A commit as `GET git/commits/{sha}` shows it. */
export function gitCommitView(state: State, repository: Repository, commit: Commit): View {
  const api = `${repositoryApi(state, repository)}/git`
  const html = repositoryHtml(state, repository)
  return {
    sha: commit.oid,
    node_id: `C_${commit.oid.slice(0, 20)}`,
    url: `${api}/commits/${commit.oid}`,
    html_url: `${html}/commit/${commit.oid}`,
    author: commit.author,
    committer: commit.committer,
    tree: { sha: commit.tree, url: `${api}/trees/${commit.tree}` },
    message: commit.message,
    parents: commit.parents.map((sha) => ({
      sha,
      url: `${api}/commits/${sha}`,
      html_url: `${html}/commit/${sha}`,
    })),
    verification: UNSIGNED,
  }
}

/** The account behind a commit's e-mail address, if there is one. */
export function userByEmail(state: State, email: string): User | null {
  return [...state.users.values()].find((each) => each.email === email) ?? null
}

/** A commit as `GET commits` shows it. */
export function commitView(state: State, repository: Repository, commit: Commit): View {
  const api = repositoryApi(state, repository)
  const html = repositoryHtml(state, repository)
  const account = (email: string): View | null => {
    const user = userByEmail(state, email)
    return user === null ? null : userView(state, user)
  }
  return {
    sha: commit.oid,
    node_id: `C_${commit.oid.slice(0, 20)}`,
    commit: {
      author: commit.author,
      committer: commit.committer,
      message: commit.message,
      tree: { sha: commit.tree, url: `${api}/git/trees/${commit.tree}` },
      url: `${api}/git/commits/${commit.oid}`,
      comment_count: 0,
      verification: UNSIGNED,
    },
    url: `${api}/commits/${commit.oid}`,
    html_url: `${html}/commit/${commit.oid}`,
    comments_url: `${api}/commits/${commit.oid}/comments`,
    author: account(commit.author.email),
    committer: account(commit.committer.email),
    parents: commit.parents.map((sha) => ({
      sha,
      url: `${api}/commits/${sha}`,
      html_url: `${html}/commit/${sha}`,
    })),
  }
}
