import {
  buildASTSchema,
  type DocumentNode,
  execute,
  type FieldNode,
  GraphQLError,
  type GraphQLFieldResolver,
  GraphQLScalarType,
  type GraphQLSchema,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  parse,
  validate,
} from 'graphql'
import { iso, type State, type Token } from '../state.ts'
import { actorNode } from './actor-nodes.ts'
import type { Context, Node } from './context.ts'
import { MUTATIONS } from './mutations.ts'
import { placeOf, repositoryNode } from './repository-nodes.ts'

export type GraphqlRequest = {
  query?: string
  variables?: Record<string, unknown>
  operationName?: string
}

let shared: Promise<GraphQLSchema> | null = null

/**
 * GitHub sends a `databaseId` beyond 32 bits although the schema says Int: ids of review comments have been
 * larger than that since 2025.
 */
const WIDE_INT = new GraphQLScalarType({ name: 'Int', serialize: Number })

async function readSchema(): Promise<GraphQLSchema> {
  // Loaded on first use: it is a megabyte of text, and most worlds never get a query.
  const { schema } = await import('@octokit/graphql-schema')
  const document = parse(schema.idl, { noLocation: true })
  const built = buildASTSchema(document, { assumeValid: true, assumeValidSDL: true })
  for (const type of Object.values(built.getTypeMap())) {
    const field = isObjectType(type) ? type.getFields()['databaseId'] : undefined
    if (field !== undefined) field.type = WIDE_INT
  }
  return built
}

/** GitHub's published schema, read once per process. */
function gitHubSchema(): Promise<GraphQLSchema> {
  shared ??= readSchema()
  return shared
}

function tryParse(query: string): DocumentNode | GraphQLError {
  try {
    return parse(query)
  } catch (cause) {
    if (cause instanceof GraphQLError) return cause
    throw cause
  }
}

function operationOf(
  document: DocumentNode,
  name: string | undefined,
): OperationDefinitionNode | undefined {
  const operations = document.definitions.filter((each) => each.kind === Kind.OPERATION_DEFINITION)
  return operations.find((each) => name === undefined || each.name?.value === name)
}

/** `mutation createCommitOnBranch`, for journal and faults; null when the body is no GraphQL. */
export function describeGraphql(body: unknown): string | null {
  if (typeof body !== 'object' || body === null || !('query' in body)) return null
  const document = tryParse(String(body.query))
  if (document instanceof GraphQLError) return null
  const name =
    'operationName' in body && typeof body.operationName === 'string'
      ? body.operationName
      : undefined
  const operation = operationOf(document, name)
  const fields = operation?.selectionSet.selections.filter(
    (each): each is FieldNode => each.kind === Kind.FIELD,
  )
  const names = new Set(fields?.map((each) => each.name.value))
  return operation === undefined ? null : `${operation.operation} ${[...names].join(',')}`
}

/** Reads a field of a node. A field that a node lacks is a gap of the world, not a null. */
const readField: GraphQLFieldResolver<Node, Context> = (source, args, context, info) => {
  const value = source[info.fieldName]
  if (value === undefined) {
    const name = `${info.parentType.name}.${info.fieldName}`
    context.state.violations.push({ kind: 'unserved', route: 'POST /graphql', detail: name })
    throw new GraphQLError(`The world does not serve ${name}`)
  }
  if (typeof value !== 'function') return value
  // Absent arguments reach resolvers as undefined, whether the client left them out or sent null.
  const given = Object.fromEntries(Object.entries(args).filter(([, each]) => each !== null))
  return value(given, context)
}

function rootOf(operation: string): Node {
  if (operation === 'mutation') return MUTATIONS
  return {
    repository: (args: { owner: string; name: string }, context: Context) =>
      repositoryNode(placeOf(context, args.owner, args.name)),
    viewer: (_: unknown, { state }: Context) => ({
      ...actorNode(state, state.app.bot),
      __typename: 'User',
      login: state.app.bot.login,
    }),
    rateLimit: (_: unknown, { state }: Context) => ({
      limit: 5000,
      cost: 1,
      remaining: 4999,
      used: 1,
      nodeCount: 1,
      resetAt: iso(state.now() + 3_600_000),
    }),
  }
}

function errorView(error: GraphQLError): Record<string, unknown> {
  const { message, path, locations, extensions } = error.toJSON()
  const type = extensions?.['type']
  return {
    ...(typeof type === 'string' ? { type } : {}),
    ...(path === undefined ? {} : { path }),
    ...(locations === undefined ? {} : { locations }),
    message,
  }
}

function refused(state: State, errors: readonly GraphQLError[]): Record<string, unknown> {
  for (const each of errors) {
    state.violations.push({ kind: 'graphql', route: 'POST /graphql', detail: each.message })
  }
  return { errors: errors.map(errorView) }
}

/** Answers a GraphQL request; like GitHub it says what is wrong with status 200. */
export async function graphqlReply(
  state: State,
  token: Token,
  request: GraphqlRequest,
): Promise<unknown> {
  const document = tryParse(request.query ?? '')
  if (document instanceof GraphQLError) return refused(state, [document])
  const schema = await gitHubSchema()
  const errors = validate(schema, document)
  if (errors.length > 0) return refused(state, errors)
  const operation = operationOf(document, request.operationName)
  const result = await execute({
    schema,
    document,
    rootValue: rootOf(operation?.operation ?? 'query'),
    contextValue: { state, token },
    variableValues: request.variables ?? null,
    operationName: request.operationName ?? null,
    fieldResolver: readField,
    typeResolver: (value) => String((value as Node)['__typename']),
  })
  if (result.data === undefined) return refused(state, result.errors ?? [])
  return {
    data: result.data,
    ...(result.errors === undefined ? {} : { errors: result.errors.map(errorView) }),
  }
}
