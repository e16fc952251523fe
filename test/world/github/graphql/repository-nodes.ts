import { repositoryHtml } from '../rest/views.ts'
import { formerRepository, fullName, iso, nodeId, repositoryNamed, visible } from '../state.ts'
import { reaches } from '../tokens.ts'
import { actorNode } from './actor-nodes.ts'
import {
  type Context,
  connection,
  demand,
  type Node,
  type PageArgs,
  type Place,
  typedError,
} from './context.ts'
import { objectNode, refNode } from './git-nodes.ts'
import { pullNode } from './pull-nodes.ts'

function pathOf(expression: string): string {
  const colon = expression.indexOf(':')
  return colon === -1 ? '' : expression.slice(colon + 1)
}

/** Finds a repository for a token, by a former name too; what it cannot reach does not exist for it. */
export function placeOf(context: Context, owner: string, name: string): Place {
  const { state } = context
  const repository = repositoryNamed(state, owner, name) ?? formerRepository(state, owner, name)
  if (repository === undefined || !reaches(context.state, context.token, repository)) {
    throw typedError(
      'NOT_FOUND',
      `Could not resolve to a Repository with the name '${owner}/${name}'.`,
    )
  }
  return { context, repository }
}

type PullFilter = PageArgs & {
  states?: string[]
  headRefName?: string
  baseRefName?: string
  orderBy?: { field: string; direction: 'ASC' | 'DESC' }
}

export function repositoryNode(place: Place): Node {
  const { context, repository } = place
  const { state } = context
  const contents = <T>(value: () => T): T => {
    demand(context, { contents: 'read' })
    return value()
  }
  return {
    __typename: 'Repository',
    id: nodeId('R', repository.id),
    databaseId: repository.id,
    name: repository.name,
    nameWithOwner: fullName(repository),
    url: repositoryHtml(state, repository),
    owner: actorNode(state, repository.owner),
    isPrivate: repository.isPrivate,
    isArchived: repository.isArchived,
    isDisabled: repository.isDisabled,
    hasIssuesEnabled: true,
    isFork: repository.fork !== null,
    isEmpty: false,
    visibility: repository.isPrivate ? 'PRIVATE' : 'PUBLIC',
    createdAt: iso(repository.createdAt),
    pushedAt: iso(repository.pushedAt),
    defaultBranchRef: () =>
      contents(() => refNode(place, `refs/heads/${repository.defaultBranch}`)),
    ref: (args: { qualifiedName: string }) =>
      contents(() => {
        const name = args.qualifiedName
        return refNode(place, name.startsWith('refs/') ? name : `refs/heads/${name}`)
      }),
    object: (args: { expression?: string; oid?: string }) =>
      contents(() => {
        const expression = args.oid ?? args.expression ?? ''
        return objectNode(place, expression, pathOf(expression))
      }),
    pullRequest: (args: { number: number }) => {
      const pull = repository.pulls.find((each) => each.number === args.number)
      if (pull === undefined) {
        throw typedError(
          'NOT_FOUND',
          `Could not resolve to a PullRequest with the number of ${args.number}.`,
        )
      }
      return pullNode({ ...place, pull })
    },
    pullRequests: (args: PullFilter) => {
      demand(context, { pull_requests: 'read' })
      const stateOf = (each: { merged: unknown; state: string }): string =>
        each.merged === null ? each.state.toUpperCase() : 'MERGED'
      const matching = repository.pulls.filter(
        (each) =>
          (args.states === undefined || args.states.includes(stateOf(each))) &&
          (args.headRefName === undefined || each.head.branch === args.headRefName) &&
          (args.baseRefName === undefined || each.base.branch === args.baseRefName),
      )
      // Numbers grow as pull requests are created; by default the oldest comes first.
      const found = visible(state, matching)
      if (args.orderBy?.field === 'UPDATED_AT') found.sort((a, b) => a.updatedAt - b.updatedAt)
      const shown = args.orderBy?.direction === 'DESC' ? found.toReversed() : found
      return connection('pullRequests', args, shown, (each) => pullNode({ ...place, pull: each }))
    },
  }
}
