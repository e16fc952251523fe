import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'
import { config } from '../config'
import { warehouse } from '../lib/warehouse'
import { logger } from '../lib/logger'

const DealPage = z.object({
  results: z.array(z.object({ id: z.string(), properties: z.record(z.string().nullable()) })),
  paging: z.object({ next: z.object({ after: z.string() }).optional() }).optional(),
})
type Page = z.infer<typeof DealPage>

async function getPage(after: string | undefined): Promise<Page> {
  const query = new URLSearchParams({ limit: '100', properties: 'dealname,amount,dealstage' })
  if (after) query.set('after', after)

  for (let attempt = 0; attempt < 5; attempt++) {
    const response = await fetch(`https://api.hubapi.com/crm/v3/objects/deals?${query}`, {
      headers: { authorization: `Bearer ${config.hubspot.token}` },
      signal: AbortSignal.timeout(20_000),
    })
    if (response.status === 429) {
      const seconds = Number(response.headers.get('retry-after') ?? 10)
      await sleep(Math.min(Number.isFinite(seconds) ? seconds : 10, 60) * 1000)
      continue
    }
    if (!response.ok) throw new Error(`hubspot deals: ${response.status}`)
    return DealPage.parse(await response.json())
  }
  throw new Error('hubspot deals: still limited after 5 attempts')
}

export async function exportDeals(): Promise<void> {
  const staging = await warehouse.openStaging('crm.deals')
  let after: string | undefined
  let count = 0
  do {
    const page = await getPage(after)
    await staging.append(page.results.map((d) => ({ hubspot_id: d.id, ...d.properties })))
    count += page.results.length
    after = page.paging?.next?.after
  } while (after)
  await staging.swap()
  logger.info({ count }, 'deals exported')
}
