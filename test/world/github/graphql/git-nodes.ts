import { isAscii, isUtf8 } from 'node:buffer'
import type { GitObject } from '../git/object-reader.ts'
import type { Commit, TreeEntry } from '../git/repository.ts'
import { repositoryHtml, userByEmail } from '../rest/views.ts'
import { type CheckRun, type CheckSuite, nodeId, visible } from '../state.ts'
import { actorNode } from './actor-nodes.ts'
import { connection, type Node, type PageArgs, type Place } from './context.ts'

/** Longer texts are cut, and the node says so. */
const MAX_TEXT_BYTES = 512_000
/** Git looks at this many bytes to tell binary from text. */
const SNIFF_BYTES = 8000

function isBinary(content: Buffer): boolean {
  return content.subarray(0, SNIFF_BYTES).includes(0)
}

function objectFields(place: Place, oid: string, kind: string): Node {
  return {
    id: `${kind}_${oid}`,
    oid,
    abbreviatedOid: oid.slice(0, 7),
    commitUrl: `${repositoryHtml(place.context.state, place.repository)}/commit/${oid}`,
    commitResourcePath: `/commit/${oid}`,
  }
}

function blobNode(place: Place, object: GitObject): Node {
  const { content } = object
  const isCut = content.length > MAX_TEXT_BYTES
  const isText = !isBinary(content) && (isAscii(content) || isUtf8(content))
  return {
    __typename: 'Blob',
    ...objectFields(place, object.oid, 'B'),
    byteSize: content.length,
    isBinary: !isText,
    isTruncated: isCut,
    text: isText ? content.subarray(0, MAX_TEXT_BYTES).toString('utf8') : null,
  }
}

function entryNode(place: Place, parent: string, entry: TreeEntry): Node {
  const path = parent === '' ? entry.path : `${parent}/${entry.path}`
  return {
    name: entry.path,
    path,
    type: entry.type,
    mode: Number.parseInt(entry.mode, 8),
    oid: entry.oid,
    size: entry.size ?? 0,
    // A submodule's commit lives in another repository.
    object: () => (entry.type === 'commit' ? null : objectNode(place, entry.oid, path)),
    extension: /\.[^.]*$/.exec(entry.path)?.[0] ?? null,
    isGenerated: false,
    lineCount: null,
  }
}

function treeNode(place: Place, object: GitObject, path: string): Node {
  return {
    __typename: 'Tree',
    ...objectFields(place, object.oid, 'T'),
    entries: async () => {
      const entries = await place.repository.git.tree(object.oid, false)
      return entries.map((each) => entryNode(place, path, each))
    },
  }
}

function gitActorNode(place: Place, actor: Commit['author']): Node {
  const { state } = place.context
  const user = userByEmail(state, actor.email)
  return {
    name: actor.name,
    email: actor.email,
    date: actor.date,
    user: user === null || user.type !== 'User' ? null : actorNode(state, user),
  }
}

/** A commit with its history and its checks. */
export function commitNode(place: Place, commit: Commit): Node {
  const { state } = place.context
  const { git, checkSuites } = place.repository
  const [headline = ''] = commit.message.split('\n')
  return {
    __typename: 'Commit',
    ...objectFields(place, commit.oid, 'C'),
    url: `${repositoryHtml(state, place.repository)}/commit/${commit.oid}`,
    message: commit.message,
    messageHeadline: headline,
    messageBody: commit.message.slice(headline.length).replace(/^\n+/, ''),
    authoredDate: commit.author.date,
    committedDate: commit.committer.date,
    author: gitActorNode(place, commit.author),
    committer: gitActorNode(place, commit.committer),
    tree: () => objectNode(place, commit.tree, ''),
    parents: async (args: PageArgs) => {
      const parents = await Promise.all(commit.parents.map((each) => git.readCommit(each)))
      return connection(
        'parents',
        args,
        parents.filter((each) => each !== null),
        (each) => commitNode(place, each),
      )
    },
    history: async (args: PageArgs & { path?: string }) => {
      const log = await git.log(commit.oid, args.path === undefined ? {} : { path: args.path })
      return connection('history', args, log, (each) => commitNode(place, each))
    },
    checkSuites: (args: PageArgs & { filterBy?: { appId?: number } }) => {
      const appId = args.filterBy?.appId
      const suites = checkSuites.filter(
        (each) => each.headSha === commit.oid && (appId === undefined || each.appId === appId),
      )
      return connection('checkSuites', args, suites, (each) => suiteNode(place, each))
    },
  }
}

type RunFilter = { appId?: number; checkName?: string; checkType?: 'ALL' | 'LATEST' }

function suiteNode(place: Place, suite: CheckSuite): Node {
  const { state } = place.context
  const app = suite.appId === state.app.id ? state.app : state.foreignApps.get(suite.appId)
  const runs = (): CheckRun[] =>
    visible(
      state,
      place.repository.checkRuns.filter((each) => each.suite === suite),
    )
  return {
    id: nodeId('CS', suite.id),
    databaseId: suite.id,
    status: runs().every((each) => each.status === 'completed') ? 'COMPLETED' : 'QUEUED',
    app: {
      id: nodeId('A', suite.appId),
      databaseId: suite.appId,
      name: app?.name ?? '',
      slug: app?.slug ?? '',
    },
    checkRuns: (args: PageArgs & { filterBy?: RunFilter }) => {
      const { appId, checkName, checkType } = args.filterBy ?? {}
      const matching = runs().filter(
        (each) =>
          (appId === undefined || each.appId === appId) &&
          (checkName === undefined || each.name === checkName),
      )
      const newest = [...new Map(matching.map((each) => [each.name, each])).values()]
      const shown = checkType === 'ALL' ? matching : newest
      return connection('checkRuns', args, shown, runNode)
    },
  }
}

function runNode(run: CheckRun): Node {
  return {
    __typename: 'CheckRun',
    id: nodeId('CR', run.id),
    databaseId: run.id,
    name: run.name,
    status: run.status.toUpperCase(),
    conclusion: run.conclusion?.toUpperCase() ?? null,
    externalId: run.externalId,
    startedAt: run.startedAt,
    completedAt: run.completedAt,
    title: run.output.title,
    summary: run.output.summary,
    text: run.output.text,
  }
}

/** The object an expression such as `HEAD:src/a.ts` names, or null. */
export async function objectNode(
  place: Place,
  expression: string,
  path: string,
): Promise<Node | null> {
  const object = await place.repository.git.read(expression)
  if (object === null) return null
  if (object.type === 'blob') return blobNode(place, object)
  if (object.type === 'tree') return treeNode(place, object, path)
  const commit = await place.repository.git.readCommit(object.oid)
  return commit === null ? null : commitNode(place, commit)
}

/** A branch by its full name, or null. */
export async function refNode(place: Place, qualifiedName: string): Promise<Node | null> {
  const commit = await place.repository.git.readCommit(qualifiedName)
  if (commit === null) return null
  const name = qualifiedName.replace(/^refs\/(heads|tags)\//, '')
  return {
    id: `REF_${Buffer.from(qualifiedName).toString('base64url')}`,
    name,
    prefix: qualifiedName.slice(0, qualifiedName.length - name.length),
    target: commitNode(place, commit),
  }
}
