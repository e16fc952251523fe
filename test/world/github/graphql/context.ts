import { GraphQLError } from 'graphql'
import type { Permissions, Repository, State, Token } from '../state.ts'
import { covers } from '../tokens.ts'

/** What resolvers know about a request. */
export type Context = { state: State; token: Token }

/** A node of the answer: values, or functions of the field's arguments. Every field a query asks for must be there. */
export type Node = Record<string, unknown>

/** An error as GitHub sends it: HTTP 200 with a `type` beside the message. */
export function typedError(type: string, message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { type } })
}

/** Refuses a field when the token lacks a permission. */
export function demand(context: Context, needs: Permissions): void {
  if (!covers(context.token.permissions, needs)) {
    throw typedError('FORBIDDEN', 'Resource not accessible by integration')
  }
}

export type PageArgs = { first?: number; after?: string; last?: number; before?: string }

const MAX_PAGE = 100

function cursorOf(index: number): string {
  return Buffer.from(`cursor:v2:${index}`).toString('base64')
}

function indexOfCursor(cursor: string): number {
  return Number(Buffer.from(cursor, 'base64').toString('utf8').replace('cursor:v2:', ''))
}

function refuseBadPage(args: PageArgs, field: string): void {
  const size = args.first ?? args.last
  if (size === undefined) {
    const message = `You must provide a \`first\` or \`last\` value to properly paginate the \`${field}\` connection.`
    throw typedError('MISSING_PAGINATION_BOUNDARIES', message)
  }
  if (size > MAX_PAGE) {
    const message = `Requesting ${size} records on the \`${field}\` connection exceeds the \`first\` limit of ${MAX_PAGE} records.`
    throw typedError('EXCESSIVE_PAGINATION', message)
  }
}

/** A connection over a list, with GitHub's rules about page sizes. */
export function connection<T>(
  field: string,
  args: PageArgs,
  items: T[],
  node: (item: T) => Node | Promise<Node>,
): Node {
  refuseBadPage(args, field)
  const from = args.after === undefined || args.after === null ? 0 : indexOfCursor(args.after) + 1
  const to =
    args.before === undefined || args.before === null ? items.length : indexOfCursor(args.before)
  const window = items.map((item, index) => ({ item, index })).slice(from, to)
  const shown =
    args.first === undefined ? window.slice(-(args.last ?? 0)) : window.slice(0, args.first)
  const [first] = shown
  const last = shown.at(-1)
  return {
    totalCount: items.length,
    nodes: () => shown.map((each) => node(each.item)),
    edges: () => shown.map((each) => ({ cursor: cursorOf(each.index), node: node(each.item) })),
    pageInfo: {
      hasNextPage: last !== undefined && last.index < items.length - 1,
      hasPreviousPage: first !== undefined && first.index > 0,
      startCursor: first === undefined ? null : cursorOf(first.index),
      endCursor: last === undefined ? null : cursorOf(last.index),
    },
  }
}

/** Where in the world a node lives. */
export type Place = { context: Context; repository: Repository }
