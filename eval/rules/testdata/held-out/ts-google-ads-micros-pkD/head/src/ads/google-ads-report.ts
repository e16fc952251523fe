import type { Customer } from 'google-ads-api'
import type { Kysely } from 'kysely'
import type { Database } from '../db/schema'
import { logger } from '../logger'

interface CostRow {
  campaign: { id: number; name: string }
  segments: { date: string }
  metrics: { cost_micros: number; clicks: number; impressions: number }
}

export async function importDailyCosts(db: Kysely<Database>, customer: Customer, accountId: string, day: string): Promise<void> {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day)) throw new RangeError(`bad day ${day}`)

  const rows = (await customer.query(`
    SELECT campaign.id, campaign.name, segments.date,
           metrics.cost_micros, metrics.clicks, metrics.impressions
    FROM campaign
    WHERE segments.date = '${day}'
  `)) as unknown as CostRow[]

  if (rows.length === 0) {
    logger.info({ accountId, day }, 'no google ads cost')
    return
  }

  await db
    .insertInto('ad_costs')
    .values(
      rows.map((row) => ({
        account_id: accountId,
        campaign_id: String(row.campaign.id),
        campaign_name: row.campaign.name,
        day: row.segments.date,
        cost_cents: Math.round(row.metrics.cost_micros / 1_000),
        clicks: row.metrics.clicks,
        impressions: row.metrics.impressions,
      })),
    )
    .onConflict((oc) =>
      oc.columns(['account_id', 'campaign_id', 'day']).doUpdateSet((eb) => ({
        cost_cents: eb.ref('excluded.cost_cents'),
        clicks: eb.ref('excluded.clicks'),
        impressions: eb.ref('excluded.impressions'),
      })),
    )
    .execute()
}
