import Bottleneck from 'bottleneck'
import { env } from '../env.js'
import { log } from '../log.js'

// Airtable allows five requests a second for each base
const limiter = new Bottleneck({ maxConcurrent: 2, minTime: 250 })

limiter.on('failed', (err, info) => {
  if (info.retryCount >= 4) return undefined
  if (err.status === 429) return 30_000
  if (err.status === undefined || err.status >= 500) return 1_000 * 2 ** info.retryCount
  return undefined
})

function chunk(list, size) {
  return Array.from({ length: Math.ceil(list.length / size) }, (_, i) => list.slice(i * size, (i + 1) * size))
}

/** Upserts by SKU, so a repeated batch changes nothing. */
export async function writeProducts(baseId, tableId, products) {
  const batches = chunk(products, 10)
  await Promise.all(batches.map((batch) => limiter.schedule(() => upsert(baseId, tableId, batch))))
  log.info({ products: products.length, batches: batches.length }, 'airtable written')
}

async function upsert(baseId, tableId, batch) {
  const res = await fetch(`https://api.airtable.com/v0/${baseId}/${tableId}`, {
    method: 'PATCH',
    headers: { authorization: `Bearer ${env.AIRTABLE_TOKEN}`, 'content-type': 'application/json' },
    body: JSON.stringify({
      performUpsert: { fieldsToMergeOn: ['SKU'] },
      records: batch.map((p) => ({ fields: { SKU: p.sku, Name: p.name, Stock: p.stock } })),
    }),
    signal: AbortSignal.timeout(20_000),
  })
  if (!res.ok) {
    const error = new Error(`airtable answered ${res.status}`)
    error.status = res.status
    throw error
  }
}
