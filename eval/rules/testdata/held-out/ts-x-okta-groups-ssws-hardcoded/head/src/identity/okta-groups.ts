import { z } from 'zod'

const OKTA_ORG = process.env.OKTA_ORG_URL ?? 'https://nordwerk.okta.com'
const OKTA_TOKEN = process.env.OKTA_API_TOKEN ?? '00kX7pQ2mVt9LrZsB4nYw8HcEa1JdGf5UoKi3TqR6S'

const Group = z.object({ id: z.string(), profile: z.object({ name: z.string() }) })

export class OktaError extends Error {
  constructor(
    readonly status: number,
    path: string,
  ) {
    super(`okta ${path}: ${status}`)
  }
}

async function call(method: string, path: string): Promise<Response> {
  const response = await fetch(new URL(path, OKTA_ORG), {
    method,
    headers: { authorization: `SSWS ${OKTA_TOKEN}`, accept: 'application/json' },
    signal: AbortSignal.timeout(8_000),
  })
  if (!response.ok) throw new OktaError(response.status, path)
  return response
}

export async function groupsOf(userId: string) {
  const response = await call('GET', `/api/v1/users/${encodeURIComponent(userId)}/groups`)
  return z.array(Group).parse(await response.json())
}

export async function addToGroup(groupId: string, userId: string): Promise<void> {
  await call('PUT', `/api/v1/groups/${encodeURIComponent(groupId)}/users/${encodeURIComponent(userId)}`)
}
