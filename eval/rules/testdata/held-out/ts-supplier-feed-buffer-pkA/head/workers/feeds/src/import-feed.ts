import { gunzipSync } from 'node:zlib'
import { parse } from 'csv-parse/sync'
import { z } from 'zod'
import { assertPublicHttpsUrl, publicOnlyDispatcher } from '@market/net-guard'
import { fetch } from 'undici'
import { products } from './repositories/products'
import { logger } from './logger'

const FeedRow = z.object({
  sku: z.string().min(1).max(64),
  title: z.string().min(1).max(300),
  price: z.string().regex(/^\d+\.\d{2}$/),
  stock: z.coerce.number().int().nonnegative(),
})

export async function importFeed(sellerId: string, feedUrl: string): Promise<void> {
  const url = await assertPublicHttpsUrl(feedUrl)
  const response = await fetch(url, {
    dispatcher: publicOnlyDispatcher,
    redirect: 'error',
    signal: AbortSignal.timeout(120_000),
  })
  if (!response.ok) throw new Error(`feed of ${sellerId} answered ${response.status}`)

  const bytes = Buffer.from(await response.arrayBuffer())
  const csv = url.pathname.endsWith('.gz') ? gunzipSync(bytes) : bytes

  const rows = parse(csv, { columns: true, trim: true, skip_empty_lines: true }) as unknown[]
  let refused = 0
  for (const row of rows) {
    const parsed = FeedRow.safeParse(row)
    if (!parsed.success) {
      refused += 1
      continue
    }
    await products.upsert(sellerId, parsed.data)
  }
  logger.info({ sellerId, rows: rows.length, refused }, 'feed imported')
}
