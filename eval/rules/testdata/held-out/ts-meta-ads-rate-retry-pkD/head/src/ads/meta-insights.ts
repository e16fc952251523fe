import { z } from 'zod'
import { logger } from '../logger'

const Page = z.object({
  data: z.array(z.object({ campaign_id: z.string(), spend: z.string(), impressions: z.string(), date_start: z.string() })),
  paging: z.object({ cursors: z.object({ after: z.string() }).optional(), next: z.string().optional() }).optional(),
})
type Insight = z.infer<typeof Page>['data'][number]

const THROTTLED = new Set([4, 17, 32, 613, 80000])

export async function loadInsights(accountId: string, token: string, since: string, until: string): Promise<Insight[]> {
  const insights: Insight[] = []
  let after: string | undefined
  for (;;) {
    const url = new URL(`https://graph.facebook.com/v21.0/act_${accountId}/insights`)
    url.searchParams.set('level', 'campaign')
    url.searchParams.set('fields', 'campaign_id,spend,impressions')
    url.searchParams.set('time_range', JSON.stringify({ since, until }))
    url.searchParams.set('limit', '200')
    if (after) url.searchParams.set('after', after)

    const response = await fetch(url, {
      headers: { authorization: `Bearer ${token}` },
      signal: AbortSignal.timeout(30_000),
    })
    if (!response.ok) {
      const failure = await response.json().catch(() => null)
      const code = failure?.error?.code
      if (THROTTLED.has(code)) {
        logger.info({ accountId, code }, 'meta throttled, asking again')
        continue
      }
      throw new Error(`meta insights ${response.status} (code ${code})`)
    }
    const page = Page.parse(await response.json())
    insights.push(...page.data)
    if (!page.paging?.next || !page.paging.cursors) return insights
    after = page.paging.cursors.after
  }
}
