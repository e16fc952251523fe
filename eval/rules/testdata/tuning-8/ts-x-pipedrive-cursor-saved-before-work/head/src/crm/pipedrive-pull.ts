import { z } from 'zod'
import { config } from '../config'
import type { DealRepository } from './deal-repository'
import type { SyncState } from './sync-state'

const Page = z.object({
  success: z.literal(true),
  data: z.array(
    z.object({ id: z.number(), title: z.string(), value: z.number().nullable(), currency: z.string(), update_time: z.string() }),
  ),
  additional_data: z.object({ next_cursor: z.string().nullable() }),
})

export class PipedrivePull {
  constructor(
    private readonly deals: DealRepository,
    private readonly state: SyncState,
  ) {}

  async run(): Promise<void> {
    let cursor = await this.state.get('pipedrive.deals')
    do {
      const url = new URL('https://api.pipedrive.com/api/v2/deals')
      url.searchParams.set('limit', '200')
      url.searchParams.set('sort_by', 'update_time')
      if (cursor) url.searchParams.set('cursor', cursor)

      const response = await fetch(url, {
        headers: { 'x-api-token': config.pipedrive.token },
        signal: AbortSignal.timeout(15_000),
      })
      if (!response.ok) throw new Error(`pipedrive deals: ${response.status}`)

      const page = Page.parse(await response.json())
      cursor = page.additional_data.next_cursor
      await this.state.set('pipedrive.deals', cursor)
      await this.deals.upsertAll(page.data)
    } while (cursor)
  }
}
