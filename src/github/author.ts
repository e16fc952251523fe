import * as z from 'zod'

/** The fields of an author in GraphQL. */
export const AUTHOR = '__typename login ... on User { databaseId } ... on Bot { databaseId }'

/** Who wrote something; null for an account that is gone. */
export const Author = z
  .object({ __typename: z.string(), login: z.string(), databaseId: z.number().nullish() })
  .nullable()

/**
 * The login that REST knows. GraphQL leaves out a bot's `[bot]`, and the name without it may be
 * that of a person with other rights.
 */
export function loginOf(author: z.infer<typeof Author>): string {
  if (author === null) return 'ghost'
  return author.__typename === 'Bot' ? `${author.login.replace(/\[bot\]$/, '')}[bot]` : author.login
}
