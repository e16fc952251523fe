import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'

const Page = z.object({
  results: z.array(
    z.object({ id: z.string(), properties: z.record(z.string().nullable()), archived: z.boolean() }),
  ),
  paging: z.object({ next: z.object({ after: z.string() }).optional() }).optional(),
})
export type HubspotContact = z.infer<typeof Page>['results'][number]

const MAX_ATTEMPTS = 5

async function getPage(token: string, after: string | undefined): Promise<z.infer<typeof Page>> {
  const url = new URL('https://api.hubapi.com/crm/v3/objects/contacts')
  url.searchParams.set('limit', '100')
  url.searchParams.set('properties', 'email,firstname,lastname,lifecyclestage')
  if (after) url.searchParams.set('after', after)

  for (let attempt = 1; ; attempt++) {
    const response = await fetch(url, {
      headers: { authorization: `Bearer ${token}` },
      signal: AbortSignal.timeout(20_000),
    })
    if (response.ok) return Page.parse(await response.json())

    const again = response.status === 429 || response.status >= 500
    if (!again || attempt === MAX_ATTEMPTS) {
      throw new Error(`hubspot contacts: status ${response.status} after ${attempt} attempts`)
    }
    const seconds = Number(response.headers.get('retry-after')) || 2 ** attempt
    await sleep(Math.min(seconds, 60) * 1000 + Math.random() * 500)
  }
}

export async function* allContacts(token: string): AsyncGenerator<HubspotContact> {
  let after: string | undefined
  do {
    const page = await getPage(token, after)
    yield* page.results
    after = page.paging?.next?.after
  } while (after)
}
