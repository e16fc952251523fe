import { setTimeout as sleep } from 'node:timers/promises'
import pLimit from 'p-limit'
import { logger } from '../../logger'
import { items } from '../../catalog/repository'
import { netsuiteHeaders, netsuiteUrl } from './auth'
import { toInventoryItem } from './mapping'
import type { Item } from '../../catalog/types'

const limit = pLimit(4)

async function exportItem(item: Item): Promise<void> {
  const url = netsuiteUrl(`/record/v1/inventoryItem/eid:${encodeURIComponent(item.sku)}`)
  for (let attempt = 1; attempt <= 4; attempt++) {
    const response = await fetch(url, {
      method: 'PUT',
      headers: { ...netsuiteHeaders('PUT', url), 'content-type': 'application/json' },
      body: JSON.stringify(toInventoryItem(item)),
      signal: AbortSignal.timeout(30_000),
    })
    if (response.ok) {
      await items.markExported(item.id, item.version)
      return
    }
    if (response.status !== 429) {
      throw new Error(`netsuite refused item ${item.sku}: ${response.status}`)
    }
    await sleep(attempt * 2_000 + Math.random() * 1_000)
  }
  throw new Error(`netsuite kept refusing item ${item.sku} for its rate`)
}

export async function exportChangedItems(): Promise<{ exported: number; failed: number }> {
  const changed = await items.notExported()
  const results = await Promise.allSettled(changed.map((item) => limit(() => exportItem(item))))

  const failures = results.filter((r) => r.status === 'rejected')
  for (const failure of failures) {
    logger.error({ err: failure.reason }, 'item export failed')
  }
  return { exported: results.length - failures.length, failed: failures.length }
}
