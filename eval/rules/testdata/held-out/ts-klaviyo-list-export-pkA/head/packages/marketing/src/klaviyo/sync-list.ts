import { z } from 'zod'
import { logger } from '@acme/logger'
import { subscribers } from '../repositories/subscribers'

const ProfilesResponse = z.object({
  data: z.array(
    z.object({
      id: z.string(),
      attributes: z.object({ email: z.string().nullable() }),
    }),
  ),
  links: z.object({ next: z.string().url().nullable() }),
})

export class KlaviyoError extends Error {
  constructor(readonly status: number) {
    super(`klaviyo answered ${status}`)
  }
}

async function fetchListMembers(listId: string): Promise<string[]> {
  const url = new URL(`https://a.klaviyo.com/api/lists/${encodeURIComponent(listId)}/profiles/`)
  url.searchParams.set('fields[profile]', 'email')
  url.searchParams.set('page[size]', '100')

  const response = await fetch(url, {
    headers: {
      authorization: `Klaviyo-API-Key ${process.env.KLAVIYO_PRIVATE_KEY}`,
      revision: '2025-07-15',
      accept: 'application/json',
    },
    signal: AbortSignal.timeout(15_000),
  })
  if (!response.ok) throw new KlaviyoError(response.status)

  const page = ProfilesResponse.parse(await response.json())
  return page.data.flatMap((profile) => profile.attributes.email ?? [])
}

export async function syncNewsletterList(listId: string): Promise<void> {
  const members = new Set(await fetchListMembers(listId))
  const local = await subscribers.listEmails(listId)

  const gone = local.filter((email) => !members.has(email))
  await subscribers.markUnsubscribed(listId, gone)
  logger.info({ listId, members: members.size, gone: gone.length }, 'klaviyo list synced')
}
