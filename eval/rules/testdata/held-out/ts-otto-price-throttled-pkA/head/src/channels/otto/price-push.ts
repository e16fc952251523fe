import Bottleneck from 'bottleneck'
import axios, { isAxiosError } from 'axios'
import { logger } from '../../logger'
import type { PriceLine } from '../types'

const CHUNK = 500

const limiter = new Bottleneck({ maxConcurrent: 2, minTime: 250 })

limiter.on('failed', (error, job) => {
  if (!isAxiosError(error) || job.retryCount >= 4) return undefined
  const status = error.response?.status
  if (status !== undefined && status !== 429 && status < 500) return undefined
  const wait = Number(error.response?.headers['retry-after']) || 2 ** job.retryCount
  logger.warn({ status, wait, attempt: job.retryCount + 1 }, 'otto price chunk is tried again')
  return Math.min(wait, 120) * 1000
})

function* chunks<T>(items: T[], size: number): Generator<T[]> {
  for (let start = 0; start < items.length; start += size) yield items.slice(start, start + size)
}

export async function pushPrices(lines: PriceLine[], accessToken: string): Promise<string[]> {
  const tasks = [...chunks(lines, CHUNK)].map((chunk) =>
    limiter.schedule(async () => {
      const { data } = await axios.post<{ links: Array<{ href: string }> }>(
        'https://api.otto.market/v5/products/prices',
        chunk.map((line) => ({
          sku: line.sku,
          standardPrice: { amount: line.amount, currency: 'EUR' },
        })),
        { headers: { authorization: `Bearer ${accessToken}` }, timeout: 20_000 },
      )
      return data.links[0]?.href
    }),
  )
  const hrefs = await Promise.all(tasks)
  return hrefs.filter((href): href is string => href !== undefined)
}
